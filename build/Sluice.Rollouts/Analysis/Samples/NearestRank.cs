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
        return ordered[Math.Max(0, (int)Math.Ceiling(ordered.Length * percent / 100.0) - 1)];
    }
}
