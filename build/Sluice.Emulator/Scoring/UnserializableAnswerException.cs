namespace Sluice.Emulator.Scoring;

/// <summary>The scoring script has returned something that JSON cannot say; the server fails over it, not the script.</summary>
/// <param name="message">Python's words, for the log.</param>
internal sealed class UnserializableAnswerException(string message) : Exception(message);
