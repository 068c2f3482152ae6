namespace Sluice.Rollouts.Journal;

/// <summary>What callers met could not be read; the next look tries again.</summary>
/// <param name="Time">When.</param>
/// <param name="Sentence">Why.</param>
public sealed record TelemetryFailed(DateTimeOffset Time, string Sentence) : JournalEvent(Time);
