namespace Sluice.Rollouts.Reporting;

/// <summary>Two quantiles of latencies.</summary>
/// <param name="P50">The median in milliseconds.</param>
/// <param name="P95">What 95 % do not exceed, in milliseconds.</param>
public sealed record Quantiles(double P50, double P95);
