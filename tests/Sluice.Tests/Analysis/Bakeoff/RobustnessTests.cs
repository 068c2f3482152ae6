using System.Text.Json.Nodes;
using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>What breaks the count evidence and what does not, against the reference simulation.</summary>
[Category("Unit")]
internal sealed class RobustnessTests
{
    private const int Runs = 1000;
    private const int ReferenceRuns = 4000;
    private const int ReferencePowerRuns = 1000;

    [TestCase("routing Bernoulli(.10), configured rho, p=1%", 0.1, 0.01, false, false)]
    [TestCase("routing Bernoulli(.10), observed rho, p=1%", 0.1, 0.01, false, true)]
    [TestCase("routing Bernoulli(.10), configured rho, p=20%", 0.1, 0.2, false, false)]
    [TestCase("routing Bernoulli(.10), observed rho, p=20%", 0.1, 0.2, false, true)]
    [TestCase("exact split 100/900, observed rho, p=1%", 0.1, 0.01, true, true)]
    [TestCase("exact split 100/900, observed rho, p=20%", 0.1, 0.2, true, true)]
    [TestCase("true split .12 but configured .10, p=1%", 0.12, 0.01, false, false)]
    [TestCase("true split .12, observed rho, p=1%", 0.12, 0.01, false, true)]
    [TestCase("true split .15 but configured .10, p=1%", 0.15, 0.01, false, false)]
    public void False_alarms_are_those_of_the_reference(
        string situation, double share, double rate, bool isSplitExactly, bool isShareObserved) =>
        AssertAlike(situation, isShareObserved, random => Look.Fixed(random, 1000, share, rate, isSplitExactly));

    [Test]
    public void Incidents_of_both_arms_cancel_as_in_the_reference() => AssertAlike(
        "common incidents x10 in 10% of looks, observed rho, base 1%",
        isShareObserved: true,
        random => Look.Fixed(random, 1000, 0.1, random.NextDouble() < 0.1 ? 0.1 : 0.01));

    [TestCase("power: p 1% -> 2%, observed rho", 0.01, 0.02, false)]
    [TestCase("power: p 20% -> 24%, observed rho", 0.2, 0.24, false)]
    [TestCase("power: p 20% -> 24%, exact split", 0.2, 0.24, true)]
    public void Power_is_that_of_the_reference(string situation, double baselineRate, double canaryRate, bool isSplitExactly)
    {
        var found = MonteCarlo.Count(Runs, random => Alarms(isShareObserved: true, random, one =>
        {
            var canary = isSplitExactly ? 100 : one.Binomial(1000, 0.1);
            return new(one.Binomial(1000 - canary, baselineRate), 1000 - canary, one.Binomial(canary, canaryRate), canary);
        }).Plain);

        Reference.AssertAlike(
            situation, (double)found / Runs, Runs, Results()[situation]!.GetValue<double>(), ReferencePowerRuns);
    }

    private static void AssertAlike(string situation, bool isShareObserved, Func<Random, Look> look)
    {
        var expected = Results()[situation]!;
        var alarms = MonteCarlo.Run(Runs, random => Alarms(isShareObserved, random, look));

        Reference.AssertAlike(
            $"{situation}, tolerance 1", (double)alarms.Count(one => one.Plain) / Runs, Runs, expected.Number("fpTol1"), ReferenceRuns);
        Reference.AssertAlike(
            $"{situation}, tolerance 1.25",
            (double)alarms.Count(one => one.Tolerant) / Runs,
            Runs,
            expected.Number("fpTol1_25"),
            ReferenceRuns);
    }

    private static JsonNode Results() => Vectors.Read(Reference.File)["robustnessCountEProcess"]!["results"]!;

    private static (bool Plain, bool Tolerant) Alarms(bool isShareObserved, Random random, Func<Random, Look> look)
    {
        var (plain, tolerant) = (CountEProcess.ForFail(1), CountEProcess.ForFail(1.25));
        var (isPlain, isTolerant) = (false, false);
        for (var number = 0; number < 60; number++)
        {
            var seen = look(random);
            var share = isShareObserved ? seen.CanaryShare : 0.1;
            plain.Add(seen.BaselineErrors, seen.CanaryErrors, share);
            tolerant.Add(seen.BaselineErrors, seen.CanaryErrors, share);
            isPlain |= plain.LogE >= Evidence.Threshold(0.05);
            isTolerant |= tolerant.LogE >= Evidence.Threshold(0.05);
        }

        return (isPlain, isTolerant);
    }
}
