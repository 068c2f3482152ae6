using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>How the candidate earns its traffic.</summary>
public sealed record StrategySpec
{
    /// <summary>The canary's steps: weights strictly rising, each 1 to 99. The step to 100 is Promote's.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>How long the stable deployment is kept warm, and the candidate judged, after the candidate got all traffic.</summary>
    public required TimeSpan FinalBake { get; init; }

    /// <summary>What the evidence must say before a weight may rise.</summary>
    public required GateSpec Gate { get; init; }

    /// <summary>The number of retired deployments that Cleanup keeps, newest first; 0 keeps none.</summary>
    public int Retain { get; init; }

    /// <summary>What becomes of a rollout under way when its run is cancelled.</summary>
    public CancelPolicy OnCancel { get; init; } = CancelPolicy.Hold;

    /// <summary>The longest time that one operation of the service may take.</summary>
    public required TimeSpan OperationTimeout { get; init; }
}
