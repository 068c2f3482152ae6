using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class DeploymentMetricsTests
{
    private static readonly RequestOutcome Good = new(200, 200);

    [Test]
    public void A_minute_that_is_overwritten_after_hours_starts_from_zero()
    {
        var time = new ManualTime();
        var metrics = new DeploymentMetrics(time);
        metrics.Now.Count(Good);

        time.Advance(TimeSpan.FromMinutes(DeploymentMetrics.Kept));
        metrics.Now.Count(Good);

        var minutes = metrics.Between(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(1));
        Assert.That(minutes.Select(minute => minute.Requests[Good]), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Minutes_older_than_what_is_kept_are_not_shown_even_when_nothing_came_after_them()
    {
        var time = new ManualTime();
        var metrics = new DeploymentMetrics(time);
        metrics.Now.Count(Good);

        time.Advance(TimeSpan.FromMinutes(DeploymentMetrics.Kept + 5));

        Assert.That(metrics.Between(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(1)), Is.Empty);
    }

    [Test]
    public void A_span_gives_the_minutes_in_it_oldest_first()
    {
        var time = new ManualTime();
        var metrics = new DeploymentMetrics(time);
        var start = time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            metrics.Now.Count(Good);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var minutes = metrics.Between(start.AddMinutes(1), start.AddMinutes(3));

        Assert.That(minutes.Select(minute => minute.Start), Is.EqualTo(new[] { start.AddMinutes(1), start.AddMinutes(2) }));
    }

    [Test]
    public void A_minute_of_an_earlier_process_is_gone_on_with()
    {
        var time = new ManualTime();
        var before = new DeploymentMetrics(time);
        before.Now.Count(Good, TimeSpan.FromMilliseconds(4));
        var metrics = new DeploymentMetrics(time);

        metrics.Restore(new MetricsMinute(before.Now.Start, before.Now.Requests, before.Now.Latency.Counts));
        metrics.Now.Count(Good, TimeSpan.FromMilliseconds(2));

        Assert.That(metrics.All.Single().Requests[Good], Is.EqualTo(2));
        Assert.That(metrics.Now.Latency.Mean, Is.EqualTo(TimeSpan.FromMilliseconds(3)));
    }

    [Test]
    public void A_minute_of_an_earlier_process_takes_no_later_ones_place()
    {
        var time = new ManualTime();
        var metrics = new DeploymentMetrics(time);
        var later = time.GetUtcNow();
        var earlier = later.AddMinutes(-DeploymentMetrics.Kept);

        metrics.Restore(new MetricsMinute(later));
        metrics.Restore(new MetricsMinute(earlier));

        Assert.That(metrics.All.Select(minute => minute.Start), Is.EqualTo(new[] { later }));
    }

    [Test]
    public void No_count_is_lost_among_threads()
    {
        var metrics = new DeploymentMetrics(new ManualTime());

        Parallel.For(0, 10_000, i => metrics.Now.Count(new RequestOutcome(i % 2 == 0 ? 200 : 424, 200), TimeSpan.FromMicroseconds(i)));

        Assert.That(metrics.Now.Requests.Values, Is.All.EqualTo(5000));
        Assert.That(metrics.Now.Latency.Count, Is.EqualTo(10_000));
    }

    [TestCase(200, "2xx")]
    [TestCase(408, "4xx")]
    [TestCase(500, "5xx")]
    public void A_status_has_its_class(int status, string expected)
    {
        Assert.That(new RequestOutcome(status, 0).StatusClass, Is.EqualTo(expected));
    }
}
