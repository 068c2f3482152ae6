using Sluice.Rollouts.Analysis.Measurements;

namespace Sluice.Tests.Analysis.Measurements;

[Category("Unit")]
internal sealed class MeasurementScheduleTests
{
    private static readonly MetricLimits Limits = new()
    {
        Count = 3,
        Interval = TimeSpan.FromMinutes(5),
        InitialDelay = TimeSpan.FromMinutes(2),
    };

    // Measurements end a minute apart, from the start on.
    [TestCase("", 120)]
    [TestCase("S", 300)]
    [TestCase("SS", 360)]
    [TestCase("E", 10)]
    [TestCase("SE", 70)]
    [TestCase("SES", 420)]
    [TestCase("SSS", null)]
    [TestCase("SSES", null)]
    [TestCase("F", null)]
    [TestCase("I", null)]
    [TestCase("EEEE", 190)]
    [TestCase("EEEEE", null)]
    public void The_next_measurement_is_an_interval_after_the_last_and_after_an_error_sooner(string letters, int? seconds)
    {
        var next = MeasurementSchedule.Next(Limits, Measured.Start, Measured.Of(letters));

        Assert.That(next, Is.EqualTo(seconds is { } after ? Measured.Start.AddSeconds(after) : (DateTimeOffset?)null));
    }

    [TestCase("", 0)]
    [TestCase("E", 10)]
    [TestCase("S", null)]
    public void Without_an_interval_there_is_one_measurement(string letters, int? seconds)
    {
        var next = MeasurementSchedule.Next(new MetricLimits(), Measured.Start, Measured.Of(letters));

        Assert.That(next, Is.EqualTo(seconds is { } after ? Measured.Start.AddSeconds(after) : (DateTimeOffset?)null));
    }

    [Test]
    public void An_error_is_retried_after_ten_seconds_also_where_the_interval_is_shorter()
    {
        var next = MeasurementSchedule.Next(Limits with { Interval = TimeSpan.FromSeconds(1) }, Measured.Start, Measured.Of("E"));

        Assert.That(next, Is.EqualTo(Measured.Start.AddSeconds(10)));
    }

    [Test]
    public void Without_a_count_there_is_always_a_next_one()
    {
        var next = MeasurementSchedule.Next(Limits with { Count = null }, Measured.Start, Measured.Of(new string('S', 100)));

        Assert.That(next, Is.EqualTo(Measured.Start.AddMinutes(99 + 5)));
    }
}
