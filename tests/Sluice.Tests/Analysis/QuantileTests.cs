using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class QuantileTests
{
    [Test]
    public void The_radii_and_ranks_are_those_of_the_vectors()
    {
        var cases = Vectors.Read("confseq-boundaries.json", "beta_binomial_mixture_bound_two_sided");
        var capped = 0;

        Assert.That(cases, Has.Count.EqualTo(12));
        foreach (var one in cases)
        {
            var (quantile, observations) = (one.Number("quantile"), (long)one.Number("t"));
            var ranks = new QuantileConfidenceSequence(quantile, one.Number("alpha"), one.Number("t_opt")).Ranks(observations);

            Assert.That(ranks.LowerRadius, Closeness.To(one.Number("lowerRadius")), one.ToJsonString());
            Assert.That(ranks.UpperRadius, Closeness.To(one.Number("upperRadius")), one.ToJsonString());
            Assert.That(ranks.Lower, Is.EqualTo((long)one.Number("lowerIndex")), one.ToJsonString());

            // The vectors take the largest observation for a limit there, which it is not.
            var isCapped = Math.Abs(one.Number("upperRadius") - (1 - quantile)) < 1e-12;
            capped += isCapped ? 1 : 0;
            Assert.That(ranks.Upper, Is.EqualTo(isCapped ? null : (long?)one.Number("upperIndex")), one.ToJsonString());
        }

        Assert.That(capped, Is.EqualTo(3));
    }

    [Test]
    public void The_limits_of_a_95th_percentile_of_a_thousand_are_two_order_statistics()
    {
        var ranks = new QuantileConfidenceSequence(0.95, 0.05, 1000).Ranks(1000);

        Assert.That((ranks.Lower, ranks.Upper), Is.EqualTo((928L, 970L)));
        Assert.That(ranks.LowerRadius, Is.EqualTo(0.02258093).Within(1e-8));
        Assert.That(ranks.UpperRadius, Is.EqualTo(0.01920874).Within(1e-8));
    }

    [Test]
    public void Few_observations_have_no_limit_on_the_far_side()
    {
        double[] observations = [.. Enumerable.Range(1, 50).Select(number => (double)number)];

        var high = new QuantileConfidenceSequence(0.99, 0.05, 1000).Of(observations);
        var low = new QuantileConfidenceSequence(0.01, 0.05, 1000).Of(observations);

        Assert.That(high.Upper, Is.EqualTo(double.PositiveInfinity));
        Assert.That(low.Lower, Is.EqualTo(double.NegativeInfinity));
        Assert.That(new QuantileConfidenceSequence(0.5, 0.05, 1000).Of([]), Is.EqualTo(Interval.Everything));
    }

    [Test]
    public void A_quantile_and_its_mirror_image_have_mirrored_ranks()
    {
        var high = new QuantileConfidenceSequence(0.9, 0.05, 500).Ranks(1000);
        var low = new QuantileConfidenceSequence(0.1, 0.05, 500).Ranks(1000);

        Assert.That(low.Lower, Is.EqualTo(1001 - high.Upper));
        Assert.That(low.Upper, Is.EqualTo(1001 - high.Lower));
    }

    [Test]
    public void A_slow_canary_is_told_from_an_equal_one()
    {
        double[] baseline = [.. Enumerable.Range(1, 2000).Select(number => (double)number)];
        double[] slow = [.. baseline.Select(number => number * 1.5)];

        var slower = QuantileComparison.Of(baseline, slow, 0.95, 0.05, 2000, 2000);
        var equal = QuantileComparison.Of(baseline, baseline, 0.95, 0.05, 2000, 2000);

        Assert.That((slower.IsCanaryAbove(), slower.IsCanaryAbove(tolerance: 1500)), Is.EqualTo((true, false)));
        Assert.That((equal.IsCanaryAbove(), equal.IsCanaryWithin(), equal.IsCanaryWithin(tolerance: 200)), Is.EqualTo((false, false, true)));
    }

    [Test]
    public void The_p_values_are_those_of_the_vectors()
    {
        var cases = Vectors.Read("confseq-boundaries.json", "quantile_ab_p_value");

        Assert.That(cases, Has.Count.EqualTo(64));
        foreach (var one in cases)
        {
            var found = LogPValue(one.Number("quantile"), (int)one.Number("n"), (int)one.Number("offset"), one.Number("t_opt"));

            Assert.That(found, Is.EqualTo(Math.Log(one.Number("pValue"))).Within(1e-6), one.ToJsonString());
        }
    }

    [TestCase(0.5, 0, 1.0)]
    [TestCase(0.5, 70, 0.814704)]
    [TestCase(0.5, 85, 0.0838055)]
    [TestCase(0.5, 100, 0.0054947)]
    [TestCase(0.9, 55, 0.0340463)]
    public void The_p_value_of_a_shift(double quantile, int offset, double expected) =>
        Assert.That(Math.Exp(LogPValue(quantile, 1000, offset, 100)), Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void An_arm_without_observations_has_no_p_value() =>
        Assert.That(() => QuantileComparison.LogPValue([], [1], 0.5, 100), Throws.ArgumentException);

    [Test]
    public void The_double_stitching_bounds_are_those_of_the_vectors()
    {
        var cases = Vectors.Read("confseq-boundaries.json", "double_stitching_bound");

        Assert.That(cases, Has.Count.EqualTo(20));
        foreach (var one in cases)
        {
            Assert.That(
                QuantileConfidenceSequence.DoubleStitchingBound(
                    one.Number("quantile"), one.Number("t"), one.Number("alpha"), one.Number("t_opt")),
                Closeness.To(one.Number("bound")),
                one.ToJsonString());
        }
    }

    [Test]
    public void The_double_stitching_bound_of_a_median() => Assert.That(
        QuantileConfidenceSequence.DoubleStitchingBound(0.5, 100, 0.05, 100),
        Is.EqualTo(19.06700402).Within(1e-7));

    private static double LogPValue(double quantile, int count, int offset, double tuning)
    {
        double[] first = [.. Enumerable.Range(1, count).Select(number => (double)number)];
        double[] second = [.. first.Select(number => number + offset)];
        return QuantileComparison.LogPValue(first, second, quantile, tuning);
    }
}
