using FsCheck;
using FsCheck.Fluent;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Random windows, and points in time around which they matter.</summary>
internal static class Policies
{
    /// <summary>Zones, each with the days of a year on which its clocks are put forward and back.</summary>
    private static readonly (string Zone, DateTime[] Changes)[] Zones =
    [
        ("UTC", [new(2026, 6, 1)]),
        ("Europe/Berlin", [new(2026, 3, 29), new(2026, 10, 25)]),
        ("America/New_York", [new(2026, 3, 8), new(2026, 11, 1)]),
        ("Australia/Lord_Howe", [new(2026, 4, 5), new(2026, 10, 4)]),
    ];

    /// <summary>Any policy, and a point in time within two days of a change of its clock.</summary>
    public static Gen<(PolicySpec Policy, DateTimeOffset Time)> AroundChanges() =>
        from zone in Gen.Elements(Zones)
        from change in Gen.Elements(zone.Changes)
        from policy in Around(TimeZoneInfo.FindSystemTimeZoneById(zone.Zone), change)
        from seconds in Gen.Choose(-2 * 24 * 3600, 2 * 24 * 3600)
        select (policy, new DateTimeOffset(change, TimeSpan.Zero).AddSeconds(seconds));

    /// <summary>A policy whose one-off windows are around a point in time.</summary>
    public static Gen<PolicySpec> Around(TimeZoneInfo zone, DateTime middle) =>
        from freeze in Gen.ListOf(Window(middle))
        from allow in Gen.ListOf(Window(middle))
        select new PolicySpec
        {
            TimeZone = zone,
            Freeze = [.. freeze.Take(3)],
            Allow = [.. allow.Take(2)],
        };

    private static Gen<Window> Window(DateTime middle) => Gen.OneOf(
        from begin in Gen.Choose(-3 * 24 * 4, 3 * 24 * 4)
        from length in Gen.Choose(1, 3 * 24 * 4)
        let first = middle.AddMinutes(begin * 15)
        select (Window)new OneOffWindow("once", first, first.AddMinutes(length * 15)),
        from begin in Gen.Choose(0, (7 * 24 * 12) - 1)
        from length in Gen.Choose(1, (7 * 24 * 12) - 1)
        select (Window)new WeeklyWindow("weekly", WeekTime(begin), WeekTime(begin + length)),
        from begin in Gen.Choose(0, 5 * 12)
        from length in Gen.Choose(1, 12)
        select (Window)new WeeklyWindow("in the night to Sunday", WeekTime(begin), WeekTime(begin + length)));

    private static WeekTime WeekTime(int minutesBy5) => new(
        (DayOfWeek)(minutesBy5 / (24 * 12) % 7),
        TimeOnly.MinValue.AddMinutes(minutesBy5 % (24 * 12) * 5));
}
