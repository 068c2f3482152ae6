using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Reporting;

/// <summary>A time in which the traffic was the same, as far as the rollout knew.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, not before <paramref name="From"/>.</param>
/// <param name="Live">The live traffic.</param>
/// <param name="Mirrored">The mirrored traffic.</param>
public sealed record TrafficSpan(DateTimeOffset From, DateTimeOffset To, Traffic Live, Traffic Mirrored);
