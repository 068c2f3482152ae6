using System.Globalization;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges the candidate's error rate against the stable deployment's: two e-processes, one for Fail and one for Pass evidence.</summary>
/// <remarks>
/// Each look brings its own counts and its own share of requests, as they were observed, so that changes of the weight and a split that
/// differs from the configured one do no harm (Lindon and Malek 2022; Hoeffding 1963 for splits that are exact).
/// </remarks>
internal static class ErrorsGate
{
    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(ErrorsRule rule, CandidateEvidence evidence, double alpha)
    {
        var isReplay = rule.Source == EvidenceSource.Replay;
        var fail = CountEProcess.ForFail(rule.Tolerance);
        var pass = CountEProcess.ForPass(rule.PassRatio);
        foreach (var (stable, candidate, share) in isReplay ? Discordant(rule, evidence) : ByMinute(evidence))
        {
            fail.Add(stable, candidate, share);
            pass.Add(stable, candidate, share);
        }

        var (stableErrors, stableRequests, errors, requests) = isReplay ? OfPairs(evidence.Pairs) : OfMinutes(evidence.Minutes);
        var inStep = isReplay ? OfPairs(evidence.PairsOfStep).Requests : OfMinutes(evidence.MinutesOfStep).Requests;
        var threshold = Evidence.Threshold(alpha);
        var numbers = Numbers.Of(
            ("stableErrors", stableErrors),
            ("stableRequests", stableRequests),
            ("candidateErrors", errors),
            ("candidateRequests", requests),
            ("candidateRequestsOfStep", inStep),
            ("failLogE", fail.LogE),
            ("passLogE", pass.LogE),
            ("threshold", threshold));
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{errors} of {requests} {(isReplay ? "replayed " : "")}requests failed on the candidate, {stableErrors} of {stableRequests} on the stable deployment");
        var against = string.Create(
            CultureInfo.InvariantCulture,
            $"evidence that it fails over {rule.Tolerance:0.##} times as often: log e-value {fail.LogE:0.00} of {threshold:0.00}");
        if (fail.LogE >= threshold)
        {
            return new(rule.Name, VerdictKind.Fail, $"{counts}; {against}", IsConclusive: true, numbers);
        }

        if (inStep < rule.MinimumRequests)
        {
            return evidence.TelemetryFault is { } fault && !isReplay
                ? new(rule.Name, VerdictKind.Error, $"{fault}", IsConclusive: false, numbers)
                : new(rule.Name, VerdictKind.NoData, $"{counts}; {inStep} of {rule.MinimumRequests} requests that the step needs", false, numbers);
        }

        var isProven = pass.LogE >= threshold;
        var sentence = isProven
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{counts}; it does not fail {rule.PassRatio:0.##} times as often: log e-value {pass.LogE:0.00} of {threshold:0.00}")
            : $"{counts}; {against}";
        return new(rule.Name, VerdictKind.Pass, sentence, isProven, numbers);
    }

    private static IEnumerable<(double Stable, double Candidate, double Share)> ByMinute(CandidateEvidence evidence) =>
        evidence.Minutes.Select(minute => ((double)minute.StableErrors, (double)minute.CandidateErrors, minute.CandidateShare));

    /// <summary>A pair of which both failed, or none, says nothing about which deployment is worse (McNemar).</summary>
    private static IEnumerable<(double Stable, double Candidate, double Share)> Discordant(ErrorsRule rule, CandidateEvidence evidence) =>
        evidence.Pairs.Select(look => rule.OncePerLook
            ? (Math.Min(1.0, look.OnlyStableFailed), Math.Min(1.0, look.OnlyCandidateFailed), 0.5)
            : (look.OnlyStableFailed, look.OnlyCandidateFailed, 0.5));

    private static (long StableErrors, long StableRequests, long Errors, long Requests) OfMinutes(IReadOnlyCollection<ComparedMinute> minutes) => (
        minutes.Sum(minute => minute.StableErrors),
        minutes.Sum(minute => minute.StableRequests),
        minutes.Sum(minute => minute.CandidateErrors),
        minutes.Sum(minute => minute.CandidateRequests));

    private static (long StableErrors, long StableRequests, long Errors, long Requests) OfPairs(IReadOnlyCollection<PairTally> looks) => (
        looks.Sum(look => look.OnlyStableFailed + look.BothFailed),
        looks.Sum(look => look.Sent),
        looks.Sum(look => look.OnlyCandidateFailed + look.BothFailed),
        looks.Sum(look => look.Sent));
}
