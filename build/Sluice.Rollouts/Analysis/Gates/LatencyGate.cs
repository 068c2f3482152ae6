using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges a quantile of the candidate's latency.</summary>
/// <remarks>
/// Requests that are timed one by one are counted over a threshold that was fixed before they were sent, so that the tests of counts
/// apply: over the stable deployment's own quantile so far, or over the objective. They are taken as independent, which those of one look
/// are not where a pause slows down several; counted once, by which deployment had more of them, a look is a fair coin for equal ones
/// however its requests hang together. Telemetry gives no more than each minute's quantile: of
/// such minutes it is counted in how many the candidate's is the worse one, which is a coin of known bias when it is not worse
/// (<see cref="QuantileChance"/>). With all traffic on the candidate, its minutes are held against the worst one that the stable deployment
/// had before (<see cref="AgainstWorst"/>).
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
        var (fail, pass, passOfStep) = (new RestartedCountEProcess(1), CountEProcess.ForPass(1), CountEProcess.ForPass(1));
        var (alone, unsure) = SinceAlone(rule, evidence);
        Trial[] trials = [.. TrialsOf(rule, evidence), .. unsure];
        foreach (var (start, isWorse, chance, _) in trials.Where(trial => trial.Proves))
        {
            var (forIt, against) = isWorse ? (0, 1) : (1, 0);
            fail.Add(forIt, against, chance);
            pass.Add(forIt, against, chance);
            if (start >= evidence.StepSince)
            {
                passOfStep.Add(forIt, against, chance);
            }
        }

        var aloneThreshold = Evidence.Threshold(alpha * AgainstWorst.PartOfBudget);
        var (worse, counted) = (trials.Count(trial => trial.IsWorse) + alone.Above, trials.Length + alone.Count);
        var inStep = trials.Count(trial => trial.Start >= evidence.StepSince) + alone.Count;
        var leftOut = evidence.Minutes.Count(minute => minute.Candidate is not null) - counted;
        var mixed = trials.Where(trial => !trial.Proves).ToArray();
        var hidden = evidence.Minutes.Count(minute => minute.Candidate is not null && (IsHidden(rule, minute.Candidate) || IsHidden(rule, minute.Stable)));
        var last = evidence.Minutes.LastOrDefault(minute => Quantile(rule, minute.Candidate) is not null);
        var threshold = Evidence.Threshold(alpha);
        var numbers = Numbers.Of(
            ("minutesWorse", worse),
            ("minutesNotWorse", counted - worse),
            ("minutesOfStep", inStep),
            ("minutesLeftOut", leftOut),
            ("candidateMilliseconds", Quantile(rule, last?.Candidate) ?? double.NaN),
            ("stableMilliseconds", Quantile(rule, last?.Stable) ?? double.NaN),
            ("failLogE", fail.LogE),
            ("passLogE", pass.LogE),
            ("threshold", threshold));
        var than = rule.Objective is { } wanted
            ? Milliseconds(wanted.TotalMilliseconds)
            : string.Create(CultureInfo.InvariantCulture, $"{rule.Tolerance:0.##} times the stable deployment's");
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"the candidate's p{rule.Percent} was over {than} in {worse} of {counted} minutes{Latest(rule, last)}; "
            + $"log e-value {fail.LogE:0.00} of {threshold:0.00}");
        var others = (leftOut == hidden
                ? ""
                : $"; {leftOut - hidden} others had fewer requests than the {QuantileChance.LeastValues(rule.Percent)} that a p{rule.Percent} takes")
            + (hidden == 0
                ? ""
                : $"; {hidden} others had too many of the rollout's own requests for a p{rule.Percent}: with a longer lookInterval fewer minutes have any");
        return fail.LogE >= threshold ? new(rule.Name, VerdictKind.Fail, sentence, true, numbers)
            : alone.LogE >= aloneThreshold ? new(
                rule.Name,
                VerdictKind.Fail,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sentence}; with all traffic in {alone.Above} of {alone.Count}, against the worst one of {alone.Before} before: log e-value {alone.LogE:0.00} "
                    + $"of {aloneThreshold:0.00}"),
                true,
                numbers)
            : evidence.TelemetryFault is { } fault ? new(rule.Name, VerdictKind.Error, fault, false, numbers)
            : inStep < rule.Minimum ? new(
                rule.Name, VerdictKind.NoData, $"{sentence}; {inStep} of {rule.Minimum} minutes that the step needs{others}", false, numbers)
            : mixed.Count(trial => trial.IsWorse) * 2 > mixed.Length ? new(
                rule.Name,
                VerdictKind.Inconclusive,
                $"{sentence}; {mixed.Length} of them prove nothing, for the rollout's own requests are many in them: with a longer lookInterval fewer minutes have any",
                false,
                numbers)
            : alone.Above * 2 > alone.Count ? new(
                rule.Name,
                VerdictKind.Inconclusive,
                $"{sentence}; with all traffic in {alone.Above} of {alone.Count}, against the worst one of {alone.Before} before",
                false,
                numbers)
            : new(rule.Name, VerdictKind.Pass, sentence, pass.LogE >= threshold && passOfStep.LogE >= 0, numbers);
    }

    private static IEnumerable<Trial> TrialsOf(LatencyRule rule, CandidateEvidence evidence)
    {
        foreach (var minute in evidence.Minutes)
        {
            if (Ranked(rule, minute.Candidate) is not { } candidate)
            {
                continue;
            }

            if (rule.Objective is { } objective)
            {
                yield return new(
                    minute.Start,
                    candidate > objective.TotalMilliseconds,
                    QuantileChance.IsAboveItsOwn(rule.Percent, Timed(minute.Candidate!)),
                    minute.Candidate!.Tells(rule.Percent));
            }
            else if (Ranked(rule, minute.Stable) is { } stable)
            {
                yield return new(
                    minute.Start,
                    candidate > stable * rule.Tolerance,
                    QuantileChance.IsAbove(rule.Percent, Timed(minute.Candidate!), Timed(minute.Stable!)),
                    minute.Candidate!.Tells(rule.Percent) && minute.Stable!.Tells(rule.Percent));
            }
        }
    }

    /// <summary>
    /// The minutes since the candidate has all traffic, held against those of the stable deployment before; and those of them that prove nothing.
    /// </summary>
    private static (AgainstWorst Alone, ImmutableArray<Trial> Unsure) SinceAlone(LatencyRule rule, CandidateEvidence evidence)
    {
        var isAsked = evidence.IsAlone && rule.Objective is null;
        var worst = new AgainstWorst(
            [.. (isAsked ? evidence.StableAtAll : []).Select(minute => Ranked(rule, minute)).OfType<double>()], rule.Tolerance);
        var unsure = ImmutableArray.CreateBuilder<Trial>();
        foreach (var minute in isAsked && worst.Before > 0 ? evidence.MinutesOfStep : [])
        {
            if (Ranked(rule, minute.Stable) is not null || Ranked(rule, minute.Candidate) is not { } candidate)
            {
                continue;
            }

            if (minute.Candidate!.Tells(rule.Percent))
            {
                worst.Add(candidate);
            }
            else
            {
                unsure.Add(new(minute.Start, candidate > worst.Limit, Chance: 0, Proves: false));
            }
        }

        return (worst, unsure.ToImmutable());
    }

    /// <summary>Whether a minute's quantile is not known for the rollout's own requests.</summary>
    private static bool IsHidden(LatencyRule rule, TrafficMinute? minute) => minute is { TakenOut: > 0 } && Quantile(rule, minute) is null;

    /// <summary>A minute's quantile, when it is of so many requests that some lie above it; otherwise null.</summary>
    private static double? Ranked(LatencyRule rule, TrafficMinute? minute) =>
        minute is not null && Timed(minute) >= QuantileChance.LeastValues(rule.Percent) ? Quantile(rule, minute) : null;

    /// <summary>The requests that a minute's quantiles are of.</summary>
    private static long Timed(TrafficMinute minute) => minute.Requests + minute.TakenOut;

    private static GateReport AgainstStable(LatencyRule rule, CandidateEvidence evidence, double alpha)
    {
        // The tolerance is in the candidate's threshold already: one that is so much slower exceeds it as often as the stable one exceeds its own.
        var fail = new RestartedCountEProcess(1);
        var pass = CountEProcess.ForPass();
        var earlier = new RunningQuantile(rule.Percent);
        var (over, stableOver, timed) = (0, 0, 0);
        var (looksOver, looksStableOver) = (0, 0);
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
                (looksOver, looksStableOver) = (looksOver + isOver, looksStableOver + isStableOver);
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

    private static double? Quantile(LatencyRule rule, TrafficMinute? minute) =>
        minute is not null && minute.LatencyMilliseconds.TryGetValue(rule.Percent, out var latency) ? latency : null;

    private static string Latest(LatencyRule rule, ComparedMinute? minute) => minute is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" (in the latest {Milliseconds(Quantile(rule, minute.Candidate)!.Value)}{(Quantile(rule, minute.Stable) is { } stable ? $" to {Milliseconds(stable)}" : "")})");

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms");

    /// <summary>A minute as a trial of the candidate.</summary>
    /// <param name="Start">When it began.</param>
    /// <param name="IsWorse">Whether the candidate's quantile was over its limit.</param>
    /// <param name="Chance">The probability of that if the candidate is as good as it has to be, between 0 and 1.</param>
    /// <param name="Proves">Whether the quantiles are of callers' requests for the most part; if not, the minute is no evidence.</param>
    private sealed record Trial(DateTimeOffset Start, bool IsWorse, double Chance, bool Proves);
}
