using System.Globalization;
using Sluice.Rollouts.Planning.Policies;
using Sluice.Rollouts.Spec;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>Windows where the wall clock is simple, and where it skips and repeats readings.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class PolicyCalendarTests
{
    private static readonly WeeklyWindow Weekend = Weekly(DayOfWeek.Friday, "16:00", DayOfWeek.Monday, "06:00");
    private static readonly WeeklyWindow Tuesday = Weekly(DayOfWeek.Tuesday, "09:00", DayOfWeek.Tuesday, "17:00");

    [TestCase("2026-01-09T14:59Z", "2026-01-09T14:59Z", Description = "Friday, a minute before it begins in Berlin")]
    [TestCase("2026-01-09T15:00Z", "2026-01-12T05:00Z", Description = "it begins")]
    [TestCase("2026-01-12T04:59:59Z", "2026-01-12T05:00Z", Description = "a second before it ends")]
    [TestCase("2026-01-12T05:00Z", "2026-01-12T05:00Z", Description = "it ends")]
    [TestCase("2026-03-28T12:00Z", "2026-03-30T04:00Z", Description = "summer time begins in it")]
    [TestCase("2026-10-24T12:00Z", "2026-10-26T05:00Z", Description = "summer time ends in it")]
    public void A_weekend_is_frozen(string now, string opening) => AssertOpening("Europe/Berlin", now, opening, freeze: [Weekend]);

    [TestCase("2026-01-05T08:00Z", "2026-01-06T09:00Z")]
    [TestCase("2026-01-06T09:00Z", "2026-01-06T09:00Z")]
    [TestCase("2026-01-06T17:00Z", "2026-01-13T09:00Z")]
    public void Only_Tuesday_is_allowed(string now, string opening) => AssertOpening("UTC", now, opening, allow: [Tuesday]);

    [Test]
    public void A_freeze_wins_over_an_allowed_window() => AssertOpening(
        "UTC",
        "2026-01-06T08:00Z",
        "2026-01-13T09:00Z",
        freeze: [Once("2026-01-06T00:00", "2026-01-07T00:00")],
        allow: [Tuesday]);

    [Test]
    public void Freezes_that_follow_one_another_are_one() => AssertOpening(
        "UTC",
        "2026-12-24T00:00Z",
        "2027-01-02T00:00Z",
        freeze: [Once("2026-12-23T00:00", "2026-12-27T12:00"), Once("2026-12-27T12:00", "2027-01-02T00:00")]);

    [Test]
    public void When_the_last_allowed_window_is_over_there_is_no_next_opening() =>
        AssertOpening("UTC", "2026-03-01T00:00Z", null, allow: [Once("2026-02-01T00:00", "2026-03-01T00:00")]);

    [Test]
    public void An_allowed_window_years_ahead_is_found() =>
        AssertOpening("Europe/Berlin", "2026-03-01T00:00Z", "2031-06-30T22:00Z", allow: [Once("2031-07-01T00:00", "2031-07-02T00:00")]);

    [TestCase("2026-03-29T00:59:59Z", "2026-03-29T00:59:59Z")]
    [TestCase("2026-03-29T01:00Z", "2026-03-29T01:00Z")]
    public void A_window_in_the_hour_that_clocks_skip_does_not_come(string now, string opening) =>
        AssertOpening("Europe/Berlin", now, opening, freeze: [Weekly(DayOfWeek.Sunday, "02:00", DayOfWeek.Sunday, "03:00")]);

    [Test]
    public void A_window_that_ends_in_the_hour_that_clocks_skip_ends_with_what_comes_before_it() => AssertOpening(
        "Europe/Berlin",
        "2026-03-29T00:30Z",
        "2026-03-29T01:00Z",
        freeze: [Weekly(DayOfWeek.Sunday, "01:00", DayOfWeek.Sunday, "02:30")]);

    [Test]
    public void An_allowed_window_that_clocks_skip_comes_a_week_later() => AssertOpening(
        "America/New_York",
        "2026-03-08T00:00Z",
        "2026-03-15T06:15Z",
        allow: [Weekly(DayOfWeek.Sunday, "02:15", DayOfWeek.Sunday, "02:45")]);

    [TestCase("2026-11-01T05:00Z", "2026-11-01T05:30Z")]
    [TestCase("2026-11-01T05:30Z", "2026-11-01T05:30Z")]
    [TestCase("2026-11-01T06:00Z", "2026-11-01T06:30Z")]
    public void A_window_in_the_hour_that_comes_twice_comes_twice(string now, string opening) =>
        AssertOpening("America/New_York", now, opening, freeze: [Weekly(DayOfWeek.Sunday, "01:00", DayOfWeek.Sunday, "01:30")]);

    [TestCase("2026-04-04T14:30Z", "2026-04-04T14:45Z", Description = "01:30 for the first time")]
    [TestCase("2026-04-04T14:50Z", "2026-04-04T14:50Z", Description = "01:50")]
    [TestCase("2026-04-04T15:00Z", "2026-04-04T15:15Z", Description = "01:30 for the second time, half an hour later")]
    public void Where_summer_time_is_half_an_hour_half_an_hour_comes_twice(string now, string opening) =>
        AssertOpening("Australia/Lord_Howe", now, opening, freeze: [Weekly(DayOfWeek.Sunday, "01:30", DayOfWeek.Sunday, "01:45")]);

    [Test]
    public void A_point_in_time_is_shown_as_the_wall_clock_shows_it() =>
        Assert.That(
            new PolicyCalendar(In("Europe/Berlin")).Show(At("2026-01-12T05:00Z")),
            Is.EqualTo("Mon 2026-01-12 06:00 +01:00 (Europe/Berlin)"));

    private static void AssertOpening(string zone, string now, string? opening, Window[]? freeze = null, Window[]? allow = null)
    {
        var calendar = new PolicyCalendar(In(zone) with { Freeze = [.. freeze ?? []], Allow = [.. allow ?? []] });

        Assert.That(calendar.NextOpening(At(now)), Is.EqualTo(opening is null ? null : At(opening)));
        Assert.That(calendar.IsOpen(At(now)), Is.EqualTo(now == opening));
    }

    private static PolicySpec In(string zone) => new() { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static OneOffWindow Once(string from, string to) =>
        new("once", DateTime.Parse(from, CultureInfo.InvariantCulture), DateTime.Parse(to, CultureInfo.InvariantCulture));

    private static WeeklyWindow Weekly(DayOfWeek first, string from, DayOfWeek last, string to) => new(
        "weekly",
        new(first, TimeOnly.Parse(from, CultureInfo.InvariantCulture)),
        new(last, TimeOnly.Parse(to, CultureInfo.InvariantCulture)));
}
