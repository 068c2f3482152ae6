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

    [TestCase(1, 2)]
    [TestCase(20, 15)]
    [TestCase(200, 330)]
    [TestCase(300, 306)]
    [TestCase(300, 350)]
    public void An_operation_that_takes_about_its_usual_time_is_noticed_soon_after_few_polls(double usualSeconds, double takenSeconds)
    {
        var (usual, taken) = (TimeSpan.FromSeconds(usualSeconds), TimeSpan.FromSeconds(takenSeconds));
        var (elapsed, polls) = (TimeSpan.Zero, 1);
        for (; elapsed < taken; polls++)
        {
            elapsed += PollPause.InOperation(elapsed, usual, retryAfter: null);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(polls, Is.LessThanOrEqualTo(40));
            Assert.That(elapsed - taken, Is.LessThanOrEqualTo(taken * 0.07));
        }
    }

    [Test]
    public void An_operation_of_five_minutes_takes_at_most_25_polls_and_is_noticed_within_five_percent()
    {
        var usual = TimeSpan.FromMinutes(5);
        for (var taken = usual; taken < usual * 1.03; taken += TimeSpan.FromSeconds(1))
        {
            var (elapsed, polls) = (TimeSpan.Zero, 1);
            for (; elapsed < taken; polls++)
            {
                elapsed += PollPause.InOperation(elapsed, usual, retryAfter: null);
            }

            Assert.That(polls, Is.LessThanOrEqualTo(25), $"{taken}");
            Assert.That(elapsed - taken, Is.LessThanOrEqualTo(taken * 0.05), $"{taken}");
        }
    }

    [TestCase(300, 0.2)]
    [TestCase(20, 400)]
    public void An_operation_that_is_far_from_its_usual_time_is_noticed_all_the_same(double usualSeconds, double takenSeconds)
    {
        var (usual, taken) = (TimeSpan.FromSeconds(usualSeconds), TimeSpan.FromSeconds(takenSeconds));
        var elapsed = TimeSpan.Zero;
        while (elapsed < taken)
        {
            elapsed += PollPause.InOperation(elapsed, usual, retryAfter: null);
        }

        Assert.That(elapsed - taken, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public void What_the_service_asks_for_wins_in_an_operation_as_well() =>
        Assert.That(
            PollPause.InOperation(TimeSpan.FromSeconds(299), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(17)),
            Is.EqualTo(TimeSpan.FromSeconds(17)));
}
