using MathNet.Numerics.Distributions;

namespace Sluice.Tests.Analysis;

/// <summary>The simulations are worth what their random numbers are worth.</summary>
[Category("Unit")]
internal sealed class DrawsTests
{
    [TestCase(900, 0.01)]
    [TestCase(900, 0.2)]
    [TestCase(100, 0.1)]
    [TestCase(100, 0.9)]
    [TestCase(1000, 0.5)]
    [TestCase(10, 0.3)]
    public void Binomial_counts_have_the_distribution_that_their_name_says(int trials, double probability)
    {
        const int draws = 40_000;
        var random = new Random(MonteCarlo.Seed);
        var counts = new int[trials + 1];
        for (var i = 0; i < draws; i++)
        {
            counts[random.Binomial(trials, probability)]++;
        }

        // A χ² over the counts that are expected at least ten times; the others are put together.
        var (statistic, cells, restExpected, restSeen) = (0.0, 0, 0.0, 0.0);
        for (var k = 0; k <= trials; k++)
        {
            var expected = draws * Binomial.PMF(probability, trials, k);
            if (expected < 10)
            {
                (restExpected, restSeen) = (restExpected + expected, restSeen + counts[k]);
                continue;
            }

            statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
            cells++;
        }

        statistic += restExpected < 1 ? 0 : (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
        TestContext.Out.WriteLine($"SLUICE_SEED={MonteCarlo.Seed}: χ² {statistic:0.0} of {cells} cells");
        Assert.That(statistic, Is.LessThan(ChiSquared.InvCDF(cells, 0.9999)));
    }
}
