using System.Globalization;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges a quantile of the candidate's latency.</summary>
/// <remarks>
/// Requests that are timed one by one are counted over a threshold that was fixed before they were sent, so that the tests of counts
/// apply: over the stable deployment's own quantile so far, or over the objective. They are taken as independent, which those of one look
/// are not where a pause slows down several; counted once, by which deployment had more of them, a look is a fair coin for equal ones
/// however its requests hang together. Telemetry gives no more than each minute's quantile: of
/// such minutes it is counted in how many the candidate's is the worse one, which is a coin of known bias when it is not worse
/// (<see cref="QuantileChance"/>). With all traffic on the candidate, its minutes are held against the worst ones that the stable deployment
/// had before (<see cref="AgainstWorst"/>).
/// </remarks>
internal static class LatencyGate
{
    /// <summary>Latencies of the stable deployment from which its quantile is read off.</summary>
    public const int LeastToRank = 20;

    /// <summary>One look in so many that speaks for the candidate is enough to call others chance.</summary>
    private const int LooksThatOutweigh = 4;

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
        var seen = MinuteEvidence.Of(rule, evidence);
        var (threshold, aloneThreshold) = (Evidence.Threshold(alpha), Evidence.Threshold(alpha * AgainstWorst.PartOfBudget));
        var than = rule.Objective is { } objective
            ? Milliseconds(objective.TotalMilliseconds)
            : string.Create(CultureInfo.InvariantCulture, $"{rule.Tolerance:0.##} times the stable deployment's");
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"the candidate's p{rule.Percent} was over {than} in {seen.Worse} of {seen.Compared} minutes{Latest(seen)}; "
            + $"log e-value {seen.Fail:0.00} of {threshold:0.00}");
        if (seen.Lone > 0)
        {
            sentence += $"; with all traffic in {seen.LoneAboveUsual} of {seen.Lone}, against the median one of {seen.Alone.Before} before";
        }

        if (seen.Fail >= threshold)
        {
            return Says(VerdictKind.Fail, "", isConclusive: true);
        }

        if (seen.Alone.LogE >= aloneThreshold)
        {
            return Says(
                VerdictKind.Fail,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $", and in {seen.Alone.Above} of {seen.Alone.Count} against {seen.Alone.Reference}: log e-value {seen.Alone.LogE:0.00} of {aloneThreshold:0.00}"),
                isConclusive: true);
        }

        if (evidence.TelemetryFault is { } fault)
        {
            return Says(VerdictKind.Error, "") with { Sentence = fault };
        }

        if (seen.InStep < rule.Minimum)
        {
            return Says(VerdictKind.NoData, $"; {seen.InStep} of {rule.Minimum} minutes that the step needs{LeftOut(rule, seen)}");
        }

        if (seen.WorseOfMixed * 2 > seen.Mixed)
        {
            return Says(
                VerdictKind.Inconclusive,
                $"; {seen.Mixed} of them prove nothing, for the rollout's own requests are many in them: with a longer lookInterval fewer minutes have any");
        }

        // The worst ones before may have been an incident; what is mostly slower than usual is at least no Pass.
        if (seen.LoneAboveUsual * 2 > seen.Lone)
        {
            return Says(VerdictKind.Inconclusive, "");
        }

        // With nothing left to compare with, what earlier steps proved is no proof.
        var isProven = seen.Pass >= threshold && seen.PassOfStep >= 0 && (rule.Objective is not null || !evidence.IsAlone);
        return Says(VerdictKind.Pass, "", isProven);

        GateReport Says(VerdictKind kind, string more, bool isConclusive = false) => new(
            rule.Name,
            kind,
            sentence + more,
            isConclusive,
            Numbers.Of(
                ("minutesWorse", seen.Worse),
                ("minutesNotWorse", seen.Compared - seen.Worse),
                ("minutesAlone", seen.Lone),
                ("minutesAloneAboveUsual", seen.LoneAboveUsual),
                ("minutesOfStep", seen.InStep),
                ("minutesLeftOut", seen.LeftOut),
                ("candidateMilliseconds", seen.Latest?.Candidate ?? double.NaN),
                ("stableMilliseconds", seen.Latest?.Stable ?? double.NaN),
                ("failLogE", seen.Fail),
                ("passLogE", seen.Pass),
                ("threshold", threshold)));
    }

    private static string LeftOut(LatencyRule rule, MinuteEvidence seen) =>
        (seen.LeftOut == seen.Hidden
            ? ""
            : $"; {seen.LeftOut - seen.Hidden} others had no p{rule.Percent}, or fewer requests than the {QuantileChance.LeastValues(rule.Percent)} that one takes")
        + (seen.Hidden == 0
            ? ""
            : $"; {seen.Hidden} others had too many of the rollout's own requests for a p{rule.Percent}: with a longer lookInterval fewer minutes have any");

    private static GateReport AgainstStable(LatencyRule rule, CandidateEvidence evidence, double alpha)
    {
        // The tolerance is in the candidate's threshold already: one that is so much slower exceeds it as often as the stable one exceeds its own.
        var fail = new RestartedCountEProcess(1);
        var pass = CountEProcess.ForPass();
        var earlier = new RunningQuantile(rule.Percent);
        var (over, stableOver, timed) = (0, 0, 0);
        var (looksTimed, looksOver, looksStableOver) = (0, 0, 0);
        var limit = double.NaN;
        foreach (var look in evidence.Pairs)
        {
            // The threshold of a look comes from the looks before it: what it is compared with must not depend on it.
            if (earlier.Count >= LeastToRank)
            {
                limit = earlier.Value;
                var stable = look.StableMilliseconds.Count(latency => latency > limit);
                var candidate = look.CandidateMilliseconds.Count(latency => latency > limit * rule.Tolerance);
                var (isOver, isStableOver) = (candidate > stable ? 1 : 0, stable > candidate ? 1 : 0);
                var (against, forIt) = rule.OncePerLook ? (isOver, isStableOver) : (candidate, stable);
                fail.AddPairs(forIt, against);
                pass.AddPairs(forIt, against);
                (looksTimed, looksOver, looksStableOver) = (looksTimed + 1, looksOver + isOver, looksStableOver + isStableOver);
                (over, stableOver, timed) = (over + candidate, stableOver + stable, timed + look.CandidateMilliseconds.Length);
            }

            foreach (var latency in look.StableMilliseconds)
            {
                earlier.Add(latency);
            }
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
        var looks = rule.OncePerLook ? $"; the candidate had more of them in {looksOver} looks, the stable deployment in {looksStableOver}" : "";
        var sentence = timed == 0
            ? $"{earlier.Count} replayed requests so far; after {LeastToRank} the next look is compared with the stable deployment's p{rule.Percent}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{over} of {timed} replayed requests took the candidate over {rule.Tolerance:0.##} times the stable deployment's p{rule.Percent} of the looks "
                + $"before (now {Milliseconds(limit)}), {stableOver} took the stable deployment over that p{rule.Percent}{looks}; log e-value {fail.LogE:0.00} of {threshold:0.00}");
        return fail.LogE >= threshold ? new(rule.Name, VerdictKind.Fail, sentence, IsConclusive: true, numbers)
            : timed == 0 || inStep < rule.Minimum ? new(rule.Name, VerdictKind.NoData, sentence, IsConclusive: false, numbers)

            // Few looks prove nothing, and yet what most of them say is no Pass.
            : looksOver * 2 > looksTimed && looksStableOver * LooksThatOutweigh < looksOver ? new(
                rule.Name,
                VerdictKind.Inconclusive,
                $"{sentence}; {looksOver} of {looksTimed} looks speak against the candidate, which is no proof yet",
                IsConclusive: false,
                numbers)
            : new(rule.Name, VerdictKind.Pass, sentence, pass.LogE >= threshold, numbers);
    }

    private static GateReport AgainstObjective(LatencyRule rule, double objective, CandidateEvidence evidence, double alpha)
    {
        var timed = evidence.Pairs.Sum(look => look.CandidateMilliseconds.Length);
        var over = evidence.Pairs.Sum(look => look.CandidateMilliseconds.Count(latency => latency > objective));
        var inStep = evidence.PairsOfStep.Sum(look => look.CandidateMilliseconds.Length);
        var allowed = 1 - (rule.Percent / 100.0);
        var share = timed == 0 ? new Interval(0, 1) : BernoulliConfidenceSequence.Of(over, timed, alpha, BernoulliConfidenceSequence.UsualTuning);
        var numbers = Numbers.Of(
            ("candidateOver", over), ("pairs", timed), ("lower", share.Lower), ("upper", share.Upper), ("allowed", allowed));
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{over} of {timed} replayed requests took the candidate over {Milliseconds(objective)}: {share.Lower * 100:0.0} to {share.Upper * 100:0.0} %, "
            + $"at most {allowed * 100:0.#} % may");
        return share.Lower > allowed ? new(rule.Name, VerdictKind.Fail, sentence, IsConclusive: true, numbers)
            : inStep < rule.Minimum ? new(rule.Name, VerdictKind.NoData, sentence, IsConclusive: false, numbers)
            : (double)over / timed > allowed ? new(rule.Name, VerdictKind.Inconclusive, sentence, IsConclusive: false, numbers)
            : new(rule.Name, VerdictKind.Pass, sentence, share.Upper <= allowed, numbers);
    }

    private static string Latest(MinuteEvidence seen) => seen.Latest is not { } latest ? ""
        : $" (in the latest {Milliseconds(latest.Candidate)}{(latest.Stable is { } stable ? $", the stable deployment {Milliseconds(stable)}" : "")})";

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms");
}
