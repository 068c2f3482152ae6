using System.Globalization;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges the candidate's error rate against the stable deployment's: two e-processes, one for Fail and one for Pass evidence.</summary>
/// <remarks>
/// <para>Each look brings its own counts and its own share of requests, as they were observed, so that changes of the weight and a split that
/// differs from the configured one do no harm (Lindon and Malek 2022; Hoeffding 1963 for splits that are exact). Minutes in which only one
/// of the two had requests are counted together with the next ones, as long as the traffic is the same: which deployments were asked says
/// nothing about which one of them failed.</para>
/// <para>With all traffic on the candidate there is no share. Then its minutes are held against the stable deployment's worst one before
/// (<see cref="AgainstWorst"/>). Sooner than that its rate may certainly be above the one before, if minutes were all alike; that does not
/// prove anything, but is no Pass (<see cref="BernoulliConfidenceSequence"/>).</para>
/// </remarks>
internal static class ErrorsGate
{
    /// <summary>The number of requests at which the limits of a rate are tightest.</summary>
    private const double Tuning = 500;

    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(ErrorsRule rule, CandidateEvidence evidence, double alpha)
    {
        var isReplay = rule.Source == EvidenceSource.Replay;
        var fail = new RestartedCountEProcess(rule.Tolerance);
        var pass = CountEProcess.ForPass(rule.PassRatio);
        var passOfStep = CountEProcess.ForPass(rule.PassRatio);
        foreach (var (stable, candidate, share) in isReplay ? Discordant(rule, evidence.Pairs) : InBlocks(evidence, evidence.Minutes))
        {
            fail.Add(stable, candidate, share);
            pass.Add(stable, candidate, share);
        }

        foreach (var (stable, candidate, share) in isReplay ? Discordant(rule, evidence.PairsOfStep) : InBlocks(evidence, evidence.MinutesOfStep))
        {
            passOfStep.Add(stable, candidate, share);
        }

        var counted = isReplay ? Counts.Of(evidence.Pairs) : Counts.Of(evidence.Minutes);
        var ofStep = isReplay ? Counts.Of(evidence.PairsOfStep) : Counts.Of(evidence.MinutesOfStep);
        var isAlone = !isReplay && evidence.IsAlone;
        if (isAlone)
        {
            var before = evidence.StableAtAll;
            counted = counted with { StableErrors = before.Sum(minute => minute.Errors), StableRequests = before.Sum(minute => minute.Requests) };
        }

        var threshold = Evidence.Threshold(alpha);
        var numbers = Numbers.Of(
            ("stableErrors", counted.StableErrors),
            ("stableRequests", counted.StableRequests),
            ("candidateErrors", counted.Errors),
            ("candidateRequests", counted.Requests),
            ("candidateRequestsOfStep", ofStep.Requests),
            ("failLogE", fail.LogE),
            ("passLogE", pass.LogE),
            ("threshold", threshold));
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{counted.Errors} of {counted.Requests} {(isReplay ? "replayed " : "")}requests failed on the candidate, {counted.StableErrors} of "
            + $"{counted.StableRequests} on the stable deployment");
        var against = string.Create(
            CultureInfo.InvariantCulture,
            $"evidence that it fails over {rule.Tolerance:0.##} times as often: log e-value {fail.LogE:0.00} of {threshold:0.00}");
        if (fail.LogE >= threshold)
        {
            return new(rule.Name, VerdictKind.Fail, $"{counts}; {against}", IsConclusive: true, numbers);
        }

        if (isAlone && IsWorseThanBefore(rule, evidence, alpha) is { } worse)
        {
            return new(rule.Name, VerdictKind.Fail, $"{counts}; {worse}", IsConclusive: true, numbers);
        }

        if (!isReplay && evidence.TelemetryFault is { } fault)
        {
            return new(rule.Name, VerdictKind.Error, fault, IsConclusive: false, numbers);
        }

        if (ofStep.Requests < rule.MinimumRequests)
        {
            return new(rule.Name, VerdictKind.NoData, $"{counts}; {ofStep.Requests} of {rule.MinimumRequests} requests that the step needs", false, numbers);
        }

        if (isAlone && counted.StableRequests < rule.MinimumRequests)
        {
            return new(rule.Name, VerdictKind.NoData, $"{counts}, too few of the latter to compare with", false, numbers);
        }

        if (isAlone && SeemsWorseThanBefore(rule, counted, ofStep, alpha) is { } doubt)
        {
            return new(rule.Name, VerdictKind.Inconclusive, $"{counts}; {doubt}", IsConclusive: false, numbers);
        }

