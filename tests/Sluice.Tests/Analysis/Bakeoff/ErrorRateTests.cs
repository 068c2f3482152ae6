using System.Globalization;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>The rules' false alarms and power, against the reference simulation.</summary>
[Category("Unit")]
internal sealed class ErrorRateTests
{
    private const int Runs = 1000;

    [TestCase("A low traffic: 100 req/look, canary 10%, 60 looks, p0=1%")]
    [TestCase("B medium traffic: 1000 req/look, canary 10%, 60 looks, p0=1%")]
    [TestCase("C 1000 req/look, canary 50%, 60 looks, p0=1%")]
    public void The_rules_stop_as_often_and_as_early_as_in_the_reference(string scenario)
    {
        var reference = Vectors.Read(Reference.File)["errorRate"]![scenario]!;
        var setup = reference["setup"]!;
        var setting = new Setting(
            (int)setup.Number("requestsPerLook"), setup.Number("canaryWeight"), (int)setup.Number("looks"), setup.Number("p0"));

        Assert.Multiple(() =>
        {
            foreach (var (rate, rules) in reference["byCanaryErrorRate"]!.AsObject())
            {
                var canaryRate = double.Parse(rate, CultureInfo.InvariantCulture);
                var runs = MonteCarlo.Run(Runs, random => Simulate(setting, canaryRate, random));
                var names = new StopRules(setting).Start().Select(rule => rule.Name).ToList();
                for (var i = 0; i < names.Count; i++)
                {
                    var expected = rules![names[i]]!;
                    int[] stops = [.. runs.Select(run => run[i]).OfType<int>().Order()];
                    Reference.AssertAlike(
                        $"{scenario[0]} {rate} {names[i]}",
                        (double)stops.Length / Runs,
                        Runs,
                        expected.Number("prob"),
                        (int)setup.Number("replications"));
                    if (expected.Number("prob") > 0.5)
                    {
                        Reference.AssertMedian(
                            $"{rate} {names[i]}",
                            stops,
                            (int)expected.Number("medianCanaryRequests"),
                            (int)(expected.Number("prob") * setup.Number("replications")));
                    }
                }
            }
        });
    }

    [Test]
    public void Looking_more_often_at_a_fixed_sample_test_alarms_more_often()
    {
        const int runs = 20_000;
        const int referenceRuns = 200_000;
        var reference = Vectors.Read(Reference.File)["errorRate"]!;
        var firstAlarms = MonteCarlo.Run(runs, random =>
        {
            var (sum, first, isPocock, isOBrienFleming) = (0.0, int.MaxValue, false, false);
            for (var look = 1; look <= 50; look++)
            {
                sum += MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
                var z = Math.Abs(sum / Math.Sqrt(look));
                first = z > 1.959964 ? Math.Min(first, look) : first;

                // Jennison and Turnbull's constants for five looks.
                isPocock |= look <= 5 && z >= 2.413;
                isOBrienFleming |= look <= 5 && z >= 2.040 * Math.Sqrt(5.0 / look);
            }

            return (first, isPocock, isOBrienFleming);
        });

        foreach (var (looks, share) in reference["peeking_type1"]!.AsObject())
        {
            var alarms = firstAlarms.Count(run => run.first <= int.Parse(looks, CultureInfo.InvariantCulture));
            Reference.AssertAlike($"{looks} looks", (double)alarms / runs, runs, share!.GetValue<double>(), referenceRuns);
        }

        Reference.AssertAlike(
            "Pocock", (double)firstAlarms.Count(run => run.isPocock) / runs, runs, reference.Number("pocock5_type1"), 2 * referenceRuns);
        Reference.AssertAlike(
            "O'Brien-Fleming",
            (double)firstAlarms.Count(run => run.isOBrienFleming) / runs,
            runs,
            reference.Number("obf5_type1"),
            2 * referenceRuns);
    }

    // The canary requests at which each rule stopped; null where it did not.
    private static int?[] Simulate(Setting setting, double canaryRate, Random random)
    {
        var rules = new StopRules(setting).Start();
        var stops = new int?[rules.Count];
        var sum = default(Look);
        for (var number = 1; number <= setting.Looks; number++)
        {
            var look = Look.Random(random, setting.RequestsPerLook, setting.Weight, setting.BaselineRate, canaryRate);
            sum += look;
            for (var i = 0; i < rules.Count; i++)
            {
                if (stops[i] is null && rules[i].Stops(number, look, sum))
                {
                    stops[i] = sum.CanaryRequests;
                }
            }
        }

        return stops;
    }
}
