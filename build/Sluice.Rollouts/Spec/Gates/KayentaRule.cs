using System.Collections.Immutable;
using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Rollouts.Spec.Gates;

/// <summary>
/// Kayenta's judge, for teams that come from it: what callers met in each minute is compared by ranks, and the metrics make one score. Its
/// looks are not corrected for their number.
/// </summary>
/// <param name="Name">The gate's name.</param>
public sealed record KayentaRule(string Name) : GateRule(Name)
{
    /// <summary>
    /// What is compared, by name: <c>errorRate</c> (the share of a minute's requests that failed) and <c>p50</c>, <c>p90</c>, <c>p95</c>,
    /// <c>p99</c> (a minute's latencies in milliseconds).
    /// </summary>
    public required ImmutableArray<CanaryMetric> Metrics { get; init; }

    /// <summary>What scores mean.</summary>
    public required CanaryJudgeSettings Settings { get; init; }

    /// <summary>The minutes with requests of both deployments that a judgement needs, at least 2.</summary>
    public int MinimumMinutes { get; init; } = 10;

    /// <inheritdoc/>
    public override bool NeedsTraffic => true;
}
