namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>When a metric is measured.</summary>
/// <remarks>As in Argo Rollouts (<c>analysis/analysis.go</c>: <c>calculateNextReconcileTime</c>, <c>generateMetricTasks</c>).</remarks>
public static class MeasurementSchedule
{
    /// <summary>The pause after a try that brought no value, whatever the interval is.</summary>
    public static readonly TimeSpan ErrorRetry = TimeSpan.FromSeconds(10);

    /// <summary>The moment of the next measurement, which may have passed; null when the metric is decided.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="start">When the measuring of this attempt began.</param>
    /// <param name="measurements">All measurements of this attempt, oldest first.</param>
    public static DateTimeOffset? Next(MetricLimits limits, DateTimeOffset start, IReadOnlyList<Measurement> measurements)
    {
        if (MetricAssessment.Of(limits, measurements).IsDecided)
        {
            return null;
        }

        if (measurements.Count == 0)
        {
            return start + limits.InitialDelay;
        }

        // Without an interval the first value decides, so that there is one here.
        var last = measurements[^1];
        return last.At + (last.Phase == MetricPhase.Error ? ErrorRetry : limits.Interval!.Value);
    }
}
