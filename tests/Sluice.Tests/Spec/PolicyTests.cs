using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>The section policy: what its forms mean, and what people get wrong.</summary>
[TestFixture]
[Category("Unit")]
public sealed class PolicyTests
{
    [Test]
    public void Without_the_section_everything_is_allowed()
    {
        using var folder = new SpecFolder();

        var policy = folder.Read().Spec!.Policy;

        Assert.That(
            (policy.Windows.Count(), policy.MaximumStep, policy.WaitsForWindow, policy.TimeZone.Id), Is.EqualTo((0, 100, false, TimeZoneInfo.Utc.Id)));
    }

    [Test]
    public void Every_form_of_a_window_is_read()
    {
        using var folder = With("""
            "timeZone": "Europe/Berlin", "maximumStep": 50, "waitForWindow": true,
            "freeze": [
              { "name": "weekend", "from": "Fri 16:00", "to": "Mon 06:00" },
              { "name": "Black Friday", "from": "2026-11-27T00:00", "to": "2026-12-01T00:00" }
            ],
            "allow": [
              { "name": "office hours", "days": ["Mon", "Thu"], "from": "09:00", "to": "17:00" },
              { "name": "night", "days": ["Sat"], "from": "22:00", "to": "00:00" }
            ]
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var policy = reading.Spec!.Policy;
        Assert.Multiple(() =>
        {
            Assert.That((policy.TimeZone.Id, policy.MaximumStep, policy.WaitsForWindow), Is.EqualTo(("Europe/Berlin", 50, true)));
            Assert.That(policy.Freeze, Is.EqualTo(new Window[]
            {
                new WeeklyWindow("weekend", new(DayOfWeek.Friday, new(16, 0)), new(DayOfWeek.Monday, new(6, 0))),
                new OneOffWindow("Black Friday", new(2026, 11, 27), new(2026, 12, 1)),
            }));
            Assert.That(policy.Allow, Is.EqualTo(new Window[]
            {
                new WeeklyWindow("office hours", new(DayOfWeek.Monday, new(9, 0)), new(DayOfWeek.Monday, new(17, 0))),
                new WeeklyWindow("office hours", new(DayOfWeek.Thursday, new(9, 0)), new(DayOfWeek.Thursday, new(17, 0))),
                new WeeklyWindow("night", new(DayOfWeek.Saturday, new(22, 0)), new(DayOfWeek.Sunday, new(0, 0))),
            }));
        });
    }

    [Test]
    public void The_name_that_Windows_has_for_a_time_zone_is_known_too()
    {
        using var folder = With("\"timeZone\": \"W. Europe Standard Time\"");

        var noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.That(folder.Read().Spec!.Policy.TimeZone.GetUtcOffset(noon), Is.EqualTo(TimeSpan.FromHours(2)));
    }

    [TestCase("\"timeZone\": \"Europe/Berln\"", "policy.timeZone is \"Europe/Berln\"; allowed: the name of a time zone as IANA writes it, such as "
        + "Europe/Berlin, or as Windows does.")]
    [TestCase("\"maximumStep\": 101", "policy.maximumStep is 101; allowed: a whole number from 1 to 100.")]
    [TestCase("\"frees\": []", "The key policy.frees is not known; did you mean policy.freeze?")]
    [TestCase("\"freeze\": [{ \"from\": \"Fri 16:00\", \"to\": \"Mon 06:00\" }]",
        "policy.freeze[0].name is missing; allowed: a text that is not empty.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 24:00\", \"to\": \"Mon 06:00\" }]",
        "policy.freeze[0].from is \"Fri 24:00\"; allowed: a time of the week such as Fri 16:00, a date and time such as 2026-12-24T12:00, or "
        + "beside days a time such as 09:00.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"2026-02-29T00:00\", \"to\": \"2026-03-01T00:00\" }]",
        "policy.freeze[0].from is \"2026-02-29T00:00\"; allowed: a time of the week such as Fri 16:00, a date and time such as "
        + "2026-12-24T12:00, or beside days a time such as 09:00.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 16:00\", \"to\": \"Fri 16:00\" }]",
        "The window ends when it begins, Fri 16:00; allowed: another end.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"2026-12-27T00:00\", \"to\": \"2026-12-24T00:00\" }]",
        "The window ends at 2026-12-24T00:00 and begins at 2026-12-27T00:00; allowed: an end after the beginning.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 16:00\", \"to\": \"2026-12-24T00:00\" }]",
        "The window goes from Fri 16:00 to 2026-12-24T00:00; allowed: two times of the week, two dates with their times, or days and two times.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"09:00\", \"to\": \"17:00\" }]",
        "The window goes from 09:00 to 17:00; allowed: two times of the week, two dates with their times, or days and two times.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"days\": [\"Mon\"], \"from\": \"Mon 09:00\", \"to\": \"Mon 17:00\" }]",
        "The window goes from Mon 09:00 to Mon 17:00 of days; allowed: two times of the week, two dates with their times, or days and two times.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"days\": [\"Monday\"], \"from\": \"09:00\", \"to\": \"17:00\" }]",
        "policy.freeze[0].days[0] is \"Monday\"; allowed: Mon, Tue, Wed, Thu, Fri, Sat, Sun.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"days\": [], \"from\": \"09:00\", \"to\": \"17:00\" }]",
        "policy.freeze[0].days is empty; allowed: at least one day, or no days.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 16:00\", \"to\": \"Mon 06:00\" }, { \"name\": \"x\", \"from\": \"Tue 16:00\", \"to\": "
        + "\"Tue 17:00\" }]",
        "A window before it, in line 13, is called \"x\"; allowed: a name of its own.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 16:00\", \"to\": \"Fri 17:00\" }, { \"name\": \"y\", \"days\": [\"Fri\"], \"from\": "
        + "\"16:00\", \"to\": \"17:00\" }]",
        "A window before it is active at the same times; allowed: each span of time once.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 16:00\", \"to\": \"Mon 06:00\" }, { \"name\": \"y\", \"from\": \"Mon 06:00\", \"to\": "
        + "\"Fri 16:00\" }]",
        "The windows of policy.freeze and policy.allow leave no time open; allowed: some that do.")]
    [TestCase("\"freeze\": [{ \"name\": \"x\", \"from\": \"Fri 16:00\", \"to\": \"Mon 06:00\" }], \"allow\": [{ \"name\": \"y\", \"from\": "
        + "\"Sat 00:00\", \"to\": \"Sun 00:00\" }]",
        "The windows of policy.freeze and policy.allow leave no time open; allowed: some that do.")]
    public void A_policy_that_means_nothing_is_told(string policy, string message)
    {
        using var folder = With(policy);

        Assert.That(folder.Mistakes().Select(WithoutPlace), Is.EqualTo(new[] { message }));
    }

    [Test]
    public void Overlapping_windows_are_fine_while_some_time_is_left()
    {
        using var folder = With("""
            "freeze": [
              { "name": "weekend", "from": "Fri 16:00", "to": "Mon 06:00" },
              { "name": "Saturday", "from": "Sat 00:00", "to": "Sun 00:00" },
              { "name": "Christmas", "from": "2026-12-24T00:00", "to": "2027-01-04T00:00" }
            ],
            "allow": [{ "name": "Friday", "days": ["Fri"], "from": "09:00", "to": "17:00" }]
            """);

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [Test]
    public void A_step_is_held_against_the_largest_one()
    {
        using var folder = With("\"maximumStep\": 39");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(17,19): The step of 50 % comes after 10 %; allowed: a rise of at most 39 percent points (policy.maximumStep).",
            "local.json(17,19): The last step of 50 % leaves a rise of 50 percent points to Promote; allowed: at most 39 (policy.maximumStep).",
        }));
    }

    [Test]
    public void Steps_of_the_command_line_are_held_against_the_largest_one()
    {
        using var folder = With("\"maximumStep\": 30");

        Assert.Multiple(() =>
        {
            Assert.That(folder.Mistakes(new SpecOverrides { Steps = [25, 50, 70] }), Is.Empty);
            Assert.That(folder.Mistakes(new SpecOverrides { Steps = [31, 60, 75] }), Is.EqualTo(new[]
            {
                "--steps: The step of 31 % comes after 0 %; allowed: a rise of at most 30 percent points (policy.maximumStep).",
            }));
        });
    }

    private static SpecFolder With(string policy)
    {
        var folder = new SpecFolder();
        folder.Replace("local.json", "  \"rollout\": {", $"  \"policy\": {{ {policy} }},\n  \"rollout\": {{");
        return folder;
    }

    private static string WithoutPlace(string mistake) => mistake[(mistake.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
