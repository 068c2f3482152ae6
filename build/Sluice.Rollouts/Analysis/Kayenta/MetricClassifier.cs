using System.Globalization;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>Compares one metric of the two arms.</summary>
/// <remarks>
/// Kayenta's <c>MannWhitneyClassifier.scala</c>. Unlike there, the tolerance and the confidence level are the metric's own, and no random
/// noise is added, see <see cref="RankTest"/>: the same values give the same result.
/// </remarks>
public static class MetricClassifier
{
    /// <summary>Classifies a metric.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance, the confidence level or the outlier factor is out of range.</exception>
    public static MetricResult Classify(CanaryArms arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        var metric = arms.Metric;
        Check(metric);
        var baseline = SampleCleaning.Clean(metric, arms.Baseline);
        var canary = SampleCleaning.Clean(metric, arms.Canary);
        var result = new MetricResult(
            metric, MetricClass.Pass, "", ArmSummary.Of(baseline), ArmSummary.Of(canary), Shift: null, metric.NoEffect, IsCritical: false);
        if (baseline.IsEmpty || canary.IsEmpty)
        {
            return WithoutData(result);
        }

        if (baseline.Order().SequenceEqual(canary.Order()))
        {
            return result with { Reason = $"the {canary.Length} values of both are the same" };
        }

        if (baseline.Concat(canary).Distinct().Count() == 1)
        {
            return result with { Reason = string.Create(CultureInfo.InvariantCulture, $"all values are {canary[0]}") };
        }

        var test = new RankTest(canary, baseline);
        return Compare(result with { Shift = test.Estimate(metric.ConfidenceLevel), Effect = EffectOf(metric, result, test) });
    }

    private static void Check(CanaryMetric metric)
    {
        // NaN fails every comparison.
        if (!(metric.Tolerance >= 0 && double.IsFinite(metric.Tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric.Tolerance, "The tolerance must be 0 or more.");
        }

        if (!(metric.ConfidenceLevel > 0 && metric.ConfidenceLevel < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(metric), metric.ConfidenceLevel, "The confidence level must be above 0 and below 1.");
        }

        if (metric.OutlierFactor is { } factor && !(factor > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), factor, "The outlier factor must be above 0.");
        }
    }

    private static MetricResult WithoutData(MetricResult result)
    {
        var metric = result.Metric;
        var missing = (result.Baseline.Count, result.Canary.Count) switch
        {
            (0, 0) => "neither has a value",
            (0, var count) => $"the baseline has no value, the canary {count}",
            (var count, _) => $"the canary has no value, the baseline {count}",
        };
        return metric switch
        {
            { NanStrategy: NanStrategy.Replace } =>
                result with { Reason = $"{missing}; a missing value means that there was nothing to count" },
            { MustHaveData: true, IsCritical: false } =>
                result with { Class = MetricClass.NodataFailMetric, Effect = double.NaN, Reason = $"{missing}; both must have some" },
            _ => result with
            {
                Class = MetricClass.Nodata,
                Effect = double.NaN,
                Reason = missing,
                IsCritical = metric.IsCritical,
            },
        };
    }

    private static double EffectOf(CanaryMetric metric, MetricResult result, RankTest test) =>
        metric.Effect == EffectMeasure.CommonLanguage ? test.Superiority
        : result.Baseline.Mean == 0 || result.Canary.Mean == 0 ? double.NaN
        : result.Canary.Mean / result.Baseline.Mean;

    private static MetricResult Compare(MetricResult result)
    {
        var (metric, effect) = (result.Metric, result.Effect);
        var (lower, estimate, upper) = result.Shift!;
        var band = metric.Tolerance * Math.Abs(estimate);
        var isUnknown = double.IsNaN(effect);
        var shift = string.Create(
            CultureInfo.InvariantCulture,
            $"the canary is off by {estimate:G4}, {lower:G4} to {upper:G4} at {metric.ConfidenceLevel:G4}, tolerated are {band:G4}");
        var reason = $"{shift}; {EffectText(metric, effect)}";
        if (metric.Direction != MetricDirection.Decrease
            && lower > band
            && (isUnknown || effect >= (metric.AllowedIncrease ?? metric.NoEffect)))
        {
            return result with
            {
                Class = MetricClass.High,
                Reason = $"too high: {reason}",
                IsCritical = metric.IsCritical && (isUnknown || effect >= (metric.CriticalIncrease ?? metric.NoEffect)),
            };
        }

        if (metric.Direction != MetricDirection.Increase
            && upper < -band
            && (isUnknown || effect <= (metric.AllowedDecrease ?? metric.NoEffect)))
        {
            return result with
            {
                Class = MetricClass.Low,
                Reason = $"too low: {reason}",
                IsCritical = metric.IsCritical && (isUnknown || effect <= (metric.CriticalDecrease ?? metric.NoEffect)),
            };
        }

        return result with { Reason = reason };
    }

    private static string EffectText(CanaryMetric metric, double effect)
    {
        var name = metric.Effect == EffectMeasure.MeanRatio ? "the ratio of the means" : "the share of pairs in which it is greater";
        return double.IsNaN(effect) ? $"{name} is not known" : string.Create(CultureInfo.InvariantCulture, $"{name} is {effect:0.####}");
    }
}
