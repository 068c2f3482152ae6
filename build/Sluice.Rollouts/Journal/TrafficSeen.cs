using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>
/// A look at the endpoint showed a traffic map that this rollout did not know: the first one, or one that somebody else made.
/// </summary>
/// <param name="Time">When.</param>
/// <param name="Traffic">Deployment name → percent.</param>
public sealed record TrafficSeen(DateTimeOffset Time, IReadOnlyDictionary<string, int> Traffic) : TrafficKnown(Time, Traffic)
{
    /// <summary>The map of mirrored traffic that was there, where this rollout mirrors some; null where it does not, and in journals of earlier releases.</summary>
    public IReadOnlyDictionary<string, int>? Mirror { get; init; }

    /// <inheritdoc/>
    public override Traffic MirrorAfter(Traffic found) => Mirror is null ? found : State.Traffic.Of(Mirror);
}
