using FsCheck.Fluent;
using Sluice.Rollouts.Planning.Policies;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>Whatever the windows are and the clock does: the calendar says what a walk minute by minute says.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class PolicyCalendarProperties
{
    private const int Days = 30;

    [Test]
    public void Open_and_closed_are_told_as_a_walk_minute_by_minute_tells_them() =>
        Properties.Check(2_000, Policies.AroundChanges().ToArbitrary(), given =>
        {
            Assert.That(
                new PolicyCalendar(given.Policy).IsOpen(given.Time),
                Is.EqualTo(new MinuteByMinute(given.Policy).IsOpen(given.Time)));
            return Task.CompletedTask;
        });

    [Test]
    public void The_next_opening_is_the_first_minute_that_is_open() =>
        Properties.Check(500, Policies.AroundChanges().ToArbitrary(), given =>
        {
            var expected = new MinuteByMinute(given.Policy).NextOpening(given.Time, Days);

            var opening = new PolicyCalendar(given.Policy).NextOpening(given.Time);

            Assert.That(opening, Is.EqualTo(expected), "one-off windows lie within three days, so all openings do within a month");
            return Task.CompletedTask;
        });
}
