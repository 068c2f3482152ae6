using Sluice.Emulator.Monitoring;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class MetricPointTests
{
    [Test]
    public void Counts_of_one_minute_add_up_and_minutes_are_averaged()
    {
        var point = MetricPoint.Of([Count(minute: 0, 3), Count(minute: 0, 4), Count(minute: 1, 1)]);

        Assert.That(point, Is.EqualTo(new MetricPoint(Total: 8, Count: 2, Minimum: 1, Maximum: 7)));
    }

    [Test]
    public void Means_are_averaged_by_the_requests_behind_them()
    {
        var point = MetricPoint.Of([Mean(10, weight: 3), Mean(50, weight: 1)]);

        Assert.That(point, Is.EqualTo(new MetricPoint(Total: 80, Count: 4, Minimum: 10, Maximum: 50)));
    }

    [Test]
    public void Nothing_is_no_point() => Assert.That(MetricPoint.Of([]), Is.Null);

    private static MetricSample Count(int minute, double value) =>
        new(Sample.Now.AddMinutes(minute), value, Weight: null, new Dictionary<string, string>());

    private static MetricSample Mean(double value, int weight) => new(Sample.Now, value, weight, new Dictionary<string, string>());
}
