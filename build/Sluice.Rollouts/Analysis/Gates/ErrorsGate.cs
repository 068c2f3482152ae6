using System.Globalization;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges the candidate's error rate against the stable deployment's: two e-processes, one for Fail and one for Pass evidence.</summary>
/// <remarks>
/// <para>Each look brings its own counts and its own share of requests, as they were observed, so that changes of the weight and a split that
/// differs from the configured one do no harm (Lindon and Malek 2022; Hoeffding 1963 for splits that are exact). Minutes in which only one
/// of the two had requests are counted together with the next ones, as long as the traffic is the same: which deployments were asked says
/// nothing about which one of them failed.</para>
/// <para>With all traffic on the candidate there is no share. Then its rate is held against the stable deployment's before: the lower limit
/// of the one must not be above the upper limit of the other (<see cref="BernoulliConfidenceSequence"/>), by a tenth of the gate's share
/// of false rollbacks on top, for the comparison with another time is the weaker one.</para>
/// </remarks>
internal static class ErrorsGate
{
    /// <summary>The number of requests at which the limits of a rate are tightest.</summary>
    private const double Tuning = 500;

    /// <summary>The part of the gate's false rollbacks that the candidate alone may add.</summary>
    private const double PartOfAlone = 0.1;

    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(ErrorsRule rule, CandidateEvidence evidence, double alpha)
    {
        var isReplay = rule.Source == EvidenceSource.Replay;
        var fail = CountEProcess.ForFail(rule.Tolerance);
        var pass = CountEProcess.ForPass(rule.PassRatio);
        foreach (var (stable, candidate, share) in isReplay ? Discordant(rule, evidence) : InBlocks(evidence))
        {
            fail.Add(stable, candidate, share);
            pass.Add(stable, candidate, share);
        }

        var (stableErrors, stableRequests, errors, requests) = isReplay ? OfPairs(evidence.Pairs) : OfMinutes(evidence.Minutes);
        var isAlone = !isReplay && evidence.IsAlone;
        if (isAlone)
        {
            (stableErrors, stableRequests) = (evidence.StableAtAll.Sum(minute => minute.Errors), evidence.StableAtAll.Sum(minute => minute.Requests));
        }

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

        if (isAlone && AgainstBefore(rule, stableErrors, stableRequests, evidence, alpha * PartOfAlone) is { } alone)
        {
            return new(rule.Name, VerdictKind.Fail, $"{counts}; {alone}", IsConclusive: true, numbers);
        }

        if (!isReplay && evidence.TelemetryFault is { } fault)
        {
            return new(rule.Name, VerdictKind.Error, fault, IsConclusive: false, numbers);
        }

        if (inStep < rule.MinimumRequests)
        {
            return new(rule.Name, VerdictKind.NoData, $"{counts}; {inStep} of {rule.MinimumRequests} requests that the step needs", false, numbers);
        }

        if (isAlone && stableRequests < rule.MinimumRequests)
        {
            return new(rule.Name, VerdictKind.NoData, $"{counts}, too few of the latter to compare with", false, numbers);
        }

        var isProven = pass.LogE >= threshold;
        var sentence = isProven
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{counts}; it does not fail {rule.PassRatio:0.##} times as often: log e-value {pass.LogE:0.00} of {threshold:0.00}")
            : $"{counts}; {against}";
        return new(rule.Name, VerdictKind.Pass, sentence, isProven, numbers);
    }

    private static IEnumerable<(double Stable, double Candidate, double Share)> InBlocks(CandidateEvidence evidence)
    {
        List<ComparedMinute> block = [];
        foreach (var minute in evidence.Minutes)
        {
            if (block is [.., var last] && evidence.MapAt(last.Start) != evidence.MapAt(minute.Start))
            {
                block.Clear();
            }

            block.Add(minute);
            var (stableErrors, stableRequests, errors, requests) = OfMinutes(block);
            if (stableRequests > 0 && requests > 0)
            {
                yield return (stableErrors, errors, (double)requests / (stableRequests + requests));
                block.Clear();
            }
        }
    }

    /// <summary>Why the candidate, which has all traffic, certainly fails more often than the stable deployment did; null when it may not.</summary>
    private static string? AgainstBefore(ErrorsRule rule, long stableErrors, long stableRequests, CandidateEvidence evidence, double alpha)
    {
        var (_, _, errors, requests) = OfMinutes(evidence.MinutesOfStep);
        var least = BernoulliConfidenceSequence.Of(errors, requests, alpha, Tuning).Lower;
        var most = BernoulliConfidenceSequence.Of(stableErrors, stableRequests, alpha, Tuning).Upper;
        return least > rule.Tolerance * most
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"with all traffic {errors} of {requests} failed, certainly over {least * 100:0.0} %; of the stable deployment's at most {most * 100:0.0} % "
                + $"did before, and {rule.Tolerance:0.##} times as many are allowed")
            : null;
    }

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
