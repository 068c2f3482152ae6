using System.Collections.Immutable;
using System.Globalization;
using MathNet.Numerics.Distributions;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>What the gates of one step need, and what they get. Their thresholds are those that they are judged by.</summary>
/// <param name="strategy">The strategy.</param>
/// <param name="errorRate">The callers' error rate while all is well.</param>
/// <param name="pairsBeforeStart">The pairs from before the candidate had any traffic.</param>
/// <param name="earlier">What the bakes of the steps before bring.</param>
/// <param name="step">The step.</param>
internal sealed class GateNeeds(
    StrategySpec strategy, double errorRate, int pairsBeforeStart, ImmutableArray<Exposure> earlier, StepFigures step)
{
    /// <summary>The probability with which the requests that are asked for suffice.</summary>
    public const double Power = 0.8;

    /// <summary>More than any rollout sends; where more are needed, that so many are is said instead.</summary>
    private const int MostPairs = 100_000;

    private readonly double _alpha = strategy.AlphaOfEach;
    private readonly Exposure _longest = step.Longest ?? step.Bake;

    /// <summary>The figures of a gate; none where it is not about an amount of evidence.</summary>
    public IEnumerable<GateFigure> Of(GateRule gate) => gate switch
    {
        ErrorsRule { Source: EvidenceSource.Traffic } errors => OfTraffic(errors),
        ErrorsRule errors => OfReplay(errors),
        AgreementRule agreement => Of(agreement),
        DriftRule drift => Of(drift),
        LatencyRule { Source: EvidenceSource.Replay } latency => OfReplay(latency),
        LatencyRule latency => OfTraffic(latency),
        KayentaRule kayenta =>
        [
            Minutes(
                kayenta.Name,
                FigureKind.Minimum,
                kayenta.MinimumMinutes,
                "pass at all",
                _ => step.Bake.CandidateShare > 0 ? 1 : 0,
                IsCompared(step.Bake) ? earlier.Where(IsCompared).Sum(exposure => exposure.WholeMinutes) : 0),
        ],
        _ => [],
    };

    private static bool IsCompared(Exposure exposure) => exposure.CandidateShare is > 0 and < 1;

    private IEnumerable<GateFigure> OfTraffic(ErrorsRule gate)
    {
        yield return new(gate.Name, FigureKind.Minimum, FigureUnit.Requests, "pass at all")
        {
            Needed = gate.MinimumRequests,
            Expected = step.Bake.SettledRequests,
            Most = step.WithPatience.SettledRequests,
        };

        // With all traffic on the candidate there is no share by which evidence could be counted.
        if (!IsCompared(step.Bake))
        {
            yield break;
        }

        yield return Compared(FigureKind.FindRegression, Finds(gate), share => ToFail(gate, errorRate, gate.PassRatio, share));
        if (step.Longest is not null)
        {
            var absolute = ToBeNegligible(gate, errorRate);
            yield return absolute is null || absolute > ToPass(gate, errorRate, step.Bake.CandidateShare)
                ? Compared(FigureKind.ProvePass, Excludes(gate), share => ToPass(gate, errorRate, share))
                : Compared(FigureKind.ProvePass, $"{Negligible(gate)}, if as many as usual do", _ => absolute);
        }

        GateFigure Compared(FigureKind kind, string about, Func<double, double?> needed)
        {
            var here = needed(step.Bake.CandidateShare);
            return new(gate.Name, kind, FigureUnit.Requests, about)
            {
                Needed = here,

                // Evidence adds up over shares: a tenth of what one share needs is a tenth of the way at any.
                Before = earlier
                    .Where(IsCompared)
                    .Sum(exposure => exposure.CandidateRequests / needed(exposure.CandidateShare) * here ?? 0),
                Expected = step.Bake.SettledRequests,
                Most = _longest.SettledRequests,
            };
        }
    }

    /// <summary>
    /// Of pairs those count in which one failed and not the other. Requests are assumed to fail independently, which gives each arm's rate.
    /// </summary>
    private IEnumerable<GateFigure> OfReplay(ErrorsRule gate)
    {
        yield return Pairs(gate.Name, FigureKind.Minimum, gate.MinimumRequests, "pass at all", before: 0);
        var toFail = Discordant(gate.PassRatio, (rate, ratio) => ToFail(gate, rate, ratio, 0.5));
        yield return Pairs(gate.Name, FigureKind.FindRegression, toFail, Finds(gate));
        if (step.Longest is not null)
        {
            // Rows that are sent again and again fail seldom, and where none may fail no number of them rules out a ratio.
            var relative = strategy.Gate.MaximumErrorRate > 0 ? Discordant(1, (rate, _) => ToPass(gate, rate, 0.5)) : null;
            var absolute = ToBeNegligible(gate, rate: 0);
            yield return absolute is null || absolute > relative
                ? Pairs(gate.Name, FigureKind.ProvePass, relative, Excludes(gate))
                : Pairs(gate.Name, FigureKind.ProvePass, absolute, $"{Negligible(gate)}, if none does");
        }

        double? Discordant(double ratio, Func<double, double, double?> needed)
        {
            var worse = errorRate * ratio;
            if (worse >= 1)
            {
                return null;
            }

            var (stable, candidate) = (errorRate * (1 - worse), worse * (1 - errorRate));
            if (!gate.OncePerLook)
            {
                return needed(stable, candidate / stable);
            }

            // Looks are counted then, each as one pair: in how many any row failed on one deployment alone.
            var (stableLook, candidateLook) = (OfLook(stable), OfLook(candidate));
            return needed(stableLook, candidateLook / stableLook) * strategy.Gate.ProbesPerLook;
        }

        double OfLook(double rate) => 1 - Math.Pow(1 - rate, strategy.Gate.ProbesPerLook);
    }

    private IEnumerable<GateFigure> Of(AgreementRule gate)
    {
        // The pairs before the start are what a margin is measured from, and count no second time.
        var before = PairsBefore - (gate.AtLeast is null ? pairsBeforeStart : 0);
        var required = RequiredAgreement.Of(gate, (pairsBeforeStart, pairsBeforeStart, pairsBeforeStart), _alpha);
        yield return Pairs(gate.Name, FigureKind.Minimum, gate.MinimumPairs, "pass at all", before);
        yield return Pairs(
            gate.Name,
            FigureKind.ProvePass,
            required switch
            {
                null or { Share: 1 } => null,
                { Share: 0 } => 0,
                _ => AgreementPlan.RequestsNeeded(agreement: 1, required.Share, required.Alpha, most: MostPairs) ?? MostPairs,
            },
            string.Create(CultureInfo.InvariantCulture, $"certify that at least {(required?.Share ?? 1) * 100:0.##} % agree, if all do"),
            before);
    }

    private IEnumerable<GateFigure> Of(DriftRule gate)
    {
        yield return Pairs(gate.Name, FigureKind.Minimum, gate.MinimumPairs, "pass at all", PairsBefore);
        yield return Pairs(
            gate.Name,
            FigureKind.ProvePass,
            ToBand(gate),
            string.Create(CultureInfo.InvariantCulture, $"certify a distance of at most {gate.MaximumDistance:0.###}, if there is none"),
            PairsBefore);
    }

    private GateFigure Pairs(string gate, FigureKind kind, double? needed, string about, double? before = null) =>
        new(gate, kind, FigureUnit.Pairs, about)
        {
            Needed = needed,
            Before = before ?? PairsBefore,
            Expected = step.Bake.Pairs,
            Most = (kind == FigureKind.Minimum ? step.WithPatience : _longest).Pairs,
        };

    private IEnumerable<GateFigure> OfTraffic(LatencyRule gate)
    {
        yield return Minutes(gate.Name, FigureKind.Minimum, gate.Minimum, "pass at all", exposure => ShareOf(gate, exposure, mostOwn: 0.5), before: 0);

        // With all traffic on the candidate only an objective is compared with in the same minute.
        if (gate.Objective is null && !IsCompared(step.Bake))
        {
            yield break;
        }

        yield return Proof(FigureKind.FindRegression, UntilFail(each: 1), "find one that is slower in each of them");
        if (step.Longest is not null)
        {
            yield return Proof(FigureKind.ProvePass, UntilPass(CountEProcess.ForPass(1)), "prove that it is no slower, if it is so in none of them");
        }

        GateFigure Proof(FigureKind kind, int needed, string about) => Minutes(
            gate.Name, kind, needed, about, Proving, earlier.Where(IsCompared).Sum(exposure => Math.Floor(exposure.WholeMinutes * Proving(exposure))));

        double Proving(Exposure exposure) => ShareOf(gate, exposure, (double)TrafficMinute.MostOwnShare(gate.Percent));
    }

    private IEnumerable<GateFigure> OfReplay(LatencyRule gate)
    {
        yield return Pairs(gate.Name, FigureKind.Minimum, gate.Minimum, "pass at all", before: 0);
        if (gate.Objective is { } objective)
        {
            if (step.Longest is not null)
            {
                yield return Pairs(
                    gate.Name,
                    FigureKind.ProvePass,
                    AgreementPlan.RequestsNeeded(agreement: 1, gate.Percent / 100.0, _alpha, most: MostPairs) ?? MostPairs,
                    $"prove that {gate.Percent} % take at most {Duration.Format(objective)}, if all do");
            }

            yield break;
        }

        // The first rows are what a threshold is read off, and are not compared.
        var rows = strategy.Gate.ProbesPerLook;
        var looksToRank = Math.Ceiling(Math.Max(0.0, LatencyGate.LeastToRank - pairsBeforeStart) / rows);
        yield return Compared(
            FigureKind.FindRegression, rows * (looksToRank + UntilFail(gate.OncePerLook ? 1 : rows)), "find one that is slower in each look");
        if (step.Longest is not null)
        {
            // Of equal ones the stable deployment exceeds its own quantile as often as the quantile says, and a tolerance keeps the candidate from it.
            var over = 1 - (gate.Percent / 100.0);
            var times = UntilPass(CountEProcess.ForPass());
            var needed = gate.OncePerLook ? rows * TriesFor(times, 1 - Math.Pow(1 - over, rows)) : TriesFor(times, over);
            yield return Compared(
                FigureKind.ProvePass,
                (rows * looksToRank) + needed,
                string.Create(CultureInfo.InvariantCulture, $"prove that it is no slower with a probability of {Power * 100:0} %, if it is so in no look"));
        }

        GateFigure Compared(FigureKind kind, double needed, string about) =>
            Pairs(gate.Name, kind, needed, about, earlier.Sum(exposure => (double)exposure.Pairs));
    }

    /// <summary>The looks or minutes until a candidate fails that is worse in each of them.</summary>
    /// <param name="each">What each one counts for.</param>
    private int UntilFail(int each)
    {
        var fail = new RestartedCountEProcess(1);
        return Until(() => fail.LogE, () => fail.Add(0, each, Evidence.EvenChance));
    }

    /// <summary>The times that the stable one must be the worse one until the candidate has proven itself.</summary>
    private int UntilPass(CountEProcess pass) => Until(() => pass.LogE, () => pass.Add(1, 0, Evidence.EvenChance));

    private int Until(Func<double> logE, Action add)
    {
        var times = 0;
        for (var threshold = Evidence.Threshold(_alpha); logE() < threshold; times++)
        {
            add();
        }

        return times;
    }

    /// <summary>The tries after which something of a probability has happened so many times, with the probability that figures have.</summary>
    private static double TriesFor(int times, double probability)
    {
        double tries = times;
        while (probability < 1 && Binomial.CDF(probability, (int)tries, times - 1) > 1 - Power)
        {
            tries++;
        }

        return tries;
    }

    /// <summary>
    /// The share of minutes of usual traffic whose quantiles are compared: those with enough requests of both, of which the looks' own are no more
    /// than a share of <paramref name="mostOwn"/>. If the traffic is not known, all may be.
    /// </summary>
    private double ShareOf(LatencyRule gate, Exposure exposure, double mostOwn)
    {
        var isOfBoth = gate.Objective is null && IsCompared(exposure);
        var (candidate, stable) = (PerMinute(exposure.CandidateRequests), PerMinute(exposure.StableRequests));
        var least = QuantileChance.LeastValues(gate.Percent);
        if (candidate < least || (isOfBoth && stable < least))
        {
            return 0;
        }

        var looks = TimeSpan.FromMinutes(1) / strategy.Gate.LookInterval;
        var own = strategy.Gate.ProbesPerLook * Math.Max(1, looks);
        return HasTooMany(candidate) || (isOfBoth && exposure.Pairs > 0 && HasTooMany(stable)) ? Math.Max(0, 1 - looks) : 1;

        bool HasTooMany(double? callers) => own > mostOwn * (own + callers);

        double? PerMinute(double? requests) => exposure.Time > TimeSpan.Zero ? requests / exposure.Time.TotalMinutes : null;
    }

    private GateFigure Minutes(string gate, FigureKind kind, int needed, string about, Func<Exposure, double> share, double before)
    {
        var most = kind == FigureKind.Minimum ? step.WithPatience : _longest;
        return new(gate, kind, FigureUnit.Minutes, about)
        {
            Needed = needed,
            Before = before,
            Expected = Math.Floor(step.Bake.WholeMinutes * share(step.Bake)),
            Most = Math.Floor(most.WholeMinutes * share(most)),
        };
    }

    private double PairsBefore => pairsBeforeStart + earlier.Sum(exposure => (double)exposure.Pairs);

    private double? ToFail(ErrorsRule gate, double rate, double ratio, double share) =>
        rate >= 1 || rate * ratio > 1
            ? null
            : DetectionPlan.ForFail(
                rate, ratio, share, Evidence.Threshold(_alpha) + RestartedCountEProcess.Cost, gate.Tolerance, Power)?.CanaryRequests;

    private double? ToPass(ErrorsRule gate, double rate, double share) => rate >= 1 || gate.PassRatio > CountEProcess.LargestRatio
        ? null
        : DetectionPlan.ForPass(rate, ratio: 1, share, Evidence.Threshold(_alpha, ErrorsGate.Proofs), gate.PassRatio, Power)?.CanaryRequests;

    /// <summary>The requests of which so many may fail that the candidate's rate is certainly negligible; null when no number is enough.</summary>
    private double? ToBeNegligible(ErrorsRule gate, double rate) => gate.Negligible > rate
        ? AgreementPlan.RequestsNeeded(1 - rate, 1 - gate.Negligible, _alpha / ErrorsGate.Proofs, most: MostPairs, power: Power)
        : null;

    /// <summary>The pairs from which on the bands of two equal distributions are no wider than the distance that passes.</summary>
    private double? ToBand(DriftRule gate)
    {
        if (gate.MaximumDistance == 0)
        {
            return null;
        }

        var band = SequentialKolmogorovSmirnov.OfTwoSamples(_alpha, gate.MinimumPairs);
        bool IsWide(double pairs) => 2 * band.Band(pairs) > gate.MaximumDistance;
        double enough = gate.MinimumPairs;
        while (IsWide(enough))
        {
            enough *= 2;
        }

        return enough == gate.MinimumPairs ? enough : Math.Ceiling(Bisection.Last(enough / 2, enough, IsWide));
    }

    private static string Finds(ErrorsRule gate) =>
        string.Create(CultureInfo.InvariantCulture, $"find {gate.PassRatio:0.##} times as many errors with a probability of {Power * 100:0} %");

    private static string Negligible(ErrorsRule gate) =>
        string.Create(CultureInfo.InvariantCulture, $"prove that at most {gate.Negligible * 100:0.##} % fail");

    private static string Excludes(ErrorsRule gate) =>
        string.Create(CultureInfo.InvariantCulture, $"rule out {gate.PassRatio:0.##} times as many errors, if there are as many as before");
}
