namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>Quantiles of a sample that are values of it: the smallest one that so many percent do not exceed.</summary>
internal static class NearestRank
{
    /// <summary>A quantile.</summary>
    /// <param name="sample">The values, at least one, in any order.</param>
    /// <param name="percent">The quantile in percent, above 0 to 100.</param>
    public static double Of(IEnumerable<double> sample, int percent)
    {
        var ordered = sample.ToArray();
        Array.Sort(ordered);
        return ordered[IndexOf(ordered.Length, percent)];
    }

    /// <summary>The place of a quantile among ordered values, from 0.</summary>
    /// <param name="values">The number of values, at least 1.</param>
    /// <param name="percent">The quantile in percent, above 0 to 100.</param>
    public static int IndexOf(int values, int percent) => Math.Max(0, (int)Math.Ceiling(values * (double)percent / 100) - 1);
}
