using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>This rollout wrote its mark without changing the traffic, and read it back.</summary>
/// <param name="Time">When it was read back.</param>
/// <param name="Mark">The mark.</param>
/// <param name="Why">Why, in one sentence.</param>
public sealed record MarkWritten(DateTimeOffset Time, RolloutMark Mark, string Why) : JournalEvent(Time);
