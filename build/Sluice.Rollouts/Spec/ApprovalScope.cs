namespace Sluice.Rollouts.Spec;

/// <summary>What people approve of a rollout.</summary>
public enum ApprovalScope
{
    /// <summary>The candidate's first traffic.</summary>
    Canary,

    /// <summary>All traffic to the candidate.</summary>
    Promote,
}
