using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class KolmogorovSmirnovTests
{
    [Test]
    public void The_p_values_are_those_of_the_vectors()
    {
        foreach (var one in Vectors.Read("drift-and-agreement.json", "ks"))
        {
            double[] first = [.. one.Numbers("a").Order()];
            double[] second = [.. one.Numbers("b").Order()];
            var distance = KolmogorovSmirnov.Distance(first, second);

            Assert.That(distance, Is.EqualTo(one.Number("statistic")).Within(1e-9));
            Assert.That(
                KolmogorovSmirnov.ExactPValue(distance, first.Length, second.Length),
                Is.EqualTo(one.Number("pExact")).Within(1e-9));
            if (one["pAsymp"] is not null)
            {
                Assert.That(
                    KolmogorovSmirnov.ApproximatePValue(distance, first.Length, second.Length),
                    Is.EqualTo(one.Number("pAsymp")).Within(1e-6));
            }
        }
    }

    [Test]
    public void The_approximation_is_the_law_of_one_sample_and_not_the_limit() =>
        Assert.That(KolmogorovSmirnov.ApproximatePValue(0.13666666666666666, 200, 150), Is.EqualTo(0.0730891).Within(1e-7));

    [TestCase(1, 0.8, 0.4)]
    [TestCase(2, 0.5, 1 - 0.5)]
    [TestCase(2, 0.75, 0.125)]
    public void The_law_of_one_sample_is_known_for_small_ones(int size, double distance, double expected) =>
        Assert.That(KolmogorovSmirnov.OneSamplePValue(distance, size), Is.EqualTo(expected).Within(1e-12));

    [TestCase(0.9)]
    [TestCase(1.36)]
    [TestCase(2.0)]
    [TestCase(2.19)]
    public void The_law_of_one_sample_has_no_step_where_the_computation_changes(double scaled)
    {
        var computed = KolmogorovSmirnov.OneSamplePValue(scaled / Math.Sqrt(2000), 2000);
        var approximated = KolmogorovSmirnov.OneSamplePValue(scaled / Math.Sqrt(2001), 2001);

        Assert.That(approximated, Is.EqualTo(computed).Within(2e-5));
        Assert.That(
            KolmogorovSmirnov.OneSamplePValue(2.2001 / Math.Sqrt(500), 500),
            Is.EqualTo(KolmogorovSmirnov.OneSamplePValue(2.1999 / Math.Sqrt(500), 500)).Within(1e-6));
    }

    [Test]
    public void Samples_apart_are_as_far_as_can_be()
    {
        Assert.That(KolmogorovSmirnov.Distance([1, 2], [3, 4, 5]), Is.EqualTo(1));
        Assert.That(KolmogorovSmirnov.ExactPValue(1, 2, 3), Is.EqualTo(2 / 10.0).Within(1e-12));
        Assert.That(KolmogorovSmirnov.ExactPValue(0, 2, 3), Is.EqualTo(1));
        Assert.That(KolmogorovSmirnov.Distance([], [1]), Is.NaN);
    }

    [Test]
    public void The_exact_p_value_counts_the_orders_of_the_joint_sample()
    {
        // All 35 orders of three and four values.
        var orders = Enumerable.Range(0, 1 << 7).Where(order => int.PopCount(order) == 3).ToList();
        foreach (var distance in new[] { 1 / 4.0, 5 / 12.0, 2 / 3.0, 3 / 4.0 })
        {
            var asFar = orders.Count(order =>
            {
                double[] first = [.. Enumerable.Range(0, 7).Where(place => (order >> place & 1) == 1).Select(place => (double)place)];
                double[] second = [.. Enumerable.Range(0, 7).Where(place => (order >> place & 1) == 0).Select(place => (double)place)];
                return KolmogorovSmirnov.Distance(first, second) >= distance - 1e-9;
            });

            Assert.That(KolmogorovSmirnov.ExactPValue(distance, 3, 4), Is.EqualTo(asFar / 35.0).Within(1e-12));
        }
    }

    [TestCase(0.05, 8.122719)]
    [TestCase(0.025, 8.622649)]
    [TestCase(0.02, 8.783603)]
    [TestCase(0.01, 9.283543)]
    [TestCase(0.005, 9.783365)]
    public void The_constant_of_the_band(double alpha, double constant) =>
        Assert.That(SequentialKolmogorovSmirnov.ConstantFor(alpha), Is.EqualTo(constant).Within(1e-6));

    [Test]
    public void The_bands_are_those_of_the_vectors()
    {
        var cases = Vectors.Read("confseq-boundaries.json", "empirical_process_lil_bound");

        Assert.That(cases, Has.Count.EqualTo(14));
        foreach (var one in cases)
        {
            Assert.That(
                new SequentialKolmogorovSmirnov(one.Number("alpha"), one.Number("t_min")).Band(one.Number("t")),
                Closeness.To(one.Number("bound")),
                one.ToJsonString());
        }
    }

    [Test]
    public void The_band_of_a_thousand() =>
        Assert.That(new SequentialKolmogorovSmirnov(0.05, 100).Band(1000), Is.EqualTo(0.08204779).Within(1e-8));

    [Test]
    public void A_sequential_comparison_waits_for_both_samples()
    {
        double[] low = [.. Enumerable.Range(0, 500).Select(number => number / 500.0)];
        double[] high = [.. low.Select(number => number + 0.5)];

        var band = SequentialKolmogorovSmirnov.OfTwoSamples(0.05, 100);

        Assert.That(band.Differ(low, high));
        Assert.That(band.Differ(low, low), Is.False);
        Assert.That(band.Differ(low, high.AsSpan(0, 99)), Is.False);
        Assert.That(band.Differ(low, []), Is.False);
    }
}
