using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Tests.Analysis.Gates;

/// <summary>
/// Whole rollouts of random evidence, judged after every look: a candidate that is as good as the stable deployment is sent back by
/// chance no more often than is allowed, and one that is worse is found.
/// </summary>
[TestFixture]
[Category("Unit")]
internal sealed class GateSimulationTests
{
    private const int Rollouts = 200;
    private const int Looks = 25;
    private const int BeforeStart = 40;
    private const int PairsOfLook = 20;
    private const int RequestsOfMinute = 300;

    /// <summary>More false rollbacks than this in all are hardly chance (p below 0.001) if each has a probability of 0.05.</summary>
    private const int MostFalse = 20;

    private static readonly GateRule[] All =
    [
        new ErrorsRule("errors"),
        new ErrorsRule("replayed errors") { Source = EvidenceSource.Replay },
        new LatencyRule("latency"),
        new LatencyRule("replayed latency") { Source = EvidenceSource.Replay },
        new LatencyRule("replayed median") { OncePerLook = false, Source = EvidenceSource.Replay, Percent = 50, Tolerance = 1 },
        new AgreementRule("agreement") { Margin = 0.2 },
        new DriftRule("drift"),
    ];

    /// <summary>How a candidate may be, beside as good.</summary>
    private sealed record Candidate
    {
        public double Errors { get; init; } = 0.02;

        public double Slowdown { get; init; } = 1;

        public double Disagreement { get; init; } = 0.2;

        public double Shift { get; init; }
    }

    [TestCaseSource(nameof(LatencyLaws))]
    public void A_candidate_that_is_as_good_is_seldom_sent_back(string law, Func<Random, double> latency)
    {
        var failed = MonteCarlo.Run(Rollouts, random => FirstFailure(random, latency, new(), All)).OfType<string>().ToArray();

        TestContext.Out.WriteLine($"{law}: {failed.Length} of {Rollouts} sent back: {string.Join(", ", failed.CountBy(gate => gate))}");
        Assert.That(failed, Has.Length.AtMost(MostFalse));
    }

    /// <summary>Replayed latency alone: its threshold is read off few latencies, so its false alarms are counted by themselves.</summary>
    [TestCaseSource(nameof(LatencyLaws))]
    public void Latency_that_is_as_good_is_seldom_failed_however_few_the_threshold_comes_from(string law, Func<Random, double> latency)
    {
        foreach (var percent in new[] { 50, 95, 99 })
        {
            var gate = new LatencyRule("latency") { Source = EvidenceSource.Replay, Percent = percent, Tolerance = 1, OncePerLook = false };
            var failed = MonteCarlo.Count(Rollouts, random => FirstFailure(random, latency, new(), [gate]) is not null);

            TestContext.Out.WriteLine($"{law}, p{percent}: {failed} of {Rollouts}");
            Assert.That(failed, Is.AtMost(MostFalse), $"p{percent}");
        }
    }

    /// <summary>Quantiles of few requests lie below those of many, so equal deployments are worse in more or less than half of the minutes.</summary>
    [TestCase(30, 270, 50)]
    [TestCase(270, 30, 50)]
    [TestCase(30, 270, 95)]
    [TestCase(270, 30, 95)]
    [TestCase(5, 45, 95)]
    [TestCase(100, 900, 99)]
    [TestCase(900, 100, 99)]
    public void Latency_of_unlike_shares_is_seldom_failed(int ofCandidate, int ofStable, int percent)
    {
        var rule = new LatencyRule("latency") { Percent = percent, Tolerance = 1 };
        var failed = MonteCarlo.Count(Rollouts, random =>
        {
            var told = Told.Begun();
            for (var minute = 0; minute < 120; minute++)
            {
                told.Minute(
                    (ofStable, 0), (ofCandidate, 0), Quantile(random, ofStable), Quantile(random, ofCandidate), percent);
            }

            return told.Asked(rule).Kind == VerdictKind.Fail;
        });

        TestContext.Out.WriteLine($"{failed} of {Rollouts}");
        Assert.That(failed, Is.AtMost(MostFalse));

        double Quantile(Random random, int requests) =>
            Enumerable.Range(0, requests).Select(_ => random.LogNormal(3, 1)).Order().ElementAt(Math.Max(0, (int)Math.Ceiling(requests * percent / 100.0) - 1));
    }

    /// <summary>Minutes with noise of their own are worse in half of the cases, whatever the numbers of requests say.</summary>
    [Test]
    public void Latency_that_wanders_on_both_is_seldom_failed()
    {
        var rule = new LatencyRule("latency") { Tolerance = 1 };
        var failed = MonteCarlo.Count(Rollouts, random =>
        {
            var told = Told.Begun();
            for (var minute = 0; minute < 120; minute++)
            {
                told.Minute((480, 0), (120, 0), random.LogNormal(3, 0.2), random.LogNormal(3, 0.2));
                if (minute % 5 == 4 && told.Asked(rule).Kind == VerdictKind.Fail)
                {
                    return true;
                }
            }

            return false;
        });

        TestContext.Out.WriteLine($"{failed} of {Rollouts}");
        Assert.That(failed, Is.AtMost(MostFalse));
    }

