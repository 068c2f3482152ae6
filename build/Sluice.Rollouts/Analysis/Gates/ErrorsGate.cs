using System.Globalization;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges the candidate's error rate against the stable deployment's: two e-processes, one for Fail and one for Pass evidence.</summary>
/// <remarks>
/// <para>Each look brings its own counts and its own share of requests, as they were observed, so that changes of the weight and a split that
/// differs from the configured one do no harm (Lindon and Malek 2022; Hoeffding 1963 for splits that are exact).</para>
/// <para>With all traffic on the candidate there is no share. Then its minutes are held against the stable deployment's worst ones before
/// (<see cref="AgainstWorst"/>). Sooner than that its rate may certainly be above the one before, if minutes were all alike; that does not
/// prove anything, but is no Pass (<see cref="BernoulliConfidenceSequence"/>).</para>
/// <para>Only errors tell a ratio, so that one which never fails could never prove itself. A Pass is proven in either of two ways, each of
/// which is wrong with half the probability: the ratio is excluded, or the candidate's own rate is certainly below one that is negligible.</para>
/// </remarks>
internal static class ErrorsGate
{
    /// <summary>The ways to a proven Pass, which share the probability of a false one.</summary>
    public const int Proofs = 2;

    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, and of a false proof; above 0 and below 1.</param>
    public static GateReport Judge(ErrorsRule rule, CandidateEvidence evidence, double alpha)
    {
        var seen = ErrorEvidence.Of(rule, evidence);
        var isReplay = rule.Source == EvidenceSource.Replay;
        var (counted, ofStep) = (seen.Counted, seen.OfStep);
        var threshold = Evidence.Threshold(alpha);
        var against = string.Create(
            CultureInfo.InvariantCulture,
            $"evidence that it fails over {rule.Tolerance:0.##} times as often: log e-value {seen.Fail:0.00} of {threshold:0.00}");
        if (seen.Fail >= threshold)
        {
            return Says(VerdictKind.Fail, against, isConclusive: true);
        }

        if (seen.IsAlone && IsWorseThanBefore(rule, evidence, alpha) is { } worse)
        {
            return Says(VerdictKind.Fail, worse, isConclusive: true);
        }

        if (!isReplay && evidence.TelemetryFault is { } fault)
        {
            return Says(VerdictKind.Error, "") with { Sentence = fault };
        }

        if (ofStep.Requests < rule.MinimumRequests)
        {
            return Says(VerdictKind.NoData, $"{ofStep.Requests} of {rule.MinimumRequests} requests that the step needs");
        }

        if (seen.IsAlone && counted.StableRequests < rule.MinimumRequests)
        {
            return Says(VerdictKind.NoData, "too few of the latter to compare with");
        }

        if (seen.IsAlone && SeemsWorseThanBefore(rule, seen, alpha) is { } doubt)
        {
            return Says(VerdictKind.Inconclusive, doubt);
        }

        var (proof, missing) = ProofOf(rule, seen, alpha);
        return proof is null
            ? Says(VerdictKind.Pass, missing.Length > 0 ? $"{against}; not proven that it fails {missing}" : against)
            : Says(VerdictKind.Pass, proof, isConclusive: true);

        GateReport Says(VerdictKind kind, string why, bool isConclusive = false) => new(
            rule.Name,
            kind,
            $"{counted.Errors} of {counted.Requests} {(isReplay ? "replayed " : "")}requests failed on the candidate, {counted.StableErrors} of "
            + $"{counted.StableRequests} on the stable deployment; {why}",
            isConclusive,
            Numbers.Of(
                ("stableErrors", counted.StableErrors),
                ("stableRequests", counted.StableRequests),
                ("candidateErrors", counted.Errors),
                ("candidateRequests", counted.Requests),
                ("candidateRequestsOfStep", ofStep.Requests),
                ("failLogE", seen.Fail),
                ("passLogE", seen.Pass),
                ("threshold", threshold)));
    }

