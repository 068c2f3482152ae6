using System.Collections.Immutable;
using Sluice.Rollouts.Planning.Stages;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>
/// What a strategy is able to see, before a request was sent: time, looks and requests of each step, and what its gates need of them. Pure,
/// and for people alone: no decision of a rollout rests on it.
/// </summary>
/// <param name="Steps">The steps in order, then the final bake.</param>
/// <param name="PairsBeforeStart">The rows that both deployments are sent before the candidate gets any traffic.</param>
/// <param name="ErrorRate">The callers' error rate while all is well, above 0 and below 1, that the figures assume.</param>
public sealed record RolloutFigures(ImmutableArray<StepFigures> Steps, int PairsBeforeStart, double ErrorRate)
{
    /// <summary>Whether nobody has stated the error rate.</summary>
    public bool IsErrorRateAssumed { get; private init; }

    /// <summary>
    /// The probability that failed probes alone send back a candidate that fails as often as is usual, in steps that take no longer than their
    /// bakes; null while nobody has stated how often that is.
    /// </summary>
    public double? ProbesFail { get; private init; }

    /// <summary>The figures of a rollout.</summary>
    public static RolloutFigures Of(RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Of(spec.Strategy, spec.Probes.Rows.Length);
    }

    /// <summary>The figures of a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="rows">The rows that there are to send, at least 1.</param>
    public static RolloutFigures Of(StrategySpec strategy, int rows)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var pairsBefore = strategy.AllGates.Any(gate => gate.NeedsPairs) ? Math.Min(rows, Looks.MostBeforeStart) : 0;
        var errorRate = strategy.Traffic?.ErrorRate ?? TrafficFigures.UsualErrorRate;
        var steps = ImmutableArray.CreateBuilder<StepFigures>();
        foreach (var step in strategy.Steps.Append(null))
        {
            var bake = step?.Bake ?? strategy.FinalBake;
            var longest = step?.UntilEvidence > bake ? step.UntilEvidence.Value : bake;
            var figures = new StepFigures(
                step,
                Exposure.Of(strategy, step, bake),
                step?.UntilEvidence is null ? null : Exposure.Of(strategy, step, longest),
                Exposure.Of(strategy, step, longest + strategy.Patience),
                []);
            var needs = new GateNeeds(strategy, errorRate, pairsBefore, [.. steps.Select(earlier => earlier.Bake)], figures);
            steps.Add(figures with { Gates = [.. strategy.GatesOf(step).SelectMany(needs.Of)] });
        }

        var isAssumed = strategy.Traffic?.IsErrorRateAssumed ?? true;
        var probesBefore = strategy.AllGates.Any(Looks.IsAskedBeforeStart) ? Math.Min(rows, Looks.MostBeforeStart) : 0;
        return new(steps.ToImmutable(), pairsBefore, errorRate)
        {
            IsErrorRateAssumed = isAssumed,
            ProbesFail = isAssumed ? null : ProbeChance.Of(strategy.Gate, errorRate, probesBefore, steps.Select(step => step.Bake)),
        };
    }
}
