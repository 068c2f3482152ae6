using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

/// <summary>What the evidence promises, by simulation: false rollbacks in 5 % of the rollouts at most, and regressions found.</summary>
[Category("Unit")]
internal sealed class GuaranteeTests
{
    private const int Runs = 4000;
    private const int Looks = 60;
    private const double Alpha = 0.05;

    private static readonly double[] Weights = [0.01, 0.05, 0.1, 0.25, 0.5];

    [TestCase(1.0)]
    [TestCase(1.25)]
    public void Good_canaries_are_kept_while_the_weight_changes(double tolerance) =>
        AssertKept(tolerance, (random, look) => Look.Random(random, 1000, Weights[look * Weights.Length / Looks], 0.01, 0.01));

    [TestCase(1.0)]
    [TestCase(1.25)]
    public void Good_canaries_are_kept_where_errors_are_not_rare(double tolerance) =>
        AssertKept(tolerance, (random, look) => Look.Random(random, 100, Weights[look * Weights.Length / Looks], 0.2, 0.2));

    [TestCase(1.0, 0.12)]
    [TestCase(1.25, 0.12)]
    [TestCase(1.0, 0.15)]
    public void Good_canaries_are_kept_at_another_share_than_configured(double tolerance, double share) =>
        AssertKept(tolerance, (random, _) => Look.Fixed(random, 1000, share, 0.01));

    [TestCase(1.0)]
    [TestCase(1.25)]
    public void Good_canaries_are_kept_in_an_exact_split(double tolerance) =>
        AssertKept(tolerance, (random, _) => Look.Fixed(random, 1000, 0.1, 0.01, isSplitExactly: true));

    [TestCase(1.0)]
    [TestCase(1.25)]
    public void Good_canaries_are_kept_in_incidents_that_hit_both_arms(double tolerance) => AssertKept(
        tolerance,
        (random, _) => Look.Fixed(random, 1000, 0.1, random.NextDouble() < 0.1 ? 0.1 : 0.01));

    [TestCase(1.0)]
    [TestCase(1.25)]
    public void Good_canaries_are_kept_when_bursts_count_once(double tolerance) =>
        AssertKept(tolerance, (random, _) => Bursts(random, counted: BurstCounter.OfEvents));

    [Test]
    public void Canaries_that_are_worse_by_the_tolerance_are_kept() =>
        AssertKept(1.25, (random, _) => Look.Random(random, 1000, 0.25, 0.02, 0.025));

    [Test]
    public void Counting_each_error_of_a_burst_would_break_the_promise()
    {
        var share = Share("each error of a burst", 1, (random, _) => Bursts(random, counted: buckets => buckets.Count()));

        Assert.That(share, Is.GreaterThan(0.15));
    }

    [Test]
    public void Taking_the_configured_share_for_the_true_one_would_break_the_promise()
    {
        // At a true share of 15 % the engine believes in 10 %.
        var stops = MonteCarlo.Run(Runs, random => Simulate(
            CountEProcess.ForFail(1), (one, _) => Look.Fixed(one, 1000, 0.15, 0.01), random, believedShare: 0.1));
        var share = (double)stops.Count(stop => stop is not null) / Runs;

        TestContext.Out.WriteLine($"believed share: {100 * share:0.00} % of the good canaries are rolled back");
        Assert.That(share, Is.GreaterThan(0.7));
    }

