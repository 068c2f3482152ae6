using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// How likely a sample's quantile is the higher one when nothing is wrong. It is no even chance: the quantile of a few values mostly lies
/// below that of many, and both miss the quantile of what they are drawn from.
/// </summary>
/// <remarks>
/// For quantiles that are values of the sample (<see cref="NearestRank"/>), whatever the distribution, as long as it is continuous: see
/// David and Nagaraja, Order Statistics, 3rd edition, sections 2.1 and 7.1. Ties only make it less likely.
/// </remarks>
internal static class QuantileChance
{
    /// <summary>From so many values above the quantile on, more of them hardly change the chance.</summary>
    private const int EnoughAbove = 100;

    /// <summary>The least number of values of which one is expected above the quantile; fewer have their largest one in its place.</summary>
    /// <param name="percent">The quantile in percent, above 0 and below 100.</param>
    public static int LeastValues(int percent) => (int)Math.Ceiling(100.0 / (100 - percent));

    /// <summary>The probability that the quantile of one sample is above that of another sample of the same distribution.</summary>
    /// <param name="percent">The quantile in percent, above 0 and below 100.</param>
    /// <param name="values">The values of the one, at least 1.</param>
    /// <param name="others">The values of the other one, at least 1.</param>
    public static double IsAbove(int percent, long values, long others)
    {
        var most = LeastValues(percent) * EnoughAbove;
        var (one, other) = ((int)Math.Min(values, most), (int)Math.Min(others, most));
        var (above, othersAbove) = (one - Rank(percent, one), other - Rank(percent, other));

        // It is when the largest values of both together, up to where the one must have its quantile, have its quantile among them.
        return 1 - Hypergeometric.CDF(one + other, one, above + othersAbove + 1, above);
    }

    /// <summary>The probability that a sample's quantile is above the quantile of the distribution that it is drawn from.</summary>
    /// <param name="percent">The quantile in percent, above 0 and below 100.</param>
    /// <param name="values">The values, at least 1.</param>
    public static double IsAboveItsOwn(int percent, long values)
    {
        var sample = (int)Math.Min(values, int.MaxValue);
        return Binomial.CDF(percent / 100.0, sample, Rank(percent, sample) - 1);
    }

    private static int Rank(int percent, int values) => NearestRank.IndexOf(values, percent) + 1;
}
