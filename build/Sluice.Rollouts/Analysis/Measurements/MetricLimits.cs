namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>How often a metric is measured, and how many measurements of each kind decide it.</summary>
/// <remarks>Names, meaning and defaults are those of Argo Rollouts (<c>utils/defaults/defaults.go</c>).</remarks>
public sealed record MetricLimits
{
    /// <summary>A limit that is never exceeded.</summary>
    public const int Never = -1;

    /// <summary>The measurements that may fail, 0 or more; one more fails the metric. <see cref="Never"/>: none does.</summary>
    public int FailureLimit { get; init; }

    /// <summary>The measurements that may be inconclusive, 0 or more; one more makes the metric inconclusive.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>The tries in a row that may bring no value, 0 or more; with one more the metric is in error.</summary>
    public int ConsecutiveErrorLimit { get; init; } = 4;

    /// <summary>The good measurements in a row that are a success at once, whatever the count is; 0 for none.</summary>
    public int ConsecutiveSuccessLimit { get; init; }

    /// <summary>The measurements to make, errors aside, 1 or more; null for as many as there is time for.</summary>
    public int? Count { get; init; }

    /// <summary>From one measurement to the next, above zero; null measures once, whatever the count is.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>From the start to the first measurement; zero or more.</summary>
    public TimeSpan InitialDelay { get; init; }

    /// <summary>The measurements after which the metric is decided; null where only limits decide it.</summary>
    internal int? EffectiveCount => Interval is null ? 1 : Count;
}