        // What earlier steps proved is no proof where this one's requests speak against it.
        var isProven = pass.LogE >= threshold && passOfStep.LogE >= 0;
        var sentence = isProven
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{counts}; it does not fail {rule.PassRatio:0.##} times as often: log e-value {pass.LogE:0.00} of {threshold:0.00}")
            : $"{counts}; {against}";
        return new(rule.Name, VerdictKind.Pass, sentence, isProven, numbers);
    }

    private static IEnumerable<(double Stable, double Candidate, double Share)> InBlocks(
        CandidateEvidence evidence, IEnumerable<ComparedMinute> minutes)
    {
        var block = default(Counts);
        var map = -1;
        foreach (var minute in minutes)
        {
            var mapNow = evidence.MapAt(minute.Start);
            block = mapNow == map ? block + Counts.Of(minute) : Counts.Of(minute);
            map = mapNow;
            if (block is { StableRequests: > 0, Requests: > 0 })
            {
                yield return (block.StableErrors, block.Errors, (double)block.Requests / (block.StableRequests + block.Requests));
                block = default;
            }
        }
    }

    /// <summary>Why the candidate, which has all traffic, fails more often than the stable deployment did; null when that is not proven.</summary>
    private static string? IsWorseThanBefore(ErrorsRule rule, CandidateEvidence evidence, double alpha)
    {
        var worst = new AgainstWorst([.. evidence.StableAtAll.Select(RateOf)], rule.Tolerance);
        foreach (var minute in evidence.MinutesOfStep.Select(minute => minute.Candidate).OfType<TrafficMinute>())
        {
            worst.Add(RateOf(minute));
        }

        var threshold = Evidence.Threshold(alpha * AgainstWorst.PartOfBudget);
        return worst.LogE >= threshold
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"with all traffic over {worst.Limit * 100:0.0} % failed in {worst.Above} of {worst.Count} minutes, {rule.Tolerance:0.##} times as many as in the "
                + $"worst one of {worst.Before} of the stable deployment before: log e-value {worst.LogE:0.00} of {threshold:0.00}")
            : null;
    }

    /// <summary>Why the candidate, which has all traffic, seems to fail more often than the stable deployment did; null when it does not.</summary>
    private static string? SeemsWorseThanBefore(ErrorsRule rule, Counts counted, Counts ofStep, double alpha)
    {
        var least = BernoulliConfidenceSequence.Of(ofStep.Errors, ofStep.Requests, alpha, Tuning).Lower;
        var most = BernoulliConfidenceSequence.Of(counted.StableErrors, counted.StableRequests, alpha, Tuning).Upper;
        return least > rule.Tolerance * most
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"with all traffic {ofStep.Errors} of {ofStep.Requests} failed, over {least * 100:0.0} %; of the stable deployment's at most {most * 100:0.0} % "
                + $"did before, and {rule.Tolerance:0.##} times as many are allowed")
            : null;
    }

    private static double RateOf(TrafficMinute minute) => (double)minute.Errors / minute.Requests;

    /// <summary>A pair of which both failed, or none, says nothing about which deployment is worse (McNemar).</summary>
    private static IEnumerable<(double Stable, double Candidate, double Share)> Discordant(ErrorsRule rule, IEnumerable<PairTally> pairs) =>
        pairs.Select(look => rule.OncePerLook
            ? (Math.Min(1.0, look.OnlyStableFailed), Math.Min(1.0, look.OnlyCandidateFailed), 0.5)
            : (look.OnlyStableFailed, look.OnlyCandidateFailed, 0.5));

    /// <summary>Errors and requests of both.</summary>
    private readonly record struct Counts(long StableErrors, long StableRequests, long Errors, long Requests)
    {
        public static Counts operator +(Counts left, Counts right) => new(
            left.StableErrors + right.StableErrors,
            left.StableRequests + right.StableRequests,
            left.Errors + right.Errors,
            left.Requests + right.Requests);

        public static Counts Of(ComparedMinute minute) =>
            new(minute.StableErrors, minute.StableRequests, minute.CandidateErrors, minute.CandidateRequests);

        public static Counts Of(IEnumerable<ComparedMinute> minutes) =>
            minutes.Aggregate(default(Counts), (sum, minute) => sum + Of(minute));

        public static Counts Of(IReadOnlyCollection<PairTally> looks) => new(
            looks.Sum(look => look.OnlyStableFailed + look.BothFailed),
            looks.Sum(look => look.Sent),
            looks.Sum(look => look.OnlyCandidateFailed + look.BothFailed),
            looks.Sum(look => look.Sent));
    }
}
