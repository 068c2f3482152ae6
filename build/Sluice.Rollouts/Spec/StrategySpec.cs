using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Spec;

/// <summary>How the candidate earns its traffic.</summary>
public sealed record StrategySpec
{
    /// <summary>
    /// The canary's steps: first those of mirrored traffic, then weights strictly rising, each 1 to 99. The step to 100 is Promote's. Empty
    /// when Promote gives all traffic at once.
    /// </summary>
    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>How long the stable deployment is kept warm, and the candidate judged, after the candidate got all traffic.</summary>
    public required TimeSpan FinalBake { get; init; }

    /// <summary>What the probes must say before a weight may rise, and how often there is a look.</summary>
    public required GateSpec Gate { get; init; }

    /// <summary>The gates of all steps and of the final bake.</summary>
    public ImmutableArray<GateRule> Gates { get; init; } = [];

    /// <summary>
    /// The probability that chance alone fails a good candidate in a whole rollout, above 0 and below 1; the statistical gates share it.
    /// </summary>
    public double FalseRollback { get; init; } = 0.05;

    /// <summary>How long after a bake a gate that holds is looked at again before a person is asked.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How old a minute of telemetry must be before it counts: what is ingested late would tilt the comparison.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the rollout may take from its first shift to the end of its final bake; null for any time.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What follows when the deadline is over: <see cref="Consequence.Rollback"/> or <see cref="Consequence.Hold"/>.</summary>
    public Consequence OnDeadline { get; init; } = Consequence.Rollback;

    /// <summary>How replayed answers are compared.</summary>
    public ReplaySpec Replay { get; init; } = ReplaySpec.Default;

    /// <summary>What is known of the usual traffic; null for nothing.</summary>
    public TrafficFigures? Traffic { get; init; }

    /// <summary>The number of retired deployments that Cleanup keeps, newest first; 0 keeps none.</summary>
    public int Retain { get; init; }

    /// <summary>What becomes of a rollout under way when its run is cancelled.</summary>
    public CancelPolicy OnCancel { get; init; } = CancelPolicy.Hold;

    /// <summary>The longest time that one operation of the service may take.</summary>
    public required TimeSpan OperationTimeout { get; init; }

    /// <summary>The steps with live traffic.</summary>
    public IEnumerable<Step> WeightSteps => Steps.Where(step => step.Weight > 0);

    /// <summary>The gates asked while a step is held; of a null one, those of the final bake.</summary>
    public IEnumerable<GateRule> GatesOf(Step? step) => step is null ? Gates : Gates.Concat(step.Gates);

    /// <summary>All gates, each once.</summary>
    public IEnumerable<GateRule> AllGates => Gates.Concat(Steps.SelectMany(step => step.Gates));

    /// <summary>The gates that chance may have fail, and whose Fail sends the candidate back.</summary>
    public IEnumerable<GateRule> StatisticalGates =>
        AllGates.Where(gate => gate is { IsStatistical: true, ObserveOnly: false, On.Fail: Consequence.Rollback });

    /// <summary>
    /// The probability of a false rollback that each statistical gate may use up: Bonferroni's equal shares, which hold whatever the gates
    /// have to do with each other.
    /// </summary>
    public double AlphaOfEach => FalseRollback / Math.Max(1, StatisticalGates.Count());
}
