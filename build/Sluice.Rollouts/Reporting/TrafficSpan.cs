using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Reporting;

/// <summary>A time in which the traffic was the same, as far as the rollout knew.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, not before <paramref name="From"/>.</param>
/// <param name="Live">The live traffic.</param>
/// <param name="Mirrored">The mirrored traffic.</param>
public sealed record TrafficSpan(DateTimeOffset From, DateTimeOffset To, Traffic Live, Traffic Mirrored)
{
    /// <summary>The spans that events tell of, oldest first; the last one ends with the last event.</summary>
    /// <param name="events">The events, oldest first.</param>
    public static ImmutableArray<TrafficSpan> Of(IReadOnlyList<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var spans = new List<TrafficSpan>();
        var mirrored = Traffic.None;
        foreach (var known in events.OfType<TrafficKnown>())
        {
            var live = Traffic.Of(known.Traffic);
            mirrored = known.MirrorAfter(mirrored);
            if (spans is [.., var last])
            {
                if (last.Live.Equals(live) && last.Mirrored.Equals(mirrored))
                {
                    continue;
                }

                spans[^1] = last with { To = Later(last.From, known.Time) };
            }

            spans.Add(new(known.Time, known.Time, live, mirrored));
        }

        if (spans is [.., var open])
        {
            spans[^1] = open with { To = Later(open.From, events[^1].Time) };
        }

        return [.. spans];
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
