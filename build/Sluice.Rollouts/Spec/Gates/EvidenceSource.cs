namespace Sluice.Rollouts.Spec.Gates;

/// <summary>Where a gate's numbers come from.</summary>
public enum EvidenceSource
{
    /// <summary>What callers met, by deployment and minute, as the platform's telemetry says.</summary>
    Traffic,

    /// <summary>The same rows sent to both deployments, whatever the traffic says.</summary>
    Replay,
}
