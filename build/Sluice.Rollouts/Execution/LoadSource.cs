namespace Sluice.Rollouts.Execution;

/// <summary>Where the numbers of a deployment's requests come from.</summary>
public enum LoadSource
{
    /// <summary>What its callers met, by the telemetry.</summary>
    Telemetry,

    /// <summary>What the rollout's looks were answered under the present traffic, by the journal.</summary>
    Looks,
}
