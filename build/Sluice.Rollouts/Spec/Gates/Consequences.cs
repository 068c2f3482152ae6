namespace Sluice.Rollouts.Spec.Gates;

/// <summary>What follows from each answer of a gate but Pass.</summary>
/// <param name="Fail">After Fail; never <see cref="Consequence.Advance"/>: a gate that is only to be watched is <see cref="GateRule.ObserveOnly"/>.</param>
/// <param name="Inconclusive">After Inconclusive.</param>
/// <param name="NoData">After NoData.</param>
/// <param name="Error">After Error.</param>
public sealed record Consequences(Consequence Fail, Consequence Inconclusive, Consequence NoData, Consequence Error)
{
    /// <summary>Back on Fail; what is not known holds.</summary>
    public static Consequences Default { get; } = new(Consequence.Rollback, Consequence.Hold, Consequence.Hold, Consequence.Hold);
}
