using MathNet.Numerics;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Limits of a probability that hold at every number of trials at once, so that a person or a gate may look as often as they like.
/// </summary>
/// <remarks>
/// Source: Howard, Ramdas, McAuliffe, Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences, arXiv 1810.08240: all p
/// whose beta-binomial mixture is below 1/α. See <see cref="BetaBinomialMixture"/>, of which this is the case g = p, h = 1 − p.
/// </remarks>
public static class BernoulliConfidenceSequence
{
    /// <summary>The number of trials at which the gates' limits, and those that plans are made by, are tightest.</summary>
    public const double UsualTuning = 500;

    /// <summary>The limits after some trials.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>; may be a weighted count, hence no whole number.</param>
    /// <param name="trials">0 or more; without one nothing is known.</param>
    /// <param name="alpha">The probability that the limits are ever wrong, both sides together; above 0 and below 1.</param>
    /// <param name="tuning">
    /// The number of trials at which the limits are to be tightest; above 0. It may not depend on what is seen.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Interval Of(double successes, double trials, double alpha, double tuning)
    {
        Allowed.Amount(trials);
        Allowed.Within(successes, 0, trials);
        Allowed.Positive(tuning);
        var threshold = Evidence.Threshold(alpha);
        if (trials == 0)
        {
            return new(0, 1);
        }

        var failures = trials - successes;
        var strength = Math.Max(
            (tuning / NormalMixture.VarianceRatio(NormalMixture.TuningAlpha)) - 1,
            BetaBinomialMixture.LeastStrength);
        var share = successes / trials;
        bool IsRuledOut(double p) => LogMixture(successes, failures, p, strength) > threshold;

        // Where nothing between an end and the observed share is ruled out, the end is the limit.
        return new(Bisection.Last(0, share, IsRuledOut), Bisection.Last(1, share, IsRuledOut));
    }

    // A Beta prior around p with this strength, against p itself. With g = p and h = 1 − p the sums of the general form come down to the
    // counts, which loses fewer digits.
    private static double LogMixture(double successes, double failures, double p, double strength)
    {
        var (forSuccess, forFailure) = (strength * p, strength * (1 - p));
        return SpecialFunctions.BetaLn(failures + forFailure, successes + forSuccess) - SpecialFunctions.BetaLn(forFailure, forSuccess)
            - (successes * Math.Log(p)) - (failures * Math.Log(1 - p));
    }
}
