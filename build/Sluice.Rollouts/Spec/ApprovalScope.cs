namespace Sluice.Rollouts.Spec;

/// <summary>What people approve of a rollout.</summary>
public enum ApprovalScope
{
    /// <summary>The candidate's first traffic.</summary>
    Canary,

    /// <summary>The step that is held now, which has a gate that asks for it.</summary>
    Step,

    /// <summary>All traffic to the candidate.</summary>
    Promote,
}
