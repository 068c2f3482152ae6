using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads the section <c>policy</c>: what a rollout may do, and when.</summary>
/// <param name="given">What arguments and environment variables say instead.</param>
internal sealed class PolicyReader(SpecOverrides given)
{
    private static readonly Format<int> Approvals = Formats.Whole(0, 10);

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Any week is like another; one begins here.</summary>
    private static readonly DateTime SomeWeek = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Reads the section.</summary>
    /// <returns>The policy, and where its largest step stands, for the rule between it and the steps.</returns>
    public (PolicySpec Policy, Field<int> MaximumStep) Read(MapReader map)
    {
        var zone = map.OrDefault(
            "timeZone", Formats.TimeZone, TimeZoneInfo.Utc, "The time zone whose wall clock the windows are read on.");
        var freeze = ReadWindows(map, "freeze", "Windows in which a rollout is held.");
        var allow = ReadWindows(map, "allow", "Windows outside of which a rollout is held; without any, all times are allowed.");
        var maximumStep = map.OrDefault(
            "maximumStep", Formats.Whole(1, 100), 100, "The most percent points that the candidate's weight rises by in one write.");
        var policy = new PolicySpec
        {
            TimeZone = zone.Value ?? TimeZoneInfo.Utc,
            Freeze = freeze,
            Allow = allow,
            MaximumStep = maximumStep.Value,
            WaitsForWindow = map.OrDefault(
                "waitForWindow",
                Formats.Flag,
                false,
                "Whether a run waits for the next opening, instead of ending as held.",
                given.Argument("--wait-for-window", given.WaitForWindow)).Value,
            Approvals = map.Section("approvals", ReadApprovals, "How many people must have approved, beside the one who started the rollout."),
        };
        if (LeavesNoTime(policy))
        {
            map.Mistake(map.Place, $"The windows of {map.PathOf("freeze")} and {map.PathOf("allow")} leave no time open; allowed: some that do.");
        }

        return (policy, maximumStep);
    }

    private static ApprovalsSpec ReadApprovals(MapReader map) => new(
        map.OrDefault("canary", Approvals, 0, "Before the candidate gets its first traffic.").Value,
        map.OrDefault("promote", Approvals, 0, "Before it gets all traffic.").Value);

    private static ImmutableArray<Window> ReadWindows(MapReader map, string key, string about)
    {
        var written = map.List(key, ReadWindow, about)?.Value ?? [];
        map.HaveOwnNames("window", written.Select(window => window.Name).Where(name => name.IsGood).Select(name => (name.Value, name.Place)));

        foreach (var twice in written
            .SelectMany(entry => entry.Windows, (entry, window) => (entry.Name.Place, Span: window with { Name = "" }))
            .GroupBy(window => window.Span)
            .SelectMany(windows => windows.Skip(1)))
        {
            map.Mistake(twice.Place, "A window before it is active at the same times; allowed: each span of time once.");
        }

        return [.. written.SelectMany(entry => entry.Windows)];
    }

    private static (Field<string> Name, ImmutableArray<Window> Windows) ReadWindow(MapReader map)
    {
        var name = map.Required("name", Formats.Text, "What messages call the window; no two of a list have the same name.");
        var days = map.List(
            "days", Formats.WeekDay, "The days on which it begins at from; it ends at to, on the next day where that is earlier.", "at least one day, or no days");
        var from = map.Required("from", Formats.WindowEdge, "The first moment in it, on the wall clock of the time zone: a time of the week, a date and time, or beside days a time.");
        var to = map.Required("to", Formats.WindowEdge, "The first moment after it, in the same form.");
        return (name, from.IsGood && to.IsGood && days.All(day => day.IsGood) ? Windows(map, name.Value, days, from, to) : []);
    }

    private static ImmutableArray<Window> Windows(
        MapReader map,
        string name,
        ImmutableArray<Field<DayOfWeek>> days,
        Field<WindowEdge> from,
        Field<WindowEdge> to)
    {
        if (days.IsEmpty && map.Has("days"))
        {
            return [];
        }

        var (begin, end) = (from.Value, to.Value);
        if (begin == end)
        {
            map.Mistake(to.Place, $"The window ends when it begins, {begin}; allowed: another end.");
            return [];
        }

        switch (begin, end)
        {
            case ({ Day: null, Date: null }, { Day: null, Date: null }) when !days.IsEmpty:
                var nextDay = end.Time < begin.Time ? 1 : 0;
                return
                [
                    .. days.Select(day => day.Value).Distinct().Select(day => new WeeklyWindow(
                        name, new(day, begin.Time), new((DayOfWeek)(((int)day + nextDay) % 7), end.Time))),
                ];
            case ({ Day: { } first }, { Day: { } last }) when days.IsEmpty:
                return [new WeeklyWindow(name, new(first, begin.Time), new(last, end.Time))];
            case ({ Date: { } first }, { Date: { } last }) when days.IsEmpty:
                var window = new OneOffWindow(name, first.ToDateTime(begin.Time), last.ToDateTime(end.Time));
                if (window.From < window.To)
                {
                    return [window];
                }

                map.Mistake(to.Place, $"The window ends at {end} and begins at {begin}; allowed: an end after the beginning.");
                return [];
            default:
                map.Mistake(
                    from.Place,
                    $"The window goes from {begin} to {end}{(days.IsEmpty ? "" : " of days")}; allowed: two times of the week, two dates with "
                    + "their times, or days and two times.");
                return [];
        }
    }

    /// <summary>Whether the weekly windows alone keep everything closed for ever. One-off windows that open something are no mistake.</summary>
    private static bool LeavesNoTime(PolicySpec policy)
    {
        var weekly = policy with { Freeze = [.. policy.Freeze.OfType<WeeklyWindow>()] };
        if (policy.Allow.OfType<OneOffWindow>().Any())
        {
            return false;
        }

        DateTime? wall = SomeWeek;
        while (wall < SomeWeek + Week && !weekly.IsOpen(wall.Value))
        {
            wall = weekly.Windows.Select(window => window.NextTurn(wall.Value)).Min();
        }

        return !(wall < SomeWeek + Week);
    }
}