    /// <summary>What proves the Pass; or null, and what does not yet.</summary>
    private static (string? Proof, string Missing) ProofOf(ErrorsRule rule, ErrorEvidence seen, double alpha)
    {
        var (counted, ofStep) = (seen.Counted, seen.OfStep);
        var threshold = Evidence.Threshold(alpha, Proofs);
        List<string> missing = [];

        // What earlier steps proved is no proof where this one's requests speak against it, nor where nothing is left to compare with.
        if (!seen.IsAlone)
        {
            if (seen.Pass >= threshold && seen.PassOfStep >= 0)
            {
                return (Text($"it does not fail {rule.PassRatio:0.##} times as often: log e-value {seen.Pass:0.00} of {threshold:0.00}"), "");
            }

            missing.Add(Text($"less than {rule.PassRatio:0.##} times as often (log e-value {seen.Pass:0.00} of {threshold:0.00}")
                + (seen.Pass >= threshold ? ", but not in this step)" : ")"));
        }

        if (rule.Negligible > 0)
        {
            var most = BernoulliConfidenceSequence.Of(counted.Errors, counted.Requests, alpha / Proofs, BernoulliConfidenceSequence.UsualTuning).Upper;
            if (most <= rule.Negligible && ofStep.Errors <= rule.Negligible * ofStep.Requests)
            {
                return (Text($"it fails in at most {Ceiling(most)} % of requests, and {rule.Negligible * 100:0.##} % are negligible"), "");
            }

            missing.Add(Text($"in at most {rule.Negligible * 100:0.##} % of requests (up to {Ceiling(most)} %)"));
        }

        return (null, string.Join(" or ", missing));
    }

    /// <summary>Why the candidate, which has all traffic, fails more often than the stable deployment did; null when that is not proven.</summary>
    private static string? IsWorseThanBefore(ErrorsRule rule, CandidateEvidence evidence, double alpha)
    {
        var worst = new AgainstWorst([.. evidence.StableServing.Select(RateOf)], rule.Tolerance);
        foreach (var minute in evidence.MinutesOfStep.Select(minute => minute.Candidate).OfType<TrafficMinute>())
        {
            worst.Add(RateOf(minute));
        }

        var threshold = Evidence.Threshold(alpha * AgainstWorst.PartOfBudget);
        return worst.LogE >= threshold
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"with all traffic over {Floor(worst.Limit)} % failed in {worst.Above} of {worst.Count} minutes, {rule.Tolerance:0.##} times as many as in "
                + $"{worst.Reference} of the stable deployment before: log e-value {worst.LogE:0.00} of {threshold:0.00}")
            : null;
    }

    /// <summary>Why the candidate, which has all traffic, seems to fail more often than the stable deployment did; null when it does not.</summary>
    private static string? SeemsWorseThanBefore(ErrorsRule rule, ErrorEvidence seen, double alpha)
    {
        var (counted, ofStep) = (seen.Counted, seen.OfStep);
        var least = BernoulliConfidenceSequence.Of(ofStep.Errors, ofStep.Requests, alpha, BernoulliConfidenceSequence.UsualTuning).Lower;
        var most = BernoulliConfidenceSequence.Of(counted.StableErrors, counted.StableRequests, alpha, BernoulliConfidenceSequence.UsualTuning).Upper;
        return least > rule.Tolerance * most
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"with all traffic {ofStep.Errors} of {ofStep.Requests} failed, at least {Floor(least)} %; of the stable deployment's at most {Ceiling(most)} % "
                + $"did before, and {rule.Tolerance:0.##} times as many are allowed")
            : null;
    }

    private static double RateOf(TrafficMinute minute) => (double)minute.Errors / minute.Requests;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A lower limit in percent, rounded down: what is said is never more than what is known.</summary>
    private static string Floor(double share) => (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>An upper limit in percent, rounded up.</summary>
    private static string Ceiling(double share) => (Math.Ceiling(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);
}
