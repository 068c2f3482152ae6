using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Analysis;

/// <summary>What callers of the two deployments met in the same minute.</summary>
/// <param name="Start">When the minute began.</param>
/// <param name="Stable">The stable deployment's; null when it had no requests.</param>
/// <param name="Candidate">The candidate's; null when it had no requests.</param>
public sealed record ComparedMinute(DateTimeOffset Start, TrafficMinute? Stable, TrafficMinute? Candidate)
{
    /// <summary>The requests of the stable deployment.</summary>
    public long StableRequests => Stable?.Requests ?? 0;

    /// <summary>Those of them that failed.</summary>
    public long StableErrors => Stable?.Errors ?? 0;

    /// <summary>The requests of the candidate.</summary>
    public long CandidateRequests => Candidate?.Requests ?? 0;

    /// <summary>Those of them that failed.</summary>
    public long CandidateErrors => Candidate?.Errors ?? 0;
}