    [Test]
    public void Equal_pairs_are_kept()
    {
        var alarms = MonteCarlo.Count(Runs, random =>
        {
            var evidence = CountEProcess.ForFail(1);
            var reached = false;
            for (var look = 0; look < Looks; look++)
            {
                evidence.AddPairs(random.Poisson(1.5), random.Poisson(1.5));
                reached |= evidence.LogE >= Evidence.Threshold(Alpha);
            }

            return reached;
        });

        TestContext.Out.WriteLine($"pairs: {100.0 * alarms / Runs:0.00} % of the good canaries are rolled back");
        Assert.That(alarms, Is.LessThanOrEqualTo(Alpha * Runs));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Good_canaries_are_kept_whichever_of_five_metrics_alarms(bool areMeansTaken)
    {
        // Two of the metrics are the same one, and so depend on each other as far as can be.
        var alarms = MonteCarlo.Count(Runs, random =>
        {
            var metrics = Enumerable.Range(0, 4).Select(_ => CountEProcess.ForFail(1)).ToArray();
            var reached = false;
            for (var look = 0; look < Looks; look++)
            {
                foreach (var metric in metrics)
                {
                    var seen = Look.Random(random, 1000, 0.1, 0.01, 0.01);
                    metric.Add(seen.BaselineErrors, seen.CanaryErrors, seen.CanaryShare);
                }

                var logs = metrics.Append(metrics[0]).Select(metric => metric.LogE).ToArray();
                reached |= areMeansTaken
                    ? Evidence.Mean(logs) >= Evidence.Threshold(Alpha)
                    : logs.Max() >= Evidence.Threshold(Alpha, hypotheses: 5);
            }

            return reached;
        });

        TestContext.Out.WriteLine($"five metrics: {100.0 * alarms / Runs:0.00} % of the good canaries are rolled back");
        Assert.That(alarms, Is.LessThanOrEqualTo(Alpha * Runs));
    }

    [TestCase(1.0, 0.99, 150)]
    [TestCase(1.25, 0.99, 150)]
    public void Five_percent_of_errors_against_one_are_found_at_a_hundred_requests_a_look(double tolerance, double power, double median) =>
        AssertFound(tolerance, power, median, random => Look.Random(random, 100, 0.1, 0.01, 0.05));

    [TestCase(1.0, 0.99, 1500)]
    [TestCase(1.25, 0.9, 2600)]
    public void Two_percent_of_errors_against_one_are_found_at_a_thousand_requests_a_look(
        double tolerance, double power, double median) =>
        AssertFound(tolerance, power, median, random => Look.Random(random, 1000, 0.1, 0.01, 0.02));

    [Test]
    public void Twice_the_errors_are_not_promoted_early()
    {
        var passes = MonteCarlo.Run(Runs, random => Simulate(
            CountEProcess.ForPass(), (one, _) => Look.Random(one, 1000, 0.1, 0.01, 0.02), random));
        var share = (double)passes.Count(stop => stop is not null) / Runs;

        TestContext.Out.WriteLine($"ratio 2: {100 * share:0.00} % of the canaries are promoted early");
        Assert.That(share, Is.LessThanOrEqualTo(Alpha));
    }

    [Test]
    public void Good_canaries_are_promoted_early()
    {
        var passes = MonteCarlo.Run(Runs, random => Simulate(
            CountEProcess.ForPass(), (one, _) => Look.Random(one, 1000, 0.1, 0.01, 0.01), random));

        AssertStopped("promoted early", passes, power: 0.99, median: 1300);
    }

    private static void AssertKept(double tolerance, Func<Random, int, Look> look) =>
        Assert.That(Share("false rollbacks", tolerance, look), Is.LessThanOrEqualTo(Alpha));

    private static double Share(string name, double tolerance, Func<Random, int, Look> look)
    {
        var stops = MonteCarlo.Run(Runs, random => Simulate(new RestartedCountEProcess(tolerance), look, random));
        var share = (double)stops.Count(stop => stop is not null) / Runs;
        TestContext.Out.WriteLine($"{name}, tolerance {tolerance}: {100 * share:0.00} % of the good canaries are rolled back");
        return share;
    }

    private static void AssertFound(double tolerance, double power, double median, Func<Random, Look> look) => AssertStopped(
        $"found at a tolerance of {tolerance}",
        MonteCarlo.Run(Runs, random => Simulate(new RestartedCountEProcess(tolerance), (one, _) => look(one), random)),
        power,
        median);

    private static void AssertStopped(string name, int?[] stops, double power, double median)
    {
        int[] found = [.. stops.OfType<int>().Order()];
        TestContext.Out.WriteLine(
            $"{name}: {100.0 * found.Length / Runs:0.00} %, with a median of {found[found.Length / 2]} canary requests");

        // Three standard errors of the simulation, as another seed must not change the answer.
        Assert.That(found, Has.Length.GreaterThanOrEqualTo((power * Runs) - (3 * Math.Sqrt(power * (1 - power) * Runs))));
        Assert.That(found[found.Length / 2], Is.LessThan(median));
    }

    private static int? Simulate(CountEProcess evidence, Func<Random, int, Look> look, Random random, double? believedShare = null) =>
        Simulate(evidence.Add, () => evidence.LogE, look, random, believedShare);

    private static int? Simulate(RestartedCountEProcess evidence, Func<Random, int, Look> look, Random random) =>
        Simulate(evidence.Add, () => evidence.LogE, look, random);

    // The canary requests until the evidence was enough; null when it never was.
    private static int? Simulate(
        Action<double, double, double> add, Func<double> logE, Func<Random, int, Look> look, Random random, double? believedShare = null)
    {
        var requests = 0;
        for (var number = 0; number < Looks; number++)
        {
            var seen = look(random, number);
            add(seen.BaselineErrors, seen.CanaryErrors, believedShare ?? seen.CanaryShare);
            requests += seen.CanaryRequests;
            if (logE() >= Evidence.Threshold(Alpha))
            {
                return requests;
            }
        }

        return null;
    }

    // Errors of 1 % that come three at a time on average, each time within one second of one instance.
    private static Look Bursts(Random random, Func<IEnumerable<int>, int> counted)
    {
        var canary = random.Binomial(1000, 0.1);
        var baselineErrors = counted(Buckets(random, 1000 - canary, instances: 9));
        return new(baselineErrors, 1000 - canary, counted(Buckets(random, canary, instances: 1)), canary);
    }

    private static List<int> Buckets(Random random, int requests, int instances)
    {
        const double meanSize = 3;
        var buckets = new List<int>();
        for (var bursts = random.Poisson(requests * 0.01 / meanSize); bursts > 0; bursts--)
        {
            var bucket = random.Next(instances * 60);
            do
            {
                buckets.Add(bucket);
            }
            while (random.NextDouble() > 1 / meanSize);
        }

        return buckets;
    }
}
