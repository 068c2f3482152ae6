using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>A change of an endpoint's live traffic; mirrored traffic stays where it may, see <see cref="MirroredTraffic"/>.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Expected">The map that must still be there when the change is written; another one is a foreign change.</param>
/// <param name="Wanted">The map to write.</param>
/// <param name="Mark">What the endpoint's tags shall say of the rollout; null leaves the tags as they are.</param>
public sealed record TrafficChange(string Endpoint, Traffic Expected, Traffic Wanted, RolloutMark? Mark);
