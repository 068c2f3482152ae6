namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>A scoring script did not come up.</summary>
/// <param name="message">Why, in a sentence for a person.</param>
internal sealed class ScriptStartException(string message) : Exception(message);
