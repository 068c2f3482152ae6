using FsCheck;
using FsCheck.Fluent;
using Sluice.AzureML.Waiting;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class PollPauseTests
{
    [TestCase(0, 50)]
    [TestCase(0.4, 50)]
    [TestCase(8, 1000)]
    [TestCase(80, 10_000)]
    [TestCase(3600, 10_000)]
    public void The_pause_is_an_eighth_of_the_wait_so_far_within_bounds(double elapsedSeconds, double pauseMilliseconds)
    {
        var pause = PollPause.After(TimeSpan.FromSeconds(elapsedSeconds), retryAfter: null);

        Assert.That(pause, Is.EqualTo(TimeSpan.FromMilliseconds(pauseMilliseconds)));
    }

    [TestCase(3)]
    [TestCase(120)]
    public void What_the_service_asks_for_wins(double seconds)
    {
        var pause = PollPause.After(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(seconds));

        Assert.That(pause, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void The_pause_never_shrinks_as_time_goes_by()
    {
        var times = ArbMap.Default.ArbFor<NonNegativeInt>();
        Prop.ForAll(times, times, (one, other) =>
        {
            var (early, late) = (Math.Min(one.Get, other.Get), Math.Max(one.Get, other.Get));
            return PollPause.After(TimeSpan.FromMilliseconds(early), null) <= PollPause.After(TimeSpan.FromMilliseconds(late), null);
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void An_operation_of_five_minutes_takes_fewer_than_eighty_polls()
    {
        var (elapsed, polls) = (TimeSpan.Zero, 0);
        for (; elapsed < TimeSpan.FromMinutes(5); polls++)
        {
            elapsed += PollPause.After(elapsed, null);
        }

        Assert.That(polls, Is.LessThan(80));
    }
}
