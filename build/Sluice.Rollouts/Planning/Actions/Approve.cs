using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Write down that the person who runs approves the rollout; the endpoint is left as it is.</summary>
/// <param name="Scope">For what.</param>
public sealed record Approve(ApprovalScope Scope) : RolloutAction
{
    /// <summary>Since when the traffic is as it is, for a step; null for the rest.</summary>
    public DateTimeOffset? TrafficSince { get; init; }

    /// <inheritdoc/>
    public override bool IsWrite => false;

    /// <inheritdoc/>
    public override string ToString() => Scope switch
    {
        ApprovalScope.Canary => "approve the canary",
        ApprovalScope.Step => "approve the step",
        _ => "approve the promotion",
    };
}
