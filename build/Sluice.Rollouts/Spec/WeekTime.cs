using System.Globalization;

namespace Sluice.Rollouts.Spec;

/// <summary>A reading of the wall clock that comes once a week.</summary>
/// <param name="Day">The day.</param>
/// <param name="Time">The time of that day.</param>
public readonly record struct WeekTime(DayOfWeek Day, TimeOnly Time)
{
    private const long TicksPerWeek = 7 * TimeSpan.TicksPerDay;

    private long Ticks => ((int)Day * TimeSpan.TicksPerDay) + Time.Ticks;

    /// <summary>What of a reading comes again each week.</summary>
    public static WeekTime Of(DateTime wall) => new(wall.DayOfWeek, TimeOnly.FromDateTime(wall));

    /// <summary>How long the clock goes on from here until it reads the other one: zero when it does already, always below a week.</summary>
    public TimeSpan Until(WeekTime other) => TimeSpan.FromTicks((other.Ticks - Ticks + TicksPerWeek) % TicksPerWeek);

    /// <summary>As people write it: <c>Fri 16:00</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(Day)} {Time:HH:mm}");
}
