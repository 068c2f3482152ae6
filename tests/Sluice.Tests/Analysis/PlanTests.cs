using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class PlanTests
{
    [TestCase(0.01, 5, 0.1, 1.25, 0.05)]
    [TestCase(0.01, 5, 0.1, 1, 0.01)]
    [TestCase(0.01, 2, 0.1, 1.25, 0.05)]
    [TestCase(0.01, 1.5, 0.5, 1, 0.05)]
    [TestCase(0.05, 2, 0.25, 1.25, 0.01)]
    [TestCase(0.001, 10, 0.05, 1.25, 0.05)]
    public void The_requests_that_a_rollback_needs_are_those_of_a_simulation(
        double baselineRate, double ratio, double share, double tolerance, double alpha)
    {
        var threshold = Evidence.Threshold(alpha);
        var plan = DetectionPlan.ForFail(baselineRate, ratio, share, threshold, tolerance);

        AssertSimulated(plan, () => CountEProcess.ForFail(tolerance), baselineRate, ratio, share, threshold);
        Assert.That(plan!.FalseAlarmBound, Is.EqualTo(alpha).Within(1e-12));
    }

    [TestCase(0.01, 1, 0.1, 2)]
    [TestCase(0.01, 1, 0.5, 2)]
    [TestCase(0.01, 1, 0.5, 1.5)]
    [TestCase(0.05, 0.5, 0.25, 2)]
    public void The_requests_that_a_promotion_needs_are_those_of_a_simulation(
        double baselineRate, double ratio, double share, double excludedRatio)
    {
        var threshold = Evidence.Threshold(0.05);
        var plan = DetectionPlan.ForPass(baselineRate, ratio, share, threshold, excludedRatio);

        AssertSimulated(plan, () => CountEProcess.ForPass(excludedRatio), baselineRate, ratio, share, threshold);
    }

    [Test]
    public void What_is_put_up_with_is_never_found()
    {
        Assert.That(DetectionPlan.ForFail(0.01, 1.25, 0.1, 3, tolerance: 1.25), Is.Null);
        Assert.That(DetectionPlan.ForFail(0.01, 1, 0.1, 3), Is.Null);
        Assert.That(DetectionPlan.ForPass(0.01, 2, 0.1, 3), Is.Null);
    }

    [Test]
    public void More_power_a_smaller_alpha_and_a_smaller_regression_need_more_requests()
    {
        double Needed(double ratio = 3, double alpha = 0.05, double power = 0.8) =>
            DetectionPlan.ForFail(0.01, ratio, 0.1, Evidence.Threshold(alpha), power: power)!.CanaryRequests;

        Assert.That(Needed(power: 0.99), Is.GreaterThan(Needed()));
        Assert.That(Needed(alpha: 0.01), Is.GreaterThan(Needed()));
        Assert.That(Needed(ratio: 2), Is.GreaterThan(Needed()));
    }

    [TestCase(0.0, 2, 0.1)]
    [TestCase(0.6, 2, 0.1)]
    [TestCase(0.01, 2, 1)]
    public void Rates_that_can_t_be_are_refused(double baselineRate, double ratio, double share) => Assert.That(
        () => DetectionPlan.ForFail(baselineRate, ratio, share, 3),
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(1.0, 0.95, 130)]
    [TestCase(1.0, 0.98, 250)]
    [TestCase(1.0, 0.99, 430)]
    [TestCase(0.999, 0.95, 130)]
    [TestCase(0.999, 0.98, 250)]
    [TestCase(0.999, 0.99, 430)]
    [TestCase(0.995, 0.95, 170)]
    [TestCase(0.995, 0.98, 470)]
    [TestCase(0.995, 0.99, 2900)]
    [TestCase(0.99, 0.95, 200)]
    [TestCase(0.99, 0.98, 1500)]
    [TestCase(0.99, 0.99, null)]
    public void The_requests_that_certify_an_agreement(double agreement, double required, int? requests) =>
        Assert.That(AgreementPlan.RequestsNeeded(agreement, required, 0.05), Is.EqualTo(requests));

    [TestCase(0.997, 0.99)]
    [TestCase(0.999, 0.99)]
    [TestCase(0.9, 0.8)]
    public void The_requests_that_certify_an_agreement_with_a_probability_do_so_as_often(double agreement, double required)
    {
        const int runs = 2000;
        const int looks = 40;
        var requests = AgreementPlan.RequestsNeeded(agreement, required, 0.0125, power: 0.8)!.Value;
        var perLook = requests / looks;

        // The most that may disagree by each look.
        var most = Enumerable.Range(1, looks)
            .Select(look => Enumerable.Range(0, look * perLook).TakeWhile(differ => Certifies(differ, look * perLook)).Count() - 1)
            .ToArray();
        var certified = MonteCarlo.Count(runs, random =>
        {
            var differ = 0;
            return most.Any(allowed => (differ += Enumerable.Range(0, perLook).Count(_ => random.NextDouble() > agreement)) <= allowed);
        });

        // By more looks than one some are earlier, and are lost again.
        Assert.That((double)certified / runs, Is.InRange(0.77, 0.95));

        bool Certifies(int differ, int sent) =>
            BernoulliConfidenceSequence.Of(sent - differ, sent, 0.0125, BernoulliConfidenceSequence.UsualTuning).Lower >= required;
    }

    // Looks small enough not to matter: a fiftieth of what half of the runs need.
    private static void AssertSimulated(
        DetectionPlan? plan,
        Func<CountEProcess> start,
        double baselineRate,
        double ratio,
        double share,
        double threshold)
    {
        const int runs = 1000;
        const int looks = 500;
        Assert.That(plan, Is.Not.Null);
        var perLook = plan.MedianCanaryRequests / 50;
        var needed = MonteCarlo.Run(runs, random =>
        {
            var evidence = start();
            var look = 0;
            while (look < looks && evidence.LogE < threshold)
            {
                look++;
                evidence.Add(
                    random.Poisson(perLook * (1 - share) / share * baselineRate),
                    random.Poisson(perLook * baselineRate * ratio),
                    share);
            }

            return evidence.LogE < threshold ? double.PositiveInfinity : look * perLook;
        });

        Array.Sort(needed);
        TestContext.Out.WriteLine(
            $"median {plan.MedianCanaryRequests:0} planned, {needed[runs / 2]:0} simulated; "
            + $"with a power of 80 % {plan.CanaryRequests:0} planned, {needed[runs * 8 / 10]:0} simulated");
        Assert.That(plan.MedianCanaryRequests / needed[runs / 2], Is.InRange(0.95, 1.45));
        Assert.That(plan.CanaryRequests / needed[runs * 8 / 10], Is.InRange(0.95, 1.45));
    }
}
