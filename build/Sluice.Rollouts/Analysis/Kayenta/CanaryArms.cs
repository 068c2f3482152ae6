using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>The values of one metric, such as one a minute.</summary>
/// <param name="Metric">How they are compared.</param>
/// <param name="Baseline">The baseline's values, in any order.</param>
/// <param name="Canary">The canary's values, in any order.</param>
public sealed record CanaryArms(CanaryMetric Metric, ImmutableArray<double> Baseline, ImmutableArray<double> Canary);
