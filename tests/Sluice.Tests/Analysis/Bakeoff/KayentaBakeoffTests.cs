using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>Kayenta's judge at every 10th look, on all values so far, as often as the reference simulation.</summary>
[Category("Unit")]
internal sealed class KayentaBakeoffTests
{
    private const int Runs = 200;
    private const int LooksBetween = 10;

    private static readonly CanaryJudgeSettings Settings = new(PassScore: 95, MarginalScore: 75);

    [TestCase("A", 100, 0.1, 0.01)]
    [TestCase("A", 100, 0.1, 0.05)]
    [TestCase("A", 100, 0.1, 0.1)]
    [TestCase("B", 1000, 0.1, 0.01)]
    [TestCase("B", 1000, 0.1, 0.015)]
    [TestCase("B", 1000, 0.1, 0.02)]
    [TestCase("B", 1000, 0.1, 0.03)]
    [TestCase("C", 1000, 0.5, 0.01)]
    [TestCase("C", 1000, 0.5, 0.012)]
    [TestCase("C", 1000, 0.5, 0.015)]
    public void Error_rates_are_judged_as_often_as_there(string scenario, double requests, double weight, double canaryRate)
    {
        var metric = new CanaryMetric("error rate")
        {
            Direction = MetricDirection.Increase,
            NanStrategy = NanStrategy.Replace,
            IsCritical = true,
        };
        var (share, runs) = KayentaReference.Errors(scenario, canaryRate, "Kayenta");

        KayentaBakeoff.Check(
            Runs, random => Rejects(metric, KayentaTraffic.OfErrors(random, requests, weight, 0.01, canaryRate)), share, runs);
    }

    [TestCase(1.0, 200, null)]
    [TestCase(1.1, 100, null)]
    [TestCase(1.2, 100, null)]
    [TestCase(1.0, 200, 1.1)]
    [TestCase(1.1, 100, 1.1)]
    [TestCase(1.2, 100, 1.1)]
    public void Latencies_are_judged_as_often_as_there(double factor, int referenceRuns, double? allowed)
    {
        var metric = new CanaryMetric("latency") { Direction = MetricDirection.Increase, IsCritical = true, AllowedIncrease = allowed };
        var share = KayentaReference.Latency(factor, allowed is null ? "Kayenta MW on" : "Kayenta MW + allowedIncrease 1.1");

        KayentaBakeoff.Check(
            referenceRuns, random => Rejects(metric, KayentaTraffic.OfLatency(random, 900, 100, factor)), share, referenceRuns);
    }

    private static bool Rejects(CanaryMetric metric, KayentaTraffic traffic) =>
        Enumerable.Range(1, KayentaTraffic.Looks / LooksBetween).Select(number => number * LooksBetween).Any(looks =>
        {
            var arms = new CanaryArms(metric, [.. traffic.Baseline.Take(looks)], [.. traffic.Canary.Take(looks)]);
            return CanaryJudge.Judge(Settings, [arms]).Class == ScoreClass.Fail;
        });
}
