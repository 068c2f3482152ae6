using Sluice.Rollouts.Analysis.Samples;

namespace Sluice.Tests.Analysis;

[TestFixture]
[Category("Unit")]
internal sealed class RunningQuantileTests
{
    [TestCase(1)]
    [TestCase(50)]
    [TestCase(95)]
    [TestCase(99)]
    [TestCase(100)]
    public void A_quantile_of_a_growing_sample_is_at_each_value_the_one_of_the_whole_sample(int percent)
    {
        var random = new Random(percent);
        var running = new RunningQuantile(percent);
        List<double> sample = [];
        for (var values = 1; values <= 500; values++)
        {
            // Many values are equal, as latencies in whole milliseconds are.
            sample.Add(random.Next(60));
            running.Add(sample[^1]);

            Assert.That((running.Count, running.Value), Is.EqualTo((values, NearestRank.Of(sample, percent))));
        }
    }
}
