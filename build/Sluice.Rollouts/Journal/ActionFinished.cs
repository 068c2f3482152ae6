namespace Sluice.Rollouts.Journal;

/// <summary>An action was applied, and what it wrote was read back.</summary>
/// <param name="Time">When.</param>
/// <param name="Action">The action in words.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ActionFinished(DateTimeOffset Time, string Action, TimeSpan Elapsed) : JournalEvent(Time);
