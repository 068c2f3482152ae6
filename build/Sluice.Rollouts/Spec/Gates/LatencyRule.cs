namespace Sluice.Rollouts.Spec.Gates;

/// <summary>A quantile of the candidate's latency, against the stable deployment's own or against an objective.</summary>
/// <param name="Name">The gate's name.</param>
public sealed record LatencyRule(string Name) : GateRule(Name)
{
    /// <summary>Whose requests are timed.</summary>
    public EvidenceSource Source { get; init; } = EvidenceSource.Traffic;

    /// <summary>The quantile in percent: 50, 90, 95 or 99.</summary>
    public int Percent { get; init; } = 95;

    /// <summary>How many times the stable deployment's quantile is still as good, 1 to 10; means nothing with an objective.</summary>
    public double Tolerance { get; init; } = 1.25;

    /// <summary>The latency that the quantile must not exceed; null for the stable deployment's own.</summary>
    public TimeSpan? Objective { get; init; }

    /// <summary>What a step needs before it can pass: requests in a replay, minutes in traffic. At least 1.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>
    /// Whether a look counts once, against the deployment with more slow answers in it: for pauses, which slow down several requests of a
    /// look. Means something for a replay against the stable deployment only.
    /// </summary>
    public bool OncePerLook { get; init; } = true;

    /// <inheritdoc/>
    public override bool NeedsPairs => Source == EvidenceSource.Replay;

    /// <inheritdoc/>
    public override bool NeedsTraffic => Source == EvidenceSource.Traffic;

    /// <inheritdoc/>
    public override bool IsStatistical => true;
}
