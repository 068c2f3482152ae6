using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>The minutes of a rollout folded for one gate on a quantile of callers' latency.</summary>
/// <remarks>
/// A minute is a trial: the candidate's quantile is over its limit, or it is not. How likely that is for an equal candidate follows from the
/// numbers of requests where sampling is all the noise there is (<see cref="QuantileChance"/>). Minutes have noise of their own as well, which
/// brings the chance nearer to a half: for a Fail it counts as a half at least, and for a Pass as a half at most.
/// </remarks>
internal sealed record MinuteEvidence
{
    /// <summary>The evidence that the candidate is worse, as a natural logarithm.</summary>
    public required double Fail { get; init; }

    /// <summary>The evidence that it is not.</summary>
    public required double Pass { get; init; }

    /// <summary>The same, of the present traffic alone.</summary>
    public required double PassOfStep { get; init; }

    /// <summary>The minutes in which the candidate was compared with its limit: the objective, or the stable deployment in the same minute.</summary>
    public required int Compared { get; init; }

    /// <summary>How many of them it was over its limit in.</summary>
    public required int Worse { get; init; }

    /// <summary>How many of <see cref="Compared"/> are no evidence, for the rollout's own requests are many in them.</summary>
    public required int Mixed { get; init; }

    /// <summary>How many of <see cref="Mixed"/> it was over its limit in.</summary>
    public required int WorseOfMixed { get; init; }

    /// <summary>The minutes since the candidate has all traffic, in which nothing else is left to compare it with than the time before.</summary>
    public required int Lone { get; init; }

    /// <summary>How many of them exceed the tolerance times the stable deployment's median minute before.</summary>
    public required int LoneAboveUsual { get; init; }

    /// <summary>Those of <see cref="Lone"/> that are evidence, held against the stable deployment's worst minutes before.</summary>
    public required AgainstWorst Alone { get; init; }

    /// <summary>The minutes under the present traffic.</summary>
    public required int InStep { get; init; }

    /// <summary>The candidate's minutes that can't be used.</summary>
    public required int LeftOut { get; init; }

    /// <summary>How many of <see cref="LeftOut"/> have no quantile for the rollout's own requests.</summary>
    public required int Hidden { get; init; }

    /// <summary>The quantiles of the latest minute that has the candidate's, in milliseconds; null when none has.</summary>
    public required (double Candidate, double? Stable)? Latest { get; init; }

    /// <summary>Folds what is known.</summary>
    public static MinuteEvidence Of(LatencyRule rule, CandidateEvidence evidence)
    {
        var (fail, pass, passOfStep) = (new RestartedCountEProcess(1), CountEProcess.ForPass(1), CountEProcess.ForPass(1));
        Trial[] trials = [.. evidence.Minutes.Select(minute => TrialOf(rule, minute)).OfType<Trial>()];
        foreach (var (start, isWorse, chance, _) in trials.Where(trial => trial.Proves))
        {
            var (forIt, against) = isWorse ? (0, 1) : (1, 0);
            fail.Add(forIt, against, Math.Max(Evidence.EvenChance, chance));
            pass.Add(forIt, against, Math.Min(Evidence.EvenChance, chance));
            if (start >= evidence.StepSince)
            {
                passOfStep.Add(forIt, against, Math.Min(Evidence.EvenChance, chance));
            }
        }

        var isAlone = evidence.IsAlone && rule.Objective is null;
        var alone = new AgainstWorst(
            [.. (isAlone ? evidence.StableServing : []).Select(minute => Ranked(rule, minute)).OfType<double>()], rule.Tolerance);
        (TrafficMinute Minute, double Quantile)[] lone = [.. alone.Before == 0 ? [] : LoneOf(rule, evidence)];
        foreach (var (_, quantile) in lone.Where(one => one.Minute.Tells(rule.Percent)))
        {
            alone.Add(quantile);
        }

        var ofCandidate = evidence.Minutes.Where(minute => minute.Candidate is not null).ToArray();
        return new()
        {
            Fail = fail.LogE,
            Pass = pass.LogE,
            PassOfStep = passOfStep.LogE,
            Compared = trials.Length,
            Worse = trials.Count(trial => trial.IsWorse),
            Mixed = trials.Count(trial => !trial.Proves),
            WorseOfMixed = trials.Count(trial => trial is { Proves: false, IsWorse: true }),
            Lone = lone.Length,
            LoneAboveUsual = lone.Count(one => one.Quantile > alone.UsualLimit),
            Alone = alone,
            InStep = trials.Count(trial => trial.Start >= evidence.StepSince) + lone.Length,
            LeftOut = ofCandidate.Length - trials.Length - lone.Length,
            Hidden = ofCandidate.Count(minute => IsHidden(rule, minute.Candidate) || IsHidden(rule, minute.Stable)),
            Latest = ofCandidate
                .Select(minute => Quantile(rule, minute.Candidate) is { } candidate ? (candidate, Quantile(rule, minute.Stable)) : ((double, double?)?)null)
                .LastOrDefault(latest => latest is not null),
        };
    }

