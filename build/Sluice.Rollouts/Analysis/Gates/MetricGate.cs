using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Holds a metric's measurements under the present traffic against its conditions and limits.</summary>
internal static class MetricGate
{
    /// <summary>Asks the gate. What no limit has decided yet is judged as if the measuring ended now, and is not conclusive.</summary>
    public static GateReport Judge(MetricRule rule, CandidateEvidence evidence)
    {
        var measurements = MeasurementsOf(rule, evidence);
        var isDecided = MetricAssessment.Of(rule.Limits, measurements).IsDecided;
        var assessment = MetricAssessment.AtEnd(rule.Limits, measurements);
        var verdict = assessment.ToVerdict();
        var numbers = Numbers.Of(
            ("good", measurements.Count(measurement => measurement.Phase == MetricPhase.Successful)),
            ("failed", measurements.Count(measurement => measurement.Phase == MetricPhase.Failed)),
            ("inconclusive", measurements.Count(measurement => measurement.Phase == MetricPhase.Inconclusive)),
            ("errors", measurements.Count(measurement => measurement.Phase == MetricPhase.Error)),
            ("value", measurements is [.., { Value: { } value }] ? value : double.NaN));

        // A try or two without a value, and nothing else yet, is no reason to stop: the limit on errors decides that.
        var kind = verdict.Kind == VerdictKind.Error && !isDecided ? VerdictKind.NoData : verdict.Kind;
        return new(rule.Name, kind, $"{rule.Metric}: {verdict.Sentence}", isDecided && kind == VerdictKind.Pass, numbers);
    }

    /// <summary>The measurements that count, oldest first.</summary>
    public static Measurement[] MeasurementsOf(MetricRule rule, CandidateEvidence evidence) =>
    [
        .. evidence.MeasurementsOf(rule.Name).Select(measured => measured.Fault is { } fault
            ? Measurement.Error(measured.Time, fault)
            : rule.Conditions.Judge(measured.Time, measured.Value)),
    ];
}
