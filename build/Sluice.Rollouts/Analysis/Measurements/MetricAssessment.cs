namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>What the measurements of a metric say about it, with the numbers.</summary>
/// <param name="Phase">The metric's phase.</param>
/// <param name="Sentence">The counts, and which limit decided; or what is still to come.</param>
/// <param name="Tally">The measurements up to the one that decided.</param>
/// <remarks>
/// <para>The checks and their order are those of Argo Rollouts (<c>analysis/analysis.go</c>: <c>assessMetricStatus</c>,
/// <c>assessMetricFailureInconclusiveOrError</c>). The first measurement after which the metric is decided decides for good; later ones
/// are not looked at.</para>
/// <para>Stricter than there: a metric is successful only with a good measurement. There, one whose measurements all failed is successful
/// if its failure limit is not below its count, and one that was never measured is so when its run ends (argo-rollouts issues 4479,
/// 2026).</para>
/// </remarks>
public sealed record MetricAssessment(MetricPhase Phase, string Sentence, MeasurementTally Tally)
{
    /// <summary>True when no further measurement can change the phase.</summary>
    public bool IsDecided => Phase is not (MetricPhase.Pending or MetricPhase.Running);

    /// <summary>Assesses a metric that goes on being measured until it is decided.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="measurements">All of its measurements of this attempt, oldest first.</param>
    public static MetricAssessment Of(MetricLimits limits, IReadOnlyList<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(measurements);
        var tally = MeasurementTally.Zero;
        foreach (var measurement in measurements)
        {
            tally = tally.With(measurement);
            if (Decided(limits, tally) is { } found)
            {
                return new(found.Phase, $"{found.Reason}; {Counts(tally, measurement)}", tally);
            }
        }

        return measurements.Count == 0
            ? new(MetricPhase.Pending, "nothing measured yet", tally)
            : new(MetricPhase.Running, $"{Progress(limits, tally)}; {Counts(tally, measurements[^1])}", tally);
    }

    /// <summary>Assesses a metric that is not measured any more, such as one without a count whose step is over.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="measurements">All of its measurements of this attempt, oldest first.</param>
    /// <returns>Decided, unless nothing was measured at all.</returns>
    public static MetricAssessment AtEnd(MetricLimits limits, IReadOnlyList<Measurement> measurements)
    {
        var soFar = Of(limits, measurements);
        if (soFar.IsDecided || soFar.Tally == MeasurementTally.Zero)
        {
            return soFar;
        }

        var (phase, reason) = Complete(limits, soFar.Tally, "the measuring ended");
        return soFar with { Phase = phase, Sentence = $"{reason}; {Counts(soFar.Tally, measurements[^1])}" };
    }

    /// <summary>The verdict of a gate that consists of this metric. What is not decided is no evidence.</summary>
    public Verdict ToVerdict() => new(
        Phase switch
        {
            MetricPhase.Successful => VerdictKind.Pass,
            MetricPhase.Failed => VerdictKind.Fail,
            MetricPhase.Inconclusive => VerdictKind.Inconclusive,
            MetricPhase.Error => VerdictKind.Error,
            _ => VerdictKind.NoData,
        },
        Sentence);

    private static (MetricPhase Phase, string Reason)? Decided(MetricLimits limits, MeasurementTally tally)
    {
        // Of several limits that one measurement exceeds, the last one here counts.
        if (tally.ConsecutiveErrors > limits.ConsecutiveErrorLimit)
        {
            return (
                MetricPhase.Error,
                $"{tally.ConsecutiveErrors} tries in a row without a value, at most {limits.ConsecutiveErrorLimit} may be");
        }

        if (tally.Inconclusive > limits.InconclusiveLimit)
        {
            return (MetricPhase.Inconclusive, $"{tally.Inconclusive} inconclusive, at most {limits.InconclusiveLimit} may be");
        }

        if (limits.FailureLimit >= 0 && tally.Failed > limits.FailureLimit)
        {
            return (MetricPhase.Failed, $"{tally.Failed} failed, at most {limits.FailureLimit} may");
        }

        if (limits.ConsecutiveSuccessLimit > 0 && tally.ConsecutiveSuccesses >= limits.ConsecutiveSuccessLimit)
        {
            return (MetricPhase.Successful, $"{tally.ConsecutiveSuccesses} good in a row, {limits.ConsecutiveSuccessLimit} are wanted");
        }

        return tally.Count >= limits.EffectiveCount ? Complete(limits, tally, $"all {limits.EffectiveCount} measured") : null;
    }

    /// <summary>The phase of a metric that no limit has decided when its measurements come to an end.</summary>
    private static (MetricPhase Phase, string Reason) Complete(MetricLimits limits, MeasurementTally tally, string end)
    {
        if (tally.Count == 0)
        {
            return (MetricPhase.Error, $"{end} without a value");
        }

        if (limits.ConsecutiveSuccessLimit > 0)
        {
            var reason = $"{end} without {limits.ConsecutiveSuccessLimit} good in a row";
            return (limits.FailureLimit >= 0 ? MetricPhase.Inconclusive : MetricPhase.Failed, reason);
        }

        if (tally.Successful > 0)
        {
            return (MetricPhase.Successful, $"{end} within the limits");
        }

        return (
            limits.FailureLimit >= 0 && tally.Failed > 0 ? MetricPhase.Failed : MetricPhase.Inconclusive,
            $"{end} within the limits, but none was good");
    }

    private static string Progress(MetricLimits limits, MeasurementTally tally) =>
        limits.EffectiveCount is { } count ? $"{tally.Count} of {count} measured" : $"{tally.Count} measured";

    private static string Counts(MeasurementTally tally, Measurement last) => $"{tally}; the last one: {last.Sentence}";
}
