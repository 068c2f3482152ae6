using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// A boundary that a sum of sub-Gaussian terms, with the sum of their variances v as its time, ever crosses with a probability of at
/// most α. Source: Howard, Ramdas, McAuliffe, Sekhon, arXiv 1810.08240, propositions 4 and 5.
/// </summary>
public static class NormalMixture
{
    /// <summary>The α that boundaries are tuned for. It moves where they are tightest, and not what they promise.</summary>
    public const double TuningAlpha = 0.05;

    /// <summary>The boundary for the absolute value of the sum.</summary>
    /// <param name="variance">The time v, 0 or more.</param>
    /// <param name="alpha">The probability of ever crossing it, above 0 and below 1.</param>
    /// <param name="tuning">The variance at which the boundary is to be tightest, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double TwoSidedBound(double variance, double alpha, double tuning)
    {
        Allowed.Amount(variance);
        Allowed.Positive(tuning);
        var rho = tuning / VarianceRatio(TuningAlpha);
        return Math.Sqrt((variance + rho) * (Math.Log(1 + (variance / rho)) + (2 * Evidence.Threshold(alpha))));
    }

    /// <summary>The boundary for the sum itself, lower than the one of both sides.</summary>
    /// <param name="variance">The time v, 0 or more.</param>
    /// <param name="alpha">The probability of ever crossing it, above 0 and below 1.</param>
    /// <param name="tuning">The variance at which the boundary is to be tightest, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double OneSidedBound(double variance, double alpha, double tuning)
    {
        Allowed.Amount(variance);
        Allowed.Positive(tuning);
        var threshold = Evidence.Threshold(alpha);
        var rho = tuning / VarianceRatio(2 * TuningAlpha);
        var scale = variance + rho;
        bool IsBelow(double sum) => (Math.Log(4 * rho / scale) / 2) + (sum * sum / (2 * scale))
            + Math.Log(Normal.CDF(0, 1, sum / Math.Sqrt(scale))) < threshold;

        // The second term alone reaches the threshold at the end: the others are at least half the logarithm of ρ/(v + ρ).
        var end = Math.Sqrt(2 * scale * (threshold + (Math.Log(scale / rho) / 2) + 1));
        return Bisection.Last(0, end, IsBelow);
    }

    /// <summary>
    /// What the best variance is divided by to get the variance ρ of the mixture, <c>2 ln(1/α) + ln(1 + 2 ln(1/α))</c>: an
    /// approximation of the exact optimum, which Lambert's function gives.
    /// </summary>
    /// <param name="alpha">The probability that the boundary is tuned for.</param>
    internal static double VarianceRatio(double alpha)
    {
        var twice = -2 * Math.Log(alpha);
        return twice + Math.Log(1 + twice);
    }
}
