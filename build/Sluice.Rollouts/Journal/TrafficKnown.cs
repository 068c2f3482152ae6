using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>From then on this traffic map was there, as far as this rollout knows: it was seen, written or accepted.</summary>
/// <param name="Time">When.</param>
/// <param name="Traffic">Deployment name → percent.</param>
public abstract record TrafficKnown(DateTimeOffset Time, IReadOnlyDictionary<string, int> Traffic) : JournalEvent(Time)
{
    /// <summary>The map of mirrored traffic that was there from then on.</summary>
    /// <param name="found">The one that was there before.</param>
    public virtual Traffic MirrorAfter(Traffic found) => found;
}
