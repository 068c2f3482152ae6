using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>What is done to the values of an arm before they are compared.</summary>
internal static class SampleCleaning
{
    /// <summary>The values that are compared.</summary>
    public static ImmutableArray<double> Clean(CanaryMetric metric, ImmutableArray<double> values)
    {
        ImmutableArray<double> finite = metric.NanStrategy == NanStrategy.Remove
            ? [.. values.Where(double.IsFinite)]
            : [.. values.Select(value => double.IsFinite(value) ? value : 0)];
        return metric.OutlierFactor is { } factor && finite.Length > 0 ? WithoutOutliers(finite, factor) : finite;
    }

    /// <summary>
    /// A percentile by linear interpolation between order statistics (Hyndman, Fan 1996, Sample quantiles in statistical packages,
    /// definition 7).
    /// </summary>
    /// <param name="sorted">The values in rising order, at least one.</param>
    /// <param name="share">0 to 1.</param>
    internal static double Percentile(IReadOnlyList<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>
    /// Leaves out what lies beyond Tukey's fences; these are widened to the 1st and the 99th percentile where those lie further out, so
    /// that at most that share of the values goes (Kayenta's <c>IQRDetector</c> with reduced sensitivity).
    /// </summary>
    private static ImmutableArray<double> WithoutOutliers(ImmutableArray<double> values, double factor)
    {
        double[] sorted = [.. values.Order()];
        var (first, third) = (Percentile(sorted, 0.25), Percentile(sorted, 0.75));
        var reach = factor * (third - first);
        var least = Math.Min(first - reach, Percentile(sorted, 0.01));
        var most = Math.Max(third + reach, Percentile(sorted, 0.99));
        return [.. values.Where(value => value >= least && value <= most)];
    }
}
