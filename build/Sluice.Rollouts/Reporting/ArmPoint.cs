namespace Sluice.Rollouts.Reporting;

/// <summary>What one deployment did at one time.</summary>
/// <param name="Requests">The requests that it got.</param>
/// <param name="Errors">Those of them that failed.</param>
/// <param name="Latency">How long it took; null where that is not known.</param>
public sealed record ArmPoint(long Requests, long Errors, Quantiles? Latency)
{
    /// <summary>The share of requests that failed, 0 to 1; null without requests.</summary>
    public double? ErrorRate => Requests > 0 ? (double)Errors / Requests : null;
}
