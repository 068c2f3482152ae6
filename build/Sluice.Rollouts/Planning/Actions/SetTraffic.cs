using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Write the traffic map and say in the tags how far the rollout is: one call.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Expected">The map that was observed; the write is refused when another one is there.</param>
/// <param name="Wanted">The map to write.</param>
/// <param name="Mark">The mark for the tags; null leaves them as they are.</param>
public sealed record SetTraffic(string Endpoint, Traffic Expected, Traffic Wanted, RolloutMark? Mark) : RolloutAction
{
    /// <inheritdoc/>
    public override string ToString() => $"shift traffic from [{Expected}] to [{Wanted}]";
}
