namespace Sluice.Rollouts.Planning;

/// <summary>A part of the line that can be run alone.</summary>
public enum Stage
{
    /// <summary>The model folder becomes a registered version.</summary>
    Register,

    /// <summary>The endpoint exists and is settled.</summary>
    Endpoint,

    /// <summary>Something serves all traffic.</summary>
    Blue,

    /// <summary>The candidate is up at 0 %.</summary>
    Green,

    /// <summary>The candidate earns its traffic step by step.</summary>
    Canary,

    /// <summary>The candidate gets all traffic and keeps it through the final bake.</summary>
    Promote,

    /// <summary>What the rollout retired is deleted.</summary>
    Cleanup,

    /// <summary>The stable deployment gets all traffic back.</summary>
    Rollback,

    /// <summary>The endpoint is deleted with all its deployments.</summary>
    DeleteEndpoint,

    /// <summary>A person approves the rollout.</summary>
    Approve,
}
