using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;
using Sluice.Rollouts.Analysis.Kayenta;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Analysis.Kayenta;

[Category("Unit")]
internal sealed class RankTestTests
{
    private static readonly ImmutableArray<double> OzoneInMay =
        [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];

    private static readonly ImmutableArray<double> OzoneInAugust =
        [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85];

    [Test]
    public void The_result_is_that_of_R_on_its_own_example()
    {
        // R, ?wilcox.test: wilcox.test(Ozone ~ Month, data = airquality, subset = Month %in% c(5, 8), conf.int = TRUE).
        var test = new RankTest(OzoneInMay, OzoneInAugust);

        var shift = test.Estimate(0.95);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(test.Superiority * 26 * 26, Is.EqualTo(127.5).Within(1e-9));
            Assert.That(2 * Normal.CDF(0, 1, test.Score(0)), Is.EqualTo(0.0001208).Within(5e-8));
            Assert.That(shift.Lower, Is.EqualTo(-52.99996).Within(1e-4));
            Assert.That(shift.Estimate, Is.EqualTo(-31.99996).Within(1e-4));
            Assert.That(shift.Upper, Is.EqualTo(-14.99998).Within(1e-4));
        }
    }

    [Test]
    public void The_result_is_that_of_Kayentas_own_test()
    {
        var shift = new RankTest([10, 20, 30, 40], [1, 2, 3, 4]).Estimate(0.95);

        Assert.That(shift, Is.EqualTo(new ShiftEstimate(6, 22.5, 39)));
    }

    [Test]
    public void Small_values_are_told_apart_as_well_as_large_ones()
    {
        var shift = new RankTest([.. OzoneInMay.Select(Smaller)], [.. OzoneInAugust.Select(Smaller)]).Estimate(0.95);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shift.Lower, Is.EqualTo(-53e-6).Within(0.02e-6));
            Assert.That(shift.Estimate, Is.EqualTo(-32e-6).Within(0.02e-6));
            Assert.That(shift.Upper, Is.EqualTo(-15e-6).Within(0.02e-6));
        }

        static double Smaller(double value) => value * 1e-6;
    }

    [Test]
    public void Two_constants_differ_by_their_difference() =>
        Assert.That(new RankTest([3, 3], [1, 1, 1]).Estimate(0.98), Is.EqualTo(new ShiftEstimate(2, 2, 2)));

    [Test]
    public void Values_that_are_all_tied_have_no_score() => Assert.That(new RankTest([1, 1], [1]).Score(0), Is.Zero);

    [TestCase(new double[] { 2, 3 }, new double[] { 1 }, 1)]
    [TestCase(new double[] { 1 }, new double[] { 2, 3 }, 0)]
    [TestCase(new double[] { 1, 2 }, new double[] { 2, 1 }, 0.5)]
    [TestCase(new double[] { 1, 2, 3 }, new double[] { 2 }, 0.5)]
    [TestCase(new double[] { 2, 3 }, new double[] { 2, 2 }, 0.75)]
    public void Pairs_in_which_the_canary_is_greater_are_counted_and_ties_by_half(double[] canary, double[] baseline, double share) =>
        Assert.That(new RankTest([.. canary], [.. baseline]).Superiority, Is.EqualTo(share));

    [Test]
    public void The_ranks_are_those_that_counting_every_pair_gives() => Properties.Check(200, Samples(), samples =>
    {
        var (canary, baseline) = samples;
        var wins = canary.Sum(value => baseline.Sum(other => value > other ? 1 : value == other ? 0.5 : 0));
        double n = canary.Length;
        double m = baseline.Length;
        var ties = canary.Concat(baseline).GroupBy(value => value).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
        var surplus = wins - (n * m / 2);
        var deviation = Math.Sqrt(n * m / 12 * (n + m + 1 - (ties / ((n + m) * (n + m - 1)))));
        var expected = deviation > 0 ? (surplus - (0.5 * Math.Sign(surplus))) / deviation : 0;

        Assert.That(new RankTest(canary, baseline).Score(0), Is.EqualTo(expected).Within(1e-9));
        return Task.CompletedTask;
    });

    [Test]
    public void The_interval_holds_the_estimate_and_lies_between_the_least_and_the_greatest_difference() =>
        Properties.Check(200, Samples(), samples =>
        {
            var (canary, baseline) = samples;
            var (lower, estimate, upper) = new RankTest(canary, baseline).Estimate(0.98);
            var (least, most) = (canary.Min() - baseline.Max(), canary.Max() - baseline.Min());

            Assert.That(lower, Is.InRange(least, estimate + 2e-4));
            Assert.That(upper, Is.InRange(estimate - 2e-4, most));
            return Task.CompletedTask;
        });

    [Test]
    public void Samples_that_change_places_change_the_sign_only() => Properties.Check(200, Samples(), samples =>
    {
        var (canary, baseline) = samples;
        var there = new RankTest(canary, baseline).Score(0);
        var back = new RankTest(baseline, canary).Score(0);

        Assert.That(back, Is.EqualTo(-there).Within(1e-12));
        return Task.CompletedTask;
    });

    private static Arbitrary<(ImmutableArray<double> Canary, ImmutableArray<double> Baseline)> Samples()
    {
        var value = Gen.Choose(0, 40).Select(number => number / 4.0);
        var sample = Gen.Choose(2, 30).SelectMany(size => Gen.ArrayOf(value, size)).Select(values => values.ToImmutableArray());
        return sample.SelectMany(canary => sample.Select(baseline => (canary, baseline))).ToArbitrary();
    }
}
