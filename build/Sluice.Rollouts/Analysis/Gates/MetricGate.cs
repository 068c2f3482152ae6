using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Holds a metric's measurements under the present traffic against its conditions and limits.</summary>
internal static class MetricGate
{
    /// <summary>
    /// Asks the gate. What no limit has decided yet is judged as if the measuring ended now, and is not conclusive: so it may pass, and it
    /// sends nothing back.
    /// </summary>
    public static GateReport Judge(MetricRule rule, CandidateEvidence evidence)
    {
        var measurements = MeasurementsOf(rule, evidence);
        var soFar = MetricAssessment.Of(rule.Limits, measurements);
        var verdict = MetricAssessment.AtEnd(rule.Limits, measurements).ToVerdict();
        var numbers = Numbers.Of(
            ("good", measurements.Count(measurement => measurement.Phase == MetricPhase.Successful)),
            ("failed", measurements.Count(measurement => measurement.Phase == MetricPhase.Failed)),
            ("inconclusive", measurements.Count(measurement => measurement.Phase == MetricPhase.Inconclusive)),
            ("errors", measurements.Count(measurement => measurement.Phase == MetricPhase.Error)),
            ("value", measurements is [.., { Value: { } value }] ? value : double.NaN));

        // A try or two without a value, or bad values that the limits still allow, are no reason to stop before the limits say so.
        var kind = verdict.Kind switch
        {
            VerdictKind.Error when !soFar.IsDecided => VerdictKind.NoData,
            VerdictKind.Fail when !soFar.IsDecided => VerdictKind.Inconclusive,
            var other => other,
        };
        return new(rule.Name, kind, $"{rule.Metric}: {soFar.Sentence}", soFar.IsDecided && kind == VerdictKind.Pass, numbers);
    }

    /// <summary>
    /// The measurements that count, oldest first. What an earlier run could not measure, or not decide, is measured anew: the telemetry, or the
    /// gate, may have been mended since.
    /// </summary>
    public static Measurement[] MeasurementsOf(MetricRule rule, CandidateEvidence evidence)
    {
        Measurement[] before = [.. Judged(rule, evidence.MeasurementsBeforeRun(rule.Name))];
        var isToBeRepeated = MetricAssessment.Of(rule.Limits, before).Phase is MetricPhase.Error or MetricPhase.Inconclusive;
        return [.. Judged(rule, evidence.MeasurementsOf(rule.Name).Skip(isToBeRepeated ? before.Length : 0))];
    }

    private static IEnumerable<Measurement> Judged(MetricRule rule, IEnumerable<MetricMeasured> measured) => measured.Select(one => one.Fault is { } fault
        ? Measurement.Error(one.Time, fault)
        : rule.Conditions.Judge(one.Time, one.Value));
}
