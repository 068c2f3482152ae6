using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>A change of an endpoint's traffic.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Expected">The map that must still be there when the change is written; another one is a foreign change.</param>
/// <param name="Wanted">The map to write.</param>
/// <param name="Mark">What the endpoint's tags shall say of the rollout; null leaves the tags as they are.</param>
public sealed record TrafficChange(string Endpoint, Traffic Expected, Traffic Wanted, RolloutMark? Mark)
{
    /// <summary>The map of mirrored traffic to write; null when it stays where it may, see <see cref="MirroredTraffic"/>.</summary>
    public Traffic? Mirror { get; init; }

    /// <summary>The map of mirrored traffic that is to be there afterwards.</summary>
    /// <param name="found">The one that is there now.</param>
    public Traffic MirrorAfter(Traffic found) => Mirror ?? found.Beside(Wanted, Mark);
}
