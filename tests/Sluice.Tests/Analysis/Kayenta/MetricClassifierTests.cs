using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Kayenta;

[Category("Unit")]
internal sealed class MetricClassifierTests
{
    private static readonly CanaryMetric Metric = new("latency");
    private static readonly double[] Low = [.. Enumerable.Range(0, 20).Select(number => 100 + (double)number)];
    private static readonly double[] High = [.. Low.Select(value => value + 50)];

    [TestCase(MetricDirection.Increase, MetricClass.High)]
    [TestCase(MetricDirection.Either, MetricClass.High)]
    [TestCase(MetricDirection.Decrease, MetricClass.Pass)]
    public void A_rise_is_bad_where_it_is_the_bad_direction(MetricDirection direction, MetricClass expected) =>
        Assert.That(Classify(Metric with { Direction = direction }, Low, High).Class, Is.EqualTo(expected));

    [TestCase(MetricDirection.Increase, MetricClass.Pass)]
    [TestCase(MetricDirection.Either, MetricClass.Low)]
    [TestCase(MetricDirection.Decrease, MetricClass.Low)]
    public void A_fall_is_bad_where_it_is_the_bad_direction(MetricDirection direction, MetricClass expected) =>
        Assert.That(Classify(Metric with { Direction = direction }, High, Low).Class, Is.EqualTo(expected));

