using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>Agreement, drift of scores and latency, against the reference simulation.</summary>
[Category("Unit")]
internal sealed class DriftAndLatencyTests
{
    private const int Looks = 60;
    private const double LogMedian = 4.605170185988092;
    private const double Sigma = 0.5;

    [Test]
    public void The_requests_that_certify_an_agreement_are_those_of_the_reference()
    {
        var map = Results()["agreement"]!.AsObject();

        Assert.That(map, Has.Count.EqualTo(11));
        foreach (var (what, requests) in map)
        {
            var words = what.Split(' ');
            var (agreement, required) =
                (double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[4], CultureInfo.InvariantCulture));

            Assert.That(AgreementPlan.RequestsNeeded(agreement, required, 0.05), Is.EqualTo(requests!.GetValue<int>()), what);
        }
    }

    [Test]
    public void The_index_of_scores_without_drift_is_distributed_as_in_the_reference()
    {
        const int runs = 2000;
        const int referenceRuns = 4000;
        foreach (var (size, expected) in Results()["psi"]!.AsObject())
        {
            var (canary, baseline) = ((int)expected!.Number("nCanary"), (int)expected!.Number("nBaseline"));
            var indices = MonteCarlo.Run(runs, random => Psi.Of(UniformShares(random, baseline), UniformShares(random, canary)));
            foreach (var (member, cut) in new[]
            {
                ("pOver0_1", 0.1),
                ("pOver0_2", 0.2),
                ("pOver0_25", 0.25),
                ("pOverCrit95", Psi.Cut(baseline, canary, 10, 0.05)),
                ("pOverCrit99", Psi.Cut(baseline, canary, 10, 0.01)),
            })
            {
                var share = (double)indices.Count(index => index > cut) / runs;
                Reference.AssertAlike($"{size} scores, {member}", share, runs, expected!.Number(member), referenceRuns);
            }

            Assert.That(indices.Average(), Is.EqualTo(expected!.Number("mean")).Within(4).Percent);
        }
    }

    [TestCase("1.0", 100, 200)]
    [TestCase("1.1", 60, 100)]
    [TestCase("1.2", 60, 100)]
    [TestCase("1.5", 40, 60)]
    public void Slow_canaries_are_found_as_in_the_reference(string factor, int runs, int referenceRuns)
    {
        var expected = Results()["latency"]!["byFactor"]![factor]!;
        var found = MonteCarlo.Run(runs, random => FirstAlarms(random, double.Parse(factor, CultureInfo.InvariantCulture)));
        foreach (var (name, looks) in new (string, int?[])[]
        {
            ("e-process on P(latency>T), T=baseline p95, alpha .05", [.. found.Select(run => run.Counts)]),
            ("quantile CS per arm (Howard-Ramdas), q=.95, alpha .05", [.. found.Select(run => run.Quantile)]),
            ("sequential KS band (LIL A=.85), two-sample, alpha .05", [.. found.Select(run => run.Distribution)]),
        })
        {
            int[] alarms = [.. looks.OfType<int>().Order()];
            var reference = expected[name]!;
            Reference.AssertAlike($"× {factor}, {name}", (double)alarms.Length / runs, runs, reference.Number("prob"), referenceRuns);
            if (reference.Number("prob") > 0.5)
            {
                // Two rules look every second time only, so that a median comes in steps of two.
                Assert.That(alarms[alarms.Length / 2], Is.EqualTo(reference.Number("medianLook")).Within(4), name);
            }
        }
    }

    private static JsonNode Results() => Vectors.Read(Reference.File)["latencyPsiAgreement"]!;

    private static double[] UniformShares(Random random, int size)
    {
        const int bins = 10;
        var shares = new double[bins];
        var rest = size;
        for (var bin = 0; bin < bins; bin++)
        {
            var count = bin == bins - 1 ? rest : random.Binomial(rest, 1.0 / (bins - bin));
            shares[bin] = (double)count / size;
            rest -= count;
        }

        return shares;
    }

    // The look at which each rule alarmed first; null where it did not.
    private static (int? Counts, int? Quantile, int? Distribution) FirstAlarms(Random random, double factor)
    {
        var p95 = Math.Exp(LogMedian + (Sigma * 1.6448536269514722));
        var (baseline, canary) = (new List<double>(), new List<double>());
        var evidence = CountEProcess.ForFail(1);
        var (forBaseline, forCanary) =
            (new QuantileConfidenceSequence(0.95, 0.025, 5000), new QuantileConfidenceSequence(0.95, 0.025, 1000));
        var band = SequentialKolmogorovSmirnov.OfTwoSamples(0.05, 100);
        (int? counts, int? quantile, int? distribution) = (null, null, null);
        for (var look = 1; look <= Looks && (counts is null || quantile is null || distribution is null); look++)
        {
            double[] newBaseline = [.. Enumerable.Range(0, 900).Select(_ => random.LogNormal(LogMedian, Sigma))];
            double[] newCanary = [.. Enumerable.Range(0, 100).Select(_ => factor * random.LogNormal(LogMedian, Sigma))];
            evidence.Add(newBaseline.Count(latency => latency > p95), newCanary.Count(latency => latency > p95), 0.1);
            counts ??= evidence.LogE >= Evidence.Threshold(0.05) ? look : null;
            baseline.AddRange(newBaseline);
            canary.AddRange(newCanary);
            if (look % 2 != 0)
            {
                continue;
            }

            double[] sortedBaseline = [.. baseline];
            double[] sortedCanary = [.. canary];
            Array.Sort(sortedBaseline);
            Array.Sort(sortedCanary);
            var comparison = new QuantileComparison(forBaseline.Of(sortedBaseline), forCanary.Of(sortedCanary));
            quantile ??= comparison.IsCanaryAbove() ? look : null;
            distribution ??= band.Differ(sortedBaseline, sortedCanary) ? look : null;
        }

        return (counts, quantile, distribution);
    }
}
