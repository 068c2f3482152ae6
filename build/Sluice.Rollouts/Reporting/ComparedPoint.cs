namespace Sluice.Rollouts.Reporting;

/// <summary>What the two deployments did at one time: in a minute of callers' requests, or at a look.</summary>
/// <param name="Time">When: the start of the minute, or the time of the look.</param>
/// <param name="Stable">What the stable deployment did; null when it was not asked.</param>
/// <param name="Candidate">What the candidate did; null when it was not asked.</param>
public sealed record ComparedPoint(DateTimeOffset Time, ArmPoint? Stable, ArmPoint? Candidate);
