using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges a quantile of the candidate's latency.</summary>
/// <remarks>
/// Requests that are timed one by one are counted over a threshold that was fixed before they were sent, so that the tests of counts
/// apply: over the stable deployment's own quantile so far, or over the objective. Telemetry gives no more than each minute's quantile: of
/// such minutes it is counted in how many the candidate's is the worse one, which is a fair coin when it is not worse.
/// </remarks>
internal static class LatencyGate
{
    /// <summary>Latencies of the stable deployment from which its quantile is read off.</summary>
    private const int LeastToRank = 20;

    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(LatencyRule rule, CandidateEvidence evidence, double alpha) => rule switch
    {
        { Source: EvidenceSource.Traffic } => ByMinute(rule, evidence, alpha),
        { Objective: { } objective } => AgainstObjective(rule, objective.TotalMilliseconds, evidence, alpha),
        _ => AgainstStable(rule, evidence, alpha),
    };

    private static GateReport ByMinute(LatencyRule rule, CandidateEvidence evidence, double alpha)
    {
        var fail = CountEProcess.ForFail(1);
        var (worse, better) = (0, 0);
        foreach (var minute in evidence.Minutes)
        {
            if (LimitOf(minute) is { } limit && Quantile(rule, minute.Candidate) is { } candidate)
            {
                var isWorse = candidate > limit;
                fail.AddPairs(isWorse ? 0 : 1, isWorse ? 1 : 0);
                worse += isWorse ? 1 : 0;
                better += isWorse ? 0 : 1;
            }
        }

        // With all traffic on the candidate, as in the final bake, there is nothing to compare a minute with: it is seen all the same.
        var inStep = evidence.MinutesOfStep.Count(minute =>
            Quantile(rule, minute.Candidate) is not null && (LimitOf(minute) is not null || minute.Stable is null));
        var last = evidence.Minutes.LastOrDefault(minute => Quantile(rule, minute.Candidate) is not null);
        var threshold = Evidence.Threshold(alpha);
        var numbers = Numbers.Of(
            ("minutesWorse", worse),
            ("minutesNotWorse", better),
            ("minutesOfStep", inStep),
            ("candidateMilliseconds", Quantile(rule, last?.Candidate) ?? double.NaN),
            ("stableMilliseconds", Quantile(rule, last?.Stable) ?? double.NaN),
            ("failLogE", fail.LogE),
            ("threshold", threshold));
        var than = rule.Objective is { } objective
            ? Milliseconds(objective.TotalMilliseconds)
            : string.Create(CultureInfo.InvariantCulture, $"{rule.Tolerance:0.##} times the stable deployment's");
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"the candidate's p{rule.Percent} was over {than} in {worse} of {worse + better} minutes{Latest(rule, last)}; "
            + $"log e-value {fail.LogE:0.00} of {threshold:0.00}");
        return fail.LogE >= threshold ? new(rule.Name, VerdictKind.Fail, sentence, true, numbers)
            : inStep >= rule.Minimum && worse + better > 0 ? Passed(rule, worse, better, alpha, sentence, numbers)
            : evidence.TelemetryFault is { } fault ? new(rule.Name, VerdictKind.Error, fault, false, numbers)
            : new(rule.Name, VerdictKind.NoData, $"{sentence}; {inStep} of {rule.Minimum} minutes that the step needs", false, numbers);

