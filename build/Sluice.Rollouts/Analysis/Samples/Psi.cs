using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// The population stability index of a canary's scores against the baseline's, <c>Σ (q − p)·ln(q/p)</c>, and from where on it is drift.
/// The usual cuts of 0.1 and 0.25 are for thousands of scores: with 100 of the canary, two samples in three exceed 0.1 without any drift.
/// </summary>
/// <remarks>
/// Source of the calibrated cut: Yurdakul 2018, Statistical properties of the population stability index: without drift,
/// <c>PSI/(1/n + 1/m)</c> tends to a χ² with one degree of freedom less than there are bins.
/// </remarks>
public static class Psi
{
    /// <summary>The share that an empty bin is given, as its logarithm would be infinite.</summary>
    public const double Floor = 1e-4;

    /// <summary>The index of two distributions.</summary>
    /// <param name="baseline">The baseline's share of each bin, 0 to 1.</param>
    /// <param name="canary">The canary's share of each bin, 0 to 1.</param>
    /// <exception cref="ArgumentException">The numbers of bins differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside its range.</exception>
    public static double Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> canary)
    {
        Shares.RequireAlike(baseline, canary);
        var sum = 0.0;
        for (var i = 0; i < baseline.Length; i++)
        {
            var (p, q) = (Math.Max(baseline[i], Floor), Math.Max(canary[i], Floor));
            sum += (q - p) * Math.Log(q / p);
        }

        return sum;
    }

    /// <summary>The index that two samples of one distribution exceed with a probability of about α.</summary>
    /// <param name="baselineCount">The baseline's scores, 1 or more.</param>
    /// <param name="canaryCount">The canary's scores, 1 or more. From 200 on the probability is met within a point.</param>
    /// <param name="bins">The bins, 2 or more.</param>
    /// <param name="alpha">The probability, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double Cut(double baselineCount, double canaryCount, int bins, double alpha)
    {
        Allowed.Within(baselineCount, 1, double.MaxValue);
        Allowed.Within(canaryCount, 1, double.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        Allowed.Probability(alpha);
        return ((1 / baselineCount) + (1 / canaryCount)) * ChiSquared.InvCDF(bins - 1, 1 - alpha);
    }
}
