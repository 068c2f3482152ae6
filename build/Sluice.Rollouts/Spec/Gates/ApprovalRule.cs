namespace Sluice.Rollouts.Spec.Gates;

/// <summary>People must approve while the weight is held: a pause. The guards go on meanwhile.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="People">How many, beside the one who started the rollout; at least 1.</param>
public sealed record ApprovalRule(string Name, int People) : GateRule(Name)
{
    /// <summary>Whether the weight stays until they have: not where the gate only observes, or advances without them.</summary>
    public bool Holds => this is { ObserveOnly: false, On.Inconclusive: not Consequence.Advance };
}
