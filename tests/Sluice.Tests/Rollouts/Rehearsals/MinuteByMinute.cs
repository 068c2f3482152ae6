using System.Globalization;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>
/// What a policy's windows say, told in another way than the calendar does: the minutes of a week are marked one by one, dates are compared
/// as texts, and the next opening is looked for minute by minute.
/// </summary>
internal sealed class MinuteByMinute
{
    private const int MinutesOfWeek = 7 * 24 * 60;

    private readonly PolicySpec _policy;
    private readonly Func<string, int, bool> _isFrozen;
    private readonly Func<string, int, bool> _isAllowed;

    public MinuteByMinute(PolicySpec policy)
    {
        _policy = policy;
        _isFrozen = Marked(policy.Freeze);
        _isAllowed = policy.Allow.Length == 0 ? (_, _) => true : Marked(policy.Allow);
    }

    public bool IsOpen(DateTimeOffset time)
    {
        var wall = TimeZoneInfo.ConvertTimeFromUtc(time.UtcDateTime, _policy.TimeZone);
        var text = wall.ToString("s", CultureInfo.InvariantCulture);
        var minute = (((((int)wall.DayOfWeek * 24) + wall.Hour) * 60) + wall.Minute) % MinutesOfWeek;
        return _isAllowed(text, minute) && !_isFrozen(text, minute);
    }

    /// <summary>The first opening within some days; null when there is none within them.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset from, int days)
    {
        if (IsOpen(from))
        {
            return from;
        }

        var minute = from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMinute));
        return Enumerable.Range(1, days * 24 * 60).Select(count => (DateTimeOffset?)minute.AddMinutes(count)).FirstOrDefault(each => IsOpen(each!.Value));
    }

    private static Func<string, int, bool> Marked(IEnumerable<Window> windows)
    {
        var week = new bool[MinutesOfWeek];
        var once = new List<(string From, string To)>();
        foreach (var window in windows)
        {
            switch (window)
            {
                case WeeklyWindow weekly:
                    for (var minute = Minute(weekly.From); minute != Minute(weekly.To); minute = (minute + 1) % MinutesOfWeek)
                    {
                        week[minute] = true;
                    }

                    break;
                case OneOffWindow single:
                    once.Add((single.From.ToString("s", CultureInfo.InvariantCulture), single.To.ToString("s", CultureInfo.InvariantCulture)));
                    break;
            }
        }

        return (text, minute) => week[minute]
            || once.Exists(span => string.CompareOrdinal(span.From, text) <= 0 && string.CompareOrdinal(text, span.To) < 0);
    }

    private static int Minute(WeekTime time) => ((((int)time.Day * 24) + time.Time.Hour) * 60) + time.Time.Minute;
}