    [Test]
    public void The_reason_has_the_numbers()
    {
        var result = Classify(Metric, Low, High);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Reason, Does.Match(
                @"^too high: the canary is off by 50, 4\d(\.\d+)? to 5\d(\.\d+)? at 0\.98, tolerated are 12\.5; "
                + @"the ratio of the means is 1\.4566$"));
            Assert.That((result.Baseline.Count, result.Baseline.Mean, result.Baseline.Median), Is.EqualTo((20, 109.5, 109.5)));
            Assert.That((result.Canary.Count, result.Canary.Mean), Is.EqualTo((20, 159.5)));
            Assert.That(result.Shift!.Estimate, Is.EqualTo(50).Within(1e-4));
            Assert.That(result.Effect, Is.EqualTo(159.5 / 109.5));
        }
    }

    [Test]
    public void The_tolerance_of_the_metric_counts()
    {
        // The interval is about 50 plus and minus 4: only a band of more than 46 reaches it.
        Assert.That(Classify(Metric with { Tolerance = 0.8 }, Low, High).Class, Is.EqualTo(MetricClass.High));
        Assert.That(Classify(Metric with { Tolerance = 0.95 }, Low, High).Class, Is.EqualTo(MetricClass.Pass));
    }

    [Test]
    public void The_confidence_level_of_the_metric_counts()
    {
        double[] baseline = [1, 2, 3, 4, 5, 6];
        double[] canary = [4, 5, 6, 7, 8, 9];

        Assert.That(Classify(Metric with { ConfidenceLevel = 0.9, Tolerance = 0 }, baseline, canary).Class, Is.EqualTo(MetricClass.High));
        Assert.That(Classify(Metric with { ConfidenceLevel = 0.999, Tolerance = 0 }, baseline, canary).Class, Is.EqualTo(MetricClass.Pass));
    }

    [TestCase(1.4, MetricClass.High)]
    [TestCase(1.5, MetricClass.Pass)]
    public void A_rise_must_have_the_size_that_is_not_allowed(double allowed, MetricClass expected) =>
        Assert.That(Classify(Metric with { AllowedIncrease = allowed }, Low, High).Class, Is.EqualTo(expected));

    [TestCase(0.7, MetricClass.Low)]
    [TestCase(0.6, MetricClass.Pass)]
    public void A_fall_must_have_the_size_that_is_not_allowed(double allowed, MetricClass expected) =>
        Assert.That(Classify(Metric with { AllowedDecrease = allowed }, High, Low).Class, Is.EqualTo(expected));

    [TestCase(0.9, MetricClass.High)]
    [TestCase(1.01, MetricClass.Pass)]
    public void The_size_may_be_the_share_of_pairs_in_which_the_canary_is_greater(double allowed, MetricClass expected)
    {
        var result = Classify(Metric with { Effect = EffectMeasure.CommonLanguage, AllowedIncrease = allowed }, Low, High);

        Assert.That(result.Effect, Is.EqualTo(1));
        Assert.That(result.Class, Is.EqualTo(expected));
    }

    [Test]
    public void A_size_that_is_not_known_excuses_nothing()
    {
        double[] none = [.. Enumerable.Repeat(0.0, 19), 0];

        var result = Classify(Metric with { AllowedIncrease = 100, IsCritical = true, CriticalIncrease = 100 }, none, High);

        Assert.That(result.Effect, Is.NaN);
        Assert.That((result.Class, result.IsCritical), Is.EqualTo((MetricClass.High, true)));
    }

    [TestCase(false, null, false)]
    [TestCase(true, null, true)]
    [TestCase(true, 1.4, true)]
    [TestCase(true, 1.5, false)]
    public void A_rise_is_critical_by_its_size(bool isCritical, double? limit, bool expected)
    {
        var result = Classify(Metric with { IsCritical = isCritical, CriticalIncrease = limit }, Low, High);

        Assert.That((result.Class, result.IsCritical), Is.EqualTo((MetricClass.High, expected)));
    }

    [TestCase(0.7, true)]
    [TestCase(0.6, false)]
    public void A_fall_is_critical_by_its_size(double limit, bool expected)
    {
        var result = Classify(Metric with { IsCritical = true, CriticalDecrease = limit }, High, Low);

        Assert.That((result.Class, result.IsCritical), Is.EqualTo((MetricClass.Low, expected)));
    }

    [TestCase(NanStrategy.Remove, false, false, MetricClass.Nodata, false)]
    [TestCase(NanStrategy.Remove, true, false, MetricClass.NodataFailMetric, false)]
    [TestCase(NanStrategy.Remove, true, true, MetricClass.Nodata, true)]
    [TestCase(NanStrategy.Remove, false, true, MetricClass.Nodata, true)]
    [TestCase(NanStrategy.Replace, true, true, MetricClass.Pass, false)]
    public void An_arm_without_values_is_no_data(NanStrategy strategy, bool mustHave, bool isCritical, MetricClass expected, bool critical)
    {
        var metric = Metric with { NanStrategy = strategy, MustHaveData = mustHave, IsCritical = isCritical };

        foreach (var result in new[] { Classify(metric, Low, []), Classify(metric, [], Low), Classify(metric, [], []) })
        {
            Assert.That((result.Class, result.IsCritical), Is.EqualTo((expected, critical)));
            Assert.That(result.Reason, Does.Contain(" no value").Or.StartsWith("neither has a value"));
        }
    }

    [Test]
    public void Values_that_are_no_numbers_are_no_values() =>
        Assert.That(Classify(Metric, Low, [double.NaN, double.NaN]).Class, Is.EqualTo(MetricClass.Nodata));

    [Test]
    public void The_same_values_in_another_order_pass()
    {
        var result = Classify(Metric with { Tolerance = 0 }, [1, 2, 3], [3, 1, 2]);

        Assert.That((result.Class, result.Reason), Is.EqualTo((MetricClass.Pass, "the 3 values of both are the same")));
    }

    [Test]
    public void One_value_throughout_passes()
    {
        var result = Classify(Metric, [4, 4, 4], [4, 4]);

        Assert.That((result.Class, result.Reason), Is.EqualTo((MetricClass.Pass, "all values are 4")));
    }

    [TestCase(5, MetricClass.High)]
    [TestCase(3, MetricClass.Low)]
    public void Two_constants_that_differ_are_told_apart_without_chance(double canary, MetricClass expected)
    {
        double[] values = [canary, canary, canary];

        var results = Enumerable.Range(0, 3).Select(_ => Classify(Metric, [4, 4, 4], values)).ToList();

        Assert.That(results.Select(result => result.Class), Is.All.EqualTo(expected));
        Assert.That(results.Select(result => result.Shift), Is.All.EqualTo(new ShiftEstimate(canary - 4, canary - 4, canary - 4)));
    }

    [Test]
    public void Two_constants_within_the_tolerance_pass() =>
        Assert.That(Classify(Metric with { Tolerance = 1 }, [4, 4, 4], [5, 5, 5]).Class, Is.EqualTo(MetricClass.Pass));

    [TestCase(-0.1, 0.98, null)]
    [TestCase(double.NaN, 0.98, null)]
    [TestCase(0.25, 1, null)]
    [TestCase(0.25, 0, null)]
    [TestCase(0.25, 0.98, 0.0)]
    public void A_number_out_of_range_is_refused(double tolerance, double confidence, double? factor)
    {
        var metric = Metric with { Tolerance = tolerance, ConfidenceLevel = confidence, OutlierFactor = factor };

        Assert.That(() => Classify(metric, Low, High), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static MetricResult Classify(CanaryMetric metric, double[] baseline, double[] canary) =>
        MetricClassifier.Classify(new CanaryArms(metric, [.. baseline], [.. canary]));
}
