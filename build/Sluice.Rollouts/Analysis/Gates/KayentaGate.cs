using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Analysis.Kayenta;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>
/// Has Kayenta's judge compare the minutes of both deployments; with all traffic on the candidate, its minutes then with the stable
/// deployment's before, as Kayenta compares a canary with a baseline of another time.
/// </summary>
internal static class KayentaGate
{
    /// <summary>Asks the gate.</summary>
    public static GateReport Judge(KayentaRule rule, CandidateEvidence evidence)
    {
        if (evidence.TelemetryFault is { } fault)
        {
            return new(rule.Name, VerdictKind.Error, fault, IsConclusive: false, Numbers.Of());
        }

        var (stable, candidate) = evidence.IsAlone ? (evidence.StableAtAll, OfCandidate(evidence.MinutesOfStep)) : OfBoth(evidence.Minutes);
        var minutes = Math.Min(stable.Length, candidate.Length);
        if (minutes < rule.MinimumMinutes)
        {
            return new(
                rule.Name,
                VerdictKind.NoData,
                $"{minutes} of {rule.MinimumMinutes} minutes {(evidence.IsAlone && candidate.Length == minutes ? "with all traffic" : "with requests of both")}",
                IsConclusive: false,
                Numbers.Of(("minutes", minutes)));
        }

        var judgement = CanaryJudge.Judge(
            rule.Settings,
            [
                .. rule.Metrics.Select(metric => new CanaryArms(
                    metric,
                    [.. stable.Select(minute => ValueOf(metric.Name, minute))],
                    [.. candidate.Select(minute => ValueOf(metric.Name, minute))])),
            ]);
        var verdict = judgement.ToVerdict();
        var numbers = Numbers.Of(
            ("minutes", minutes), ("score", judgement.Score), ("pass", rule.Settings.PassScore), ("marginal", rule.Settings.MarginalScore));
        return new(rule.Name, verdict.Kind, verdict.Sentence, verdict.Kind == VerdictKind.Pass, numbers);
    }

    private static (ImmutableArray<TrafficMinute> Stable, ImmutableArray<TrafficMinute> Candidate) OfBoth(ImmutableArray<ComparedMinute> minutes)
    {
        ImmutableArray<ComparedMinute> both = [.. minutes.Where(minute => minute is { Stable: not null, Candidate: not null })];
        return ([.. both.Select(minute => minute.Stable!)], OfCandidate(both));
    }

    private static ImmutableArray<TrafficMinute> OfCandidate(ImmutableArray<ComparedMinute> minutes) =>
        [.. minutes.Select(minute => minute.Candidate).OfType<TrafficMinute>()];

    private static double ValueOf(string metric, TrafficMinute minute) => metric == "errorRate"
        ? (double)minute.Errors / minute.Requests
        : minute.LatencyMilliseconds.GetValueOrDefault(int.Parse(metric.AsSpan(1), CultureInfo.InvariantCulture), double.NaN);
}
