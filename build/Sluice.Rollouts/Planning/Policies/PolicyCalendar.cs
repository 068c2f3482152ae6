using System.Globalization;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Policies;

/// <summary>
/// A policy's windows in time. They are written in readings of a wall clock, which skips an hour and repeats one where summer
/// time begins and ends; so the way to the next opening goes from one turn to the next, a window's or the clock's.
/// </summary>
/// <param name="policy">The windows and their time zone.</param>
public sealed class PolicyCalendar(PolicySpec policy)
{
    /// <summary>No clock is put forward or back twice in such a time.</summary>
    private static readonly TimeSpan LongestHop = TimeSpan.FromDays(1);

    /// <summary>
    /// When no one-off window is ahead any more, each week is like the one before. An opening that clocks skip in one week comes
    /// in the next.
    /// </summary>
    private static readonly TimeSpan Recurrence = TimeSpan.FromDays(21);

    /// <summary>What the wall clock reads.</summary>
    public DateTime WallAt(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, policy.TimeZone).DateTime;

    /// <summary>A point in time as the wall clock shows it: <c>Mon 2026-01-12 06:00 +01:00 (Europe/Berlin)</c>.</summary>
    public string Show(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeZoneInfo.ConvertTime(time, policy.TimeZone):ddd yyyy-MM-dd HH:mm zzz} ({policy.TimeZone.Id})");

    /// <summary>Whether changes are open.</summary>
    public bool IsOpen(DateTimeOffset time) => policy.IsOpen(WallAt(time));

    /// <summary>The first point in time, from the given one on, at which changes are open; null when there is none.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset from)
    {
        var lastOnce = policy.Windows.OfType<OneOffWindow>().Select(window => (DateTime?)window.To).Max() is { } wall && wall > WallAt(from)
            ? from + (wall - WallAt(from))
            : from;
        for (var time = from; time <= lastOnce + Recurrence; time = NextTurn(time))
        {
            if (IsOpen(time))
            {
                return time;
            }
        }

        return null;
    }

    /// <summary>When a window begins or ends next, or the clock is put forward or back; a day later when neither comes before.</summary>
    private DateTimeOffset NextTurn(DateTimeOffset time)
    {
        var wall = WallAt(time);
        var hop = policy.Windows.Select(window => window.NextTurn(wall)).Min() - wall;
        var next = time + (hop < LongestHop ? hop.Value : LongestHop);
        return OffsetAt(next) == OffsetAt(time) ? next : NextOffset(time, next);
    }

    /// <summary>The first point in time with the offset of the later one.</summary>
    private DateTimeOffset NextOffset(DateTimeOffset before, DateTimeOffset after)
    {
        var offset = OffsetAt(after);
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            (before, after) = OffsetAt(middle) == offset ? (before, middle) : (middle, after);
        }

        return after;
    }

    private TimeSpan OffsetAt(DateTimeOffset time) => policy.TimeZone.GetUtcOffset(time);
}
