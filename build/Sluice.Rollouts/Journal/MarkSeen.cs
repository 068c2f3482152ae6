using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>A look at the endpoint showed another mark than the one that this rollout wrote last: somebody else changed the tags.</summary>
/// <param name="Time">When.</param>
/// <param name="Mark">The mark that is there; null for none, or one that is not whole.</param>
public sealed record MarkSeen(DateTimeOffset Time, RolloutMark? Mark) : JournalEvent(Time);
