using System.Globalization;

namespace Sluice.Output;

/// <summary>Durations as people read them.</summary>
internal static class Durations
{
    /// <summary>A time on the clock that begins with a run: <c>0:05:20</c>; of a day and more the hours go on.</summary>
    public static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");

    /// <summary><c>0.4 s</c>, <c>12 s</c>, <c>5 min 06 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Text(TimeSpan duration) => Math.Round(duration.TotalSeconds, 1) < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
        : TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds)) switch
        {
            { TotalMinutes: < 1 } rounded => string.Create(CultureInfo.InvariantCulture, $"{rounded.Seconds} s"),
            { TotalHours: < 1 } rounded => string.Create(CultureInfo.InvariantCulture, $"{rounded.Minutes} min {rounded.Seconds:00} s"),
            var rounded => string.Create(CultureInfo.InvariantCulture, $"{(int)rounded.TotalHours} h {rounded.Minutes:00} min"),
        };
}
