using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>A weight that is held while it is judged: a step of the canary, or the final bake.</summary>
/// <param name="Bake">How long at least.</param>
/// <param name="UntilEvidence">How long at most until the evidence is in; null when the bake alone decides.</param>
/// <param name="Gates">The gates that are asked.</param>
internal sealed record Held(TimeSpan Bake, TimeSpan? UntilEvidence, IReadOnlyCollection<GateRule> Gates)
{
    /// <summary>A step of the canary.</summary>
    public static Held At(StrategySpec strategy, Step step) => new(step.Bake, step.UntilEvidence, [.. strategy.GatesOf(step)]);

    /// <summary>The final bake.</summary>
    public static Held AtAll(StrategySpec strategy) => new(strategy.FinalBake, null, [.. strategy.GatesOf(null)]);
}
