namespace Sluice.Rollouts.Spec;

/// <summary>How many people must have approved a rollout. Whoever started it is not counted.</summary>
/// <param name="Canary">Before the candidate gets its first traffic; 0 needs none.</param>
/// <param name="Promote">Before it gets all traffic; 0 needs none.</param>
public sealed record ApprovalsSpec(int Canary, int Promote)
{
    /// <summary>The number for a scope; of a step, its gate says it.</summary>
    public int Of(ApprovalScope scope) => scope switch
    {
        ApprovalScope.Canary => Canary,
        ApprovalScope.Promote => Promote,
        _ => 0,
    };
}
