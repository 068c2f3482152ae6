using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>How one metric of the two arms is compared.</summary>
/// <param name="Name">Its name.</param>
/// <remarks>
/// Defaults are Kayenta's. There the tolerance and the confidence level of a configuration are not looked at
/// (<c>NetflixACAJudge.scala</c>); here they count.
/// </remarks>
public sealed record CanaryMetric(string Name)
{
    /// <summary>The group of a metric that names none.</summary>
    public const string DefaultGroup = "metrics";

    /// <summary>The groups that it counts in, one or more.</summary>
    public ImmutableArray<string> Groups { get; init; } = [DefaultGroup];

    /// <summary>Which change is bad.</summary>
    public MetricDirection Direction { get; init; }

    /// <summary>What is done with values that are no numbers.</summary>
    public NanStrategy NanStrategy { get; init; }

    /// <summary>Leaves out values further than this many interquartile ranges from the quartiles; above 0, null keeps all.</summary>
    public double? OutlierFactor { get; init; }

    /// <summary>Whether an arm without values fails the metric.</summary>
    public bool MustHaveData { get; init; }

    /// <summary>Whether a failure makes the whole score 0.</summary>
    public bool IsCritical { get; init; }

    /// <summary>How the size of a difference is told.</summary>
    public EffectMeasure Effect { get; init; }

    /// <summary>The least effect of a bad rise; null for the effect of equal arms.</summary>
    public double? AllowedIncrease { get; init; }

    /// <summary>The greatest effect of a bad fall; null for the effect of equal arms.</summary>
    public double? AllowedDecrease { get; init; }

    /// <summary>The least effect of a critical rise; null for the effect of equal arms.</summary>
    public double? CriticalIncrease { get; init; }

    /// <summary>The greatest effect of a critical fall; null for the effect of equal arms.</summary>
    public double? CriticalDecrease { get; init; }

    /// <summary>How far the interval must stay away from no difference, as a share of the estimated difference; 0 or more.</summary>
    public double Tolerance { get; init; } = 0.25;

    /// <summary>The confidence level of the interval, above 0 and below 1.</summary>
    public double ConfidenceLevel { get; init; } = 0.98;

    /// <summary>The effect where the arms are equal.</summary>
    internal double NoEffect => Effect == EffectMeasure.MeanRatio ? 1 : 0.5;
}