        double? LimitOf(ComparedMinute minute) => rule.Objective is { } limit
            ? limit.TotalMilliseconds
            : Quantile(rule, minute.Stable) * rule.Tolerance;
    }

    /// <summary>Certain as soon as the candidate's quantile is certainly the worse one in less than half of the minutes.</summary>
    private static GateReport Passed(
        LatencyRule rule,
        int worse,
        int better,
        double alpha,
        string sentence,
        ImmutableSortedDictionary<string, double> numbers)
    {
        var share = BernoulliConfidenceSequence.Of(worse, worse + better, alpha, Tuning);
        return new(rule.Name, VerdictKind.Pass, sentence, share.Upper < 0.5, numbers);
    }

    private static GateReport AgainstStable(LatencyRule rule, CandidateEvidence evidence, double alpha)
    {
        // The tolerance is in the candidate's threshold already: one that is so much slower exceeds it as often as the stable one exceeds its own.
        var fail = CountEProcess.ForFail(1);
        var pass = CountEProcess.ForPass();
        var earlier = new List<double>();
        var (over, stableOver, timed) = (0, 0, 0);
        var limit = double.NaN;
        foreach (var look in evidence.Pairs)
        {
            // The threshold of a look comes from the looks before it: what it is compared with must not depend on it.
            if (earlier.Count >= LeastToRank)
            {
                limit = NearestRank.Of(earlier, rule.Percent);
                var stable = look.StableMilliseconds.Count(latency => latency > limit);
                var candidate = look.CandidateMilliseconds.Count(latency => latency > limit * rule.Tolerance);
                fail.AddPairs(stable, candidate);
                pass.AddPairs(stable, candidate);
                (over, stableOver, timed) = (over + candidate, stableOver + stable, timed + look.CandidateMilliseconds.Length);
            }

            earlier.AddRange(look.StableMilliseconds);
        }

        var threshold = Evidence.Threshold(alpha);
        var inStep = evidence.PairsOfStep.Sum(look => look.CandidateMilliseconds.Length);
        var numbers = Numbers.Of(
            ("stableOver", stableOver),
            ("candidateOver", over),
            ("pairs", timed),
            ("stableMilliseconds", limit),
            ("failLogE", fail.LogE),
            ("passLogE", pass.LogE),
            ("threshold", threshold));
        var sentence = timed == 0
            ? $"{earlier.Count} replayed requests so far; after {LeastToRank} the next look is compared with the stable deployment's p{rule.Percent}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{over} of {timed} replayed requests took the candidate over {Milliseconds(limit * rule.Tolerance)}, {stableOver} took the stable "
                + $"deployment over its p{rule.Percent} of {Milliseconds(limit)}; log e-value {fail.LogE:0.00} of {threshold:0.00}");
        return fail.LogE >= threshold ? new(rule.Name, VerdictKind.Fail, sentence, true, numbers)
            : timed == 0 || inStep < rule.Minimum ? new(rule.Name, VerdictKind.NoData, sentence, false, numbers)
            : new(rule.Name, VerdictKind.Pass, sentence, pass.LogE >= threshold, numbers);
    }

    private static GateReport AgainstObjective(LatencyRule rule, double objective, CandidateEvidence evidence, double alpha)
    {
        var timed = evidence.Pairs.Sum(look => look.CandidateMilliseconds.Length);
        var over = evidence.Pairs.Sum(look => look.CandidateMilliseconds.Count(latency => latency > objective));
        var inStep = evidence.PairsOfStep.Sum(look => look.CandidateMilliseconds.Length);
        var allowed = 1 - (rule.Percent / 100.0);
        var share = timed == 0 ? new Interval(0, 1) : BernoulliConfidenceSequence.Of(over, timed, alpha, Tuning);
        var numbers = Numbers.Of(
            ("candidateOver", over), ("pairs", timed), ("lower", share.Lower), ("upper", share.Upper), ("allowed", allowed));
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{over} of {timed} replayed requests took the candidate over {Milliseconds(objective)}: {share.Lower * 100:0.0} to {share.Upper * 100:0.0} %, "
            + $"at most {allowed * 100:0.#} % may");
        return share.Lower > allowed ? new(rule.Name, VerdictKind.Fail, sentence, true, numbers)
            : inStep < rule.Minimum ? new(rule.Name, VerdictKind.NoData, sentence, false, numbers)
            : (double)over / timed > allowed ? new(rule.Name, VerdictKind.Inconclusive, sentence, false, numbers)
            : new(rule.Name, VerdictKind.Pass, sentence, share.Upper <= allowed, numbers);
    }

    /// <summary>The number of observations at which the confidence sequences are tightest.</summary>
    private const double Tuning = 500;

    private static double? Quantile(LatencyRule rule, Ports.TrafficMinute? minute) =>
        minute is not null && minute.LatencyMilliseconds.TryGetValue(rule.Percent, out var latency) ? latency : null;

    private static string Latest(LatencyRule rule, ComparedMinute? minute) => minute is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" (in the latest {Milliseconds(Quantile(rule, minute.Candidate)!.Value)}{(Quantile(rule, minute.Stable) is { } stable ? $" to {Milliseconds(stable)}" : "")})");

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms");
}
