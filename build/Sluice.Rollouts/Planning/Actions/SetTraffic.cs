using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Write the traffic map and say in the tags how far the rollout is: one call.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Expected">The map that was observed; the write is refused when another one is there.</param>
/// <param name="Wanted">The map to write.</param>
/// <param name="Mark">The mark for the tags; null leaves them as they are.</param>
public sealed record SetTraffic(string Endpoint, Traffic Expected, Traffic Wanted, RolloutMark? Mark) : RolloutAction
{
    /// <summary>The map of mirrored traffic to write; null when it stays where it may.</summary>
    public Traffic? Mirror { get; init; }

    /// <summary>The change as the workspace is asked for it.</summary>
    public TrafficChange Change => new(Endpoint, Expected, Wanted, Mark) { Mirror = Mirror };

    /// <inheritdoc/>
    public override bool GoesBack => Mark is { Status: RolloutStatus.RolledBack };

    /// <inheritdoc/>
    public override string ToString() => Expected.Equals(Wanted)
        ? Mirror is not null ? $"mirror traffic to [{Mirror}]" : $"end the traffic mirrored to {Mark?.Candidate ?? "others"}"
        : $"shift traffic from [{Expected}] to [{Wanted}]";
}
