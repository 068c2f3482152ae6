namespace Sluice.Rollouts.Journal;

/// <summary>An action is about to be applied.</summary>
/// <param name="Time">When.</param>
/// <param name="Action">The action in words.</param>
/// <param name="Why">Why, in one sentence.</param>
public sealed record ActionStarted(DateTimeOffset Time, string Action, string Why) : JournalEvent(Time);
