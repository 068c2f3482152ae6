using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>
/// Traffic, a mark, or both are about to be written to the endpoint. It is written down before the write is sent, so that a process that
/// comes after a crash knows its rollout's own write when it sees it.
/// </summary>
/// <param name="Time">When.</param>
/// <param name="Traffic">The map that is to be: deployment name → percent; null when the traffic stays.</param>
/// <param name="Mark">The mark that is to be; null when the mark stays.</param>
/// <param name="Why">Why, in one sentence.</param>
public sealed record WriteIntended(DateTimeOffset Time, IReadOnlyDictionary<string, int>? Traffic, RolloutMark? Mark, string Why)
    : JournalEvent(Time)
{
    /// <summary>The map of mirrored traffic that is to be; null when it stays where it may.</summary>
    public IReadOnlyDictionary<string, int>? Mirror { get; init; }
}
