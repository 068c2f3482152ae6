namespace Sluice.Rollouts.Journal;

/// <summary>A gate's webhook was asked.</summary>
/// <param name="Time">When it answered.</param>
/// <param name="Gate">The gate's name.</param>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Sentence">What it said, or why no answer came.</param>
public sealed record WebhookAnswered(DateTimeOffset Time, string Gate, int Status, string Sentence) : JournalEvent(Time);
