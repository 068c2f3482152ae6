using FsCheck;
using FsCheck.Fluent;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class LatencyHistogramTests
{
    [Test]
    public void A_quantile_is_within_a_few_percent_of_the_exact_one()
        => Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(0, 200_000_000).NonEmptyListOf().ToArbitrary(),
            Gen.Choose(0, 100).ToArbitrary(),
            (microseconds, percent) =>
            {
                var histogram = new LatencyHistogram();
                foreach (var value in microseconds)
                {
                    histogram.Add(TimeSpan.FromMicroseconds(value));
                }

                var rank = Math.Max((int)Math.Ceiling(percent / 100.0 * microseconds.Count), 1);
                var exact = microseconds.Order().ElementAt(rank - 1);
                return Math.Abs(histogram.Quantile(percent / 100.0).TotalMicroseconds - exact) <= 1 + 0.032 * exact;
            }));

    [Test]
    public void One_that_goes_on_from_the_counts_of_another_answers_as_that_one_does()
        => Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(-1, int.MaxValue).ListOf().ToArbitrary(),
            microseconds =>
            {
                var histogram = new LatencyHistogram();
                foreach (var value in microseconds)
                {
                    histogram.Add(TimeSpan.FromMicroseconds(value));
                }

                var next = new LatencyHistogram(histogram.Counts);
                var shares = Enumerable.Range(0, 21).Select(step => step / 20.0).ToArray();
                return (next.Count, next.Mean) == (histogram.Count, histogram.Mean)
                    && shares.Select(next.Quantile).SequenceEqual(shares.Select(histogram.Quantile));
            }));

    [Test]
    public void The_mean_is_exact()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromMilliseconds(1));
        histogram.Add(TimeSpan.FromMilliseconds(4));

        Assert.That((histogram.Count, histogram.Mean), Is.EqualTo((2, TimeSpan.FromMilliseconds(2.5))));
    }

    [Test]
    public void Nothing_counted_is_zero()
    {
        var histogram = new LatencyHistogram();

        Assert.That((histogram.Count, histogram.Mean, histogram.Quantile(0.99)), Is.EqualTo((0, TimeSpan.Zero, TimeSpan.Zero)));
    }

    [Test]
    public void Durations_beyond_all_buckets_go_into_the_last()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromDays(10));
        histogram.Add(TimeSpan.FromSeconds(-1));

        Assert.That(histogram.Quantile(1), Is.GreaterThan(TimeSpan.FromHours(1)));
        Assert.That(histogram.Quantile(0), Is.EqualTo(TimeSpan.Zero));
    }
}
