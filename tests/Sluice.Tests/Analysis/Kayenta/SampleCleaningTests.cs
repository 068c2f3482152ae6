using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Kayenta;

[Category("Unit")]
internal sealed class SampleCleaningTests
{
    private static readonly CanaryMetric Metric = new("latency");

    [TestCase(NanStrategy.Remove, new double[] { 1, 3 })]
    [TestCase(NanStrategy.Replace, new double[] { 1, 0, 0, 3 })]
    public void What_is_no_number_is_left_out_or_counts_as_none(NanStrategy strategy, double[] expected)
    {
        var cleaned = SampleCleaning.Clean(Metric with { NanStrategy = strategy }, [1, double.NaN, double.PositiveInfinity, 3]);

        Assert.That(cleaned, Is.EqualTo(expected));
    }

    // R: quantile(c(15, 20, 35, 40, 50), p, type = 7).
    [TestCase(0, 15)]
    [TestCase(0.05, 16)]
    [TestCase(0.25, 20)]
    [TestCase(0.4, 29)]
    [TestCase(0.5, 35)]
    [TestCase(0.95, 48)]
    [TestCase(1, 50)]
    public void Percentiles_lie_on_the_line_between_two_values(double share, double expected) =>
        Assert.That(SampleCleaning.Percentile([15, 20, 35, 40, 50], share), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void The_percentile_of_one_value_is_that_value() => Assert.That(SampleCleaning.Percentile([7], 0.99), Is.EqualTo(7));

    [Test]
    public void Outliers_stay_unless_they_are_unwanted() =>
        Assert.That(SampleCleaning.Clean(Metric, [1, 2, 3, 1000]), Is.EqualTo(new double[] { 1, 2, 3, 1000 }));

    [Test]
    public void Of_many_values_what_lies_beyond_both_fence_and_percentile_is_left_out()
    {
        // The quartiles are near 25 and 76: the fences are near -130 and 231, and the percentiles closer.
        double[] values = [.. Enumerable.Range(0, 101).Select(number => (double)number)];

        var cleaned = SampleCleaning.Clean(Metric with { OutlierFactor = 3 }, [.. values, -1000, 300, 200]);

        Assert.That(cleaned, Is.EqualTo((double[])[.. values, 200]));
    }

    [Test]
    public void What_lies_beyond_the_fence_stays_within_the_percentiles()
    {
        // Nine in ten are 0: the fences lie there too, and the 99th percentile at 1.
        double[] values = [.. Enumerable.Repeat(0.0, 90), .. Enumerable.Repeat(1.0, 10)];

        Assert.That(SampleCleaning.Clean(Metric with { OutlierFactor = 3 }, [.. values]), Is.EqualTo(values));
    }

    [Test]
    public void Without_values_there_are_no_outliers() =>
        Assert.That(SampleCleaning.Clean(Metric with { OutlierFactor = 3 }, []), Is.Empty);
}
