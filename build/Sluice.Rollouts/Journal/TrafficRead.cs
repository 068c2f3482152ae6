using System.Collections.Immutable;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Journal;

/// <summary>
/// What callers met was read from the telemetry: each minute of a rollout and of the hour before, when it has settled. The latest ones are read
/// anew some times; of a minute that was read twice the last reading counts.
/// </summary>
/// <param name="Time">When it was read.</param>
/// <param name="From">The start of the first minute.</param>
/// <param name="To">The end of the last minute.</param>
/// <param name="Minutes">The minutes with requests that are not as they were read before.</param>
public sealed record TrafficRead(DateTimeOffset Time, DateTimeOffset From, DateTimeOffset To, ImmutableArray<TrafficMinute> Minutes)
    : JournalEvent(Time);