    /// <summary>A pause slows down most requests of a look; each deployment has one in a look of 20.</summary>
    [Test]
    public void Pauses_of_both_are_seldom_a_slow_candidate()
    {
        var rule = new LatencyRule("latency") { Source = EvidenceSource.Replay };
        var failed = MonteCarlo.Count(Rollouts, random =>
        {
            var told = Told.Begun().Pairs(40, milliseconds: Look(40));
            for (var look = 0; look < 120; look++)
            {
                told.Pairs(10, milliseconds: Look(10));
            }

            return told.Asked(rule).Kind == VerdictKind.Fail;

            IEnumerable<(double, double)> Look(int pairs)
            {
                var (stable, candidate) = (random.NextDouble() < 0.05 ? 20 : 1, random.NextDouble() < 0.05 ? 20 : 1);
                return [.. Enumerable.Range(0, pairs).Select(pair => (One(pair, stable), One(pair, candidate)))];
            }

            double One(int pair, int pause) => random.LogNormal(3, 0.3) * (pair % 5 > 0 ? pause : 1);
        });

        TestContext.Out.WriteLine($"{failed} of {Rollouts}");
        Assert.That(failed, Is.AtMost(MostFalse));
    }

    [Test]
    public void Five_times_the_errors_are_found() => Finds(new() { Errors = 0.1 }, "errors", "replayed errors");

    [Test]
    public void Half_as_slow_again_is_found() => Finds(new() { Slowdown = 1.5 }, "latency", "replayed latency", "replayed median");

    [Test]
    public void Wrong_answers_are_found() => Finds(new() { Disagreement = 0.6 }, "agreement");

    [Test]
    public void Scores_that_have_moved_are_found() => Finds(new() { Shift = 0.5 }, "drift");

    private static IEnumerable<TestCaseData> LatencyLaws() =>
    [
        Law("lognormal", random => random.LogNormal(3, 0.4)),
        Law("lognormal with a heavy tail", random => random.LogNormal(3, 1.5)),
        Law("Pareto without a variance", random => 10 * Math.Pow(1 - random.NextDouble(), -1 / 1.5)),
        Law("few milliseconds, whole ones", random => Math.Floor(random.LogNormal(1, 0.3))),
        Law("now and then a pause", random => random.NextDouble() < 0.05 ? 500 : random.LogNormal(3, 0.2)),
    ];

    private static void Finds(Candidate candidate, params string[] gates)
    {
        var found = MonteCarlo.Run(100, random => FirstFailure(random, each => each.LogNormal(3, 0.4), candidate, All));

        TestContext.Out.WriteLine(string.Join(", ", found.CountBy(gate => gate ?? "nobody")));
        Assert.That(found.Count(gate => gate is not null && gates.Contains(gate)), Is.AtLeast(90));
    }

    /// <summary>The gate that fails first in a rollout of random evidence; null when none does.</summary>
    private static string? FirstFailure(Random random, Func<Random, double> latency, Candidate candidate, GateRule[] gates)
    {
        var told = Told.BeforeTheStart();
        Look(BeforeStart);
        told.Shift(10);
        for (var look = 0; look < Looks; look++)
        {
            Look(PairsOfLook);
            if (gates.Any(gate => gate.NeedsTraffic))
            {
                Minute();
            }

            if (told.Asked(gates).FirstOrDefault(report => report.Kind == VerdictKind.Fail) is { } failed)
            {
                return failed.Gate;
            }
        }

        return null;

        void Look(int pairs)
        {
            var (onlyStable, onlyCandidate) = (0, 0);
            var agreed = 0;
            var milliseconds = new List<(double, double)>();
            var scores = new List<(double, double)>();
            for (var pair = 0; pair < pairs; pair++)
            {
                var (stableFails, candidateFails) = (random.NextDouble() < 0.02, random.NextDouble() < candidate.Errors);
                if (stableFails || candidateFails)
                {
                    onlyStable += stableFails && !candidateFails ? 1 : 0;
                    onlyCandidate += candidateFails ? 1 : 0;
                    continue;
                }

                milliseconds.Add((latency(random), latency(random) * candidate.Slowdown));
                scores.Add((random.NextDouble(), random.NextDouble() + candidate.Shift));

                // Before the start nothing is wrong yet: what is measured there is how far two good versions agree.
                agreed += random.NextDouble() >= (pairs == BeforeStart ? 0.2 : candidate.Disagreement) ? 1 : 0;
            }

            told.Pairs(pairs, onlyStable, onlyCandidate, agreed: agreed, milliseconds: milliseconds, scores: scores);
        }

        void Minute()
        {
            var ofCandidate = random.Binomial(RequestsOfMinute, 0.1);
            var ofStable = RequestsOfMinute - ofCandidate;
            var (stableErrors, errors) = (random.Binomial(ofStable, 0.02), random.Binomial(ofCandidate, candidate.Errors));
            told.Minute(
                (ofStable - stableErrors, stableErrors),
                (ofCandidate - errors, errors),
                P95(ofStable),
                P95(ofCandidate) * candidate.Slowdown);
        }

        double P95(int requests)
        {
            var sorted = Enumerable.Range(0, requests).Select(_ => latency(random)).Order().ToArray();
            return sorted[(int)(0.95 * (requests - 1))];
        }
    }

    private static TestCaseData Law(string name, Func<Random, double> latency) => new TestCaseData(name, latency).SetArgDisplayNames(name);
}
