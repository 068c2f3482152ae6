using MathNet.Numerics.Distributions;
using Sluice.Rollouts.Analysis.Samples;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class QualityTests
{
    [Test]
    public void Accuracy_has_the_exact_limits_of_a_share()
    {
        var found = Quality.Accuracy(90, 100, 0.05);

        Assert.That(found.Value, Is.EqualTo(0.9));
        Assert.That(1 - Binomial.CDF(found.Limits.Lower, 100, 89), Is.EqualTo(0.05).Within(1e-9));
        Assert.That(Binomial.CDF(found.Limits.Upper, 100, 90), Is.EqualTo(0.05).Within(1e-9));
    }

    [Test]
    public void An_accuracy_without_a_mistake_is_not_certain()
    {
        var found = Quality.Accuracy(59, 59, 0.05);

        Assert.That(found.Limits.Lower, Is.EqualTo(Math.Pow(0.05, 1.0 / 59)).Within(1e-9));
        Assert.That(found.Limits.Upper, Is.EqualTo(1));
        Assert.That(Quality.Accuracy(0, 5, 0.05).Limits.Lower, Is.Zero);
        Assert.That(() => Quality.Accuracy(0, 0, 0.05), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_area_counts_ordered_pairs_and_ties_half()
    {
        var found = Quality.AreaUnderCurve([new(true, 3), new(true, 1), new(false, 1), new(false, 0)], 0.05);

        Assert.That(found!.Value, Is.EqualTo(3.5 / 4));
        Assert.That(found.Limits.Lower, Is.LessThan(0.875));
        Assert.That(found.Limits.Upper, Is.GreaterThan(0.875).And.LessThanOrEqualTo(1));
    }

    [Test]
    public void The_variance_of_the_area_is_that_of_DeLong()
    {
        // By hand: the shares of the positives are 1, 2/3 and 2/3, of the negatives 1, 1 and 1/3.
        var found = Quality.AreaUnderCurve(
            [new(true, 5), new(true, 3), new(true, 2), new(false, 4), new(false, 1), new(false, 0)], 0.025);

        var area = 7 / 9.0;
        var variance = (1 / 27.0 / 3) + (4 / 27.0 / 3);
        var half = 1.959963984540054 * Math.Sqrt(variance) / (area * (1 - area));
        Assert.That(found!.Value, Is.EqualTo(area).Within(1e-12));
        Assert.That(found.Limits.Lower, Is.EqualTo(1 / (1 + Math.Exp(half - Math.Log(area / (1 - area))))).Within(1e-9));
    }

    [Test]
    public void A_perfect_order_of_few_is_not_certain()
    {
        ScoredLabel[] sample = [.. Enumerable.Range(0, 20).Select(number => new ScoredLabel(number >= 10, number))];

        var found = Quality.AreaUnderCurve(sample, 0.05);

        Assert.That(found!.Value, Is.EqualTo(1));
        Assert.That(found.Limits.Lower, Is.EqualTo(Math.Pow(0.05, 0.1)).Within(1e-9));
        Assert.That(found.Limits.Upper, Is.EqualTo(1));
    }

    [Test]
    public void Without_both_classes_there_is_no_area()
    {
        Assert.That(Quality.AreaUnderCurve([new(true, 1), new(true, 2), new(false, 0)], 0.05), Is.Null);
        Assert.That(
            () => Quality.AreaUnderCurve([new(true, 1), new(true, double.NaN), new(false, 0), new(false, 1)], 0.05),
            Throws.ArgumentException);
    }

    [Test]
    public void The_loss_is_the_mean_of_logarithms_within_limits()
    {
        double[] probabilities = [.. Enumerable.Repeat(0.9, 600), .. Enumerable.Repeat(0.5, 400)];

        var found = Quality.LogLoss(probabilities, 0.05);

        var mean = -((0.6 * Math.Log(0.9)) + (0.4 * Math.Log(0.5)));
        Assert.That(found!.Value, Is.EqualTo(mean).Within(1e-12));
        Assert.That(found.Limits.Upper - mean, Is.EqualTo(mean - found.Limits.Lower).Within(1e-12));
        Assert.That(found.Limits.Upper - mean, Is.InRange(0.03, 0.1));
    }

    [Test]
    public void A_sure_mistake_costs_no_more_than_the_floor()
    {
        Assert.That(Quality.LogLoss([0, 0], 0.05)!.Value, Is.EqualTo(Math.Log(100)).Within(1e-12));
        Assert.That(Quality.LogLoss([0.5], 0.05), Is.Null);
        Assert.That(() => Quality.LogLoss([0.5, 1.1], 0.05), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Calibration_is_how_far_the_mean_score_lies_from_the_share_of_positives()
    {
        ScoredLabel[] sample = [.. Enumerable.Range(0, 400).Select(place => new ScoredLabel(place % 4 == 0, place % 4 == 0 ? 0.75 : 0.25))];

        var found = Quality.Calibration(sample, 0.05)!;
        var higher = Quality.Calibration([.. sample.Select(label => label with { Score = label.Score + 0.25 })], 0.05)!;

        Assert.Multiple(() =>
        {
            Assert.That(found.Value, Is.EqualTo(0.125).Within(1e-12));
            Assert.That(higher.Value, Is.EqualTo(0.375).Within(1e-12), "a shift moves it by as much");
            Assert.That(found.Limits.Contains(found.Value) && found.Limits.Lower >= 0);
            Assert.That(found.Limits.Upper - found.Value, Is.InRange(0.05, 0.15));
            Assert.That(Quality.Calibration([new(true, 1)], 0.05), Is.Null);
            Assert.That(() => Quality.Calibration([new(true, 1), new(false, 1.5)], 0.05), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void The_lower_limits_are_wrong_as_seldom_as_they_say()
    {
        const int runs = 2000;
        const int size = 150;
        const double shift = 1.2;
        var area = Normal.CDF(0, 1, shift / Math.Sqrt(2));
        var loss = ExpectedLoss();
        var wrong = MonteCarlo.Run(runs, random =>
        {
            ScoredLabel[] sample =
            [
                .. Enumerable.Range(0, size).Select(place => new ScoredLabel(place % 3 == 0, Normal.Sample(random, place % 3 == 0 ? shift : 0, 1))),
            ];
            double[] probabilities = [.. Enumerable.Range(0, size).Select(_ => Math.Sqrt(random.NextDouble()))];
            var right = Enumerable.Range(0, size).Count(_ => random.NextDouble() < 0.93);
            return (
                Area: Quality.AreaUnderCurve(sample, 0.05)!.Limits.Lower > area,
                Loss: Quality.LogLoss(probabilities, 0.05)!.Limits.Upper < loss,
                Accuracy: Quality.Accuracy(right, size, 0.05).Limits.Lower > 0.93);
        });

        var (areas, losses, accuracies) = (wrong.Count(one => one.Area), wrong.Count(one => one.Loss), wrong.Count(one => one.Accuracy));
        TestContext.Out.WriteLine($"Wrong limits at 5 %, of {runs}: area {areas}, loss {losses}, accuracy {accuracies}.");
        Assert.That(areas, Is.InRange(0.03 * runs, 0.07 * runs));
        Assert.That(losses, Is.LessThanOrEqualTo(0.05 * runs));
        Assert.That(accuracies, Is.InRange(1, 0.065 * runs));

        // Of the root of a uniform number, with what is below the floor clipped.
        static double ExpectedLoss() => (1 - (0.01 * 0.01)) / 2;
    }
}
