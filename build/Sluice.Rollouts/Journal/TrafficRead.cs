using System.Collections.Immutable;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Journal;

/// <summary>What callers met was read from the telemetry. Each minute of a rollout is read once, and so are those of the hour before.</summary>
/// <param name="Time">When it was read.</param>
/// <param name="From">The start of the first minute.</param>
/// <param name="To">The end of the last minute.</param>
/// <param name="Minutes">The minutes with requests.</param>
public sealed record TrafficRead(DateTimeOffset Time, DateTimeOffset From, DateTimeOffset To, ImmutableArray<TrafficMinute> Minutes)
    : JournalEvent(Time);
