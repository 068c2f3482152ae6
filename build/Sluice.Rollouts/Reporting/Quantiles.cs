namespace Sluice.Rollouts.Reporting;

/// <summary>Two quantiles of latencies.</summary>
/// <param name="P50">The median in milliseconds; null where it is not known.</param>
/// <param name="P95">What 95 % do not exceed, in milliseconds; null where it is not known.</param>
public sealed record Quantiles(double? P50, double? P95);
