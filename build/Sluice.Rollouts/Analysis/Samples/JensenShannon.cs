namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// How far two distributions are apart, symmetric and without trouble about empty bins. Source: Lin 1991, Divergence measures based on
/// the Shannon entropy.
/// </summary>
public static class JensenShannon
{
    /// <summary>The divergence, 0 to ln 2, in nats.</summary>
    /// <param name="first">One distribution's share of each bin, 0 to 1.</param>
    /// <param name="second">The other one's.</param>
    /// <exception cref="ArgumentException">The numbers of bins differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside its range.</exception>
    public static double Divergence(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Shares.RequireAlike(first, second);
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            var middle = (first[i] + second[i]) / 2;
            sum += Term(first[i], middle) + Term(second[i], middle);
        }

        return sum / 2;
    }

    /// <summary>The distance, the root of the divergence, which is a metric: 0 to 0.8326.</summary>
    /// <param name="first">One distribution's share of each bin, 0 to 1.</param>
    /// <param name="second">The other one's.</param>
    /// <exception cref="ArgumentException">The numbers of bins differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside its range.</exception>
    public static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        Math.Sqrt(Math.Max(0, Divergence(first, second)));

    private static double Term(double share, double middle) => share == 0 ? 0 : share * Math.Log(share / middle);
}
