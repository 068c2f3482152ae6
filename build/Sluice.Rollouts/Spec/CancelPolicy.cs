namespace Sluice.Rollouts.Spec;

/// <summary>What becomes of a rollout under way when a person or a pipeline cancels its run.</summary>
public enum CancelPolicy
{
    /// <summary>The traffic stays as it was written last; the same command goes on from there.</summary>
    Hold,

    /// <summary>The stable deployment gets all traffic back, and the candidate counts as rejected.</summary>
    Rollback,
}
