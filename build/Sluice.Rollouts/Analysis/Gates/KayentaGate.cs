using System.Globalization;
using Sluice.Rollouts.Analysis.Kayenta;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Has Kayenta's judge compare the minutes of both deployments.</summary>
internal static class KayentaGate
{
    /// <summary>Asks the gate.</summary>
    public static GateReport Judge(KayentaRule rule, CandidateEvidence evidence)
    {
        var minutes = evidence.Minutes.Where(minute => minute is { Stable: not null, Candidate: not null }).ToArray();
        if (minutes.Length < rule.MinimumMinutes)
        {
            return evidence.TelemetryFault is { } fault
                ? new(rule.Name, VerdictKind.Error, fault, false, Numbers.Of(("minutes", minutes.Length)))
                : new(
                    rule.Name,
                    VerdictKind.NoData,
                    $"{minutes.Length} of {rule.MinimumMinutes} minutes with requests of both",
                    false,
                    Numbers.Of(("minutes", minutes.Length)));
        }

        var judgement = CanaryJudge.Judge(
            rule.Settings,
            [
                .. rule.Metrics.Select(metric => new CanaryArms(
                    metric,
                    [.. minutes.Select(minute => ValueOf(metric.Name, minute.Stable!))],
                    [.. minutes.Select(minute => ValueOf(metric.Name, minute.Candidate!))])),
            ]);
        var verdict = judgement.ToVerdict();
        var numbers = Numbers.Of(
            ("minutes", minutes.Length), ("score", judgement.Score), ("pass", rule.Settings.PassScore), ("marginal", rule.Settings.MarginalScore));
        return new(rule.Name, verdict.Kind, verdict.Sentence, verdict.Kind == VerdictKind.Pass, numbers);
    }

    private static double ValueOf(string metric, TrafficMinute minute) => metric == "errorRate"
        ? (double)minute.Errors / minute.Requests
        : minute.LatencyMilliseconds.GetValueOrDefault(int.Parse(metric.AsSpan(1), CultureInfo.InvariantCulture), double.NaN);
}
