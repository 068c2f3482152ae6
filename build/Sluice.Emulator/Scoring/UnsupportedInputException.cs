namespace Sluice.Emulator.Scoring;

/// <summary>A request that the inference server refuses with 415, before the scoring script is asked.</summary>
/// <param name="message">What the client is told.</param>
internal sealed class UnsupportedInputException(string message) : Exception(message);
