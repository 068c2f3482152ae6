namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>What became of a metric.</summary>
public enum MetricClass
{
    /// <summary>No bad change was seen.</summary>
    Pass,

    /// <summary>The canary's values are too high.</summary>
    High,

    /// <summary>The canary's values are too low.</summary>
    Low,

    /// <summary>An arm has no values; the metric counts for nothing.</summary>
    Nodata,

    /// <summary>An arm has no values, and had to have some; the metric counts as failed.</summary>
    NodataFailMetric,
}