    /// <summary>A minute as a trial; null when its quantiles can't be compared.</summary>
    private static Trial? TrialOf(LatencyRule rule, ComparedMinute minute)
    {
        if (Ranked(rule, minute.Candidate) is not { } candidate)
        {
            return null;
        }

        if (rule.Objective is { } objective)
        {
            return new(
                minute.Start,
                candidate > objective.TotalMilliseconds,
                QuantileChance.IsAboveItsOwn(rule.Percent, Timed(minute.Candidate!)),
                minute.Candidate!.Tells(rule.Percent));
        }

        return Ranked(rule, minute.Stable) is { } stable
            ? new(
                minute.Start,
                candidate > stable * rule.Tolerance,
                QuantileChance.IsAbove(rule.Percent, Timed(minute.Candidate!), Timed(minute.Stable!)),
                minute.Candidate!.Tells(rule.Percent) && minute.Stable!.Tells(rule.Percent))
            : null;
    }

    private static IEnumerable<(TrafficMinute Minute, double Quantile)> LoneOf(LatencyRule rule, CandidateEvidence evidence) =>
        from minute in evidence.MinutesOfStep
        where Ranked(rule, minute.Stable) is null
        let quantile = Ranked(rule, minute.Candidate)
        where quantile is not null
        select (minute.Candidate, quantile.Value);

    /// <summary>Whether a minute's quantile is not known for the rollout's own requests.</summary>
    private static bool IsHidden(LatencyRule rule, TrafficMinute? minute) => minute is { TakenOut: > 0 } && Quantile(rule, minute) is null;

    /// <summary>A minute's quantile, when it is of so many requests that some lie above it; otherwise null.</summary>
    private static double? Ranked(LatencyRule rule, TrafficMinute? minute) =>
        minute is not null && Timed(minute) >= QuantileChance.LeastValues(rule.Percent) ? Quantile(rule, minute) : null;

    /// <summary>The requests that a minute's quantiles are of.</summary>
    private static long Timed(TrafficMinute minute) => minute.Requests + minute.TakenOut;

    /// <summary>A minute's quantile in milliseconds; null when the telemetry has none, or no number.</summary>
    private static double? Quantile(LatencyRule rule, TrafficMinute? minute) =>
        minute is not null && minute.LatencyMilliseconds.TryGetValue(rule.Percent, out var latency) && double.IsFinite(latency) ? latency : null;

    /// <summary>A minute as a trial of the candidate.</summary>
    /// <param name="Start">When it began.</param>
    /// <param name="IsWorse">Whether the candidate's quantile was over its limit.</param>
    /// <param name="Chance">The probability of that if the candidate is as good as it has to be and sampling is all the noise, 0 to 1.</param>
    /// <param name="Proves">Whether the quantiles are of callers' requests for the most part; if not, the minute is no evidence.</param>
    private sealed record Trial(DateTimeOffset Start, bool IsWorse, double Chance, bool Proves);
}
