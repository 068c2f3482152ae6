using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>
/// PipeCD's rule, a one-sided Mann–Whitney test of the last five values at every fifth look, as often as the reference simulation. It
/// tests again and again without a correction: what it costs is why no gate of ours works so.
/// </summary>
[Category("Unit")]
internal sealed class MannWhitneyBakeoffTests
{
    private const int Runs = 200;
    private const int Window = 5;

    /// <summary>The normal distribution's quantile of .95.</summary>
    private const double Critical = 1.6448536269514722;

    [TestCase("A", 100, 0.1, 0.01)]
    [TestCase("A", 100, 0.1, 0.05)]
    [TestCase("A", 100, 0.1, 0.1)]
    [TestCase("B", 1000, 0.1, 0.01)]
    [TestCase("B", 1000, 0.1, 0.015)]
    [TestCase("B", 1000, 0.1, 0.02)]
    [TestCase("C", 1000, 0.5, 0.01)]
    [TestCase("C", 1000, 0.5, 0.012)]
    [TestCase("C", 1000, 0.5, 0.015)]
    public void Error_rates_are_rejected_as_often_as_there(string scenario, double requests, double weight, double canaryRate)
    {
        var (share, runs) = KayentaReference.Errors(scenario, canaryRate, "PipeCD");

        KayentaBakeoff.Check(Runs, random => Rejects(KayentaTraffic.OfErrors(random, requests, weight, 0.01, canaryRate)), share, runs);
    }

    [TestCase(1.0, 200)]
    [TestCase(1.1, 100)]
    [TestCase(1.2, 100)]
    public void Latencies_are_rejected_as_often_as_there(double factor, int referenceRuns) => KayentaBakeoff.Check(
        referenceRuns,
        random => Rejects(KayentaTraffic.OfLatency(random, 900, 100, factor)),
        KayentaReference.Latency(factor, "PipeCD"),
        referenceRuns);

    private static bool Rejects(KayentaTraffic traffic) =>
        Enumerable.Range(0, KayentaTraffic.Looks / Window).Any(number =>
        {
            var canary = traffic.Canary.Skip(number * Window).Take(Window);
            var baseline = traffic.Baseline.Skip(number * Window).Take(Window);
            return new RankTest([.. canary], [.. baseline]).Score(0) > Critical;
        });
}
