using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class SafeTwoByTwoTests
{
    [Test]
    public void The_evidence_after_each_block_is_that_of_the_vectors()
    {
        var cases = Vectors.Read("eprocess.json", "safe2x2");

        Assert.That(cases, Has.Count.EqualTo(3));
        foreach (var one in cases)
        {
            var prior = one.Numbers("prior");
            var evidence = new SafeTwoByTwo(prior[0], prior[1], prior[2], prior[3]);
            var found = one["blocks"]!.AsArray().Select(block =>
            {
                var numbers = block!.AsArray().Select(number => number!.GetValue<double>()).ToArray();
                evidence.Add(numbers[0], numbers[1], numbers[2], numbers[3]);
                return evidence.LogE;
            });

            Assert.That(found, Is.EqualTo(one.Numbers("logE")).Within(1e-9), one["name"]!.GetValue<string>());
        }
    }

    [Test]
    public void The_expected_evidence_of_a_block_is_one_while_the_rates_are_equal()
    {
        // After any history, at any common rate: all outcomes of a block of one and two requests, with their probabilities.
        const double rate = 0.3;
        var expected = 0.0;
        for (var outcome = 0; outcome < 8; outcome++)
        {
            var (first, second, third) = (outcome & 1, (outcome >> 1) & 1, outcome >> 2);
            var evidence = new SafeTwoByTwo();
            evidence.Add(4, 10, 1, 10);
            var before = evidence.LogE;
            evidence.Add(first, 1, second + third, 2);
            var events = first + second + third;
            expected += Math.Pow(rate, events) * Math.Pow(1 - rate, 3 - events) * Math.Exp(evidence.LogE - before);
        }

        Assert.That(expected, Is.LessThanOrEqualTo(1 + 1e-12));
    }

    [Test]
    public void The_guesses_tell_the_direction()
    {
        var evidence = new SafeTwoByTwo();

        evidence.Add(1, 100, 9, 100);

        Assert.That(evidence.CanaryRate, Is.GreaterThan(evidence.BaselineRate));
        Assert.That(evidence.LogE, Is.Zero.Within(1e-12), "The first block is scored by equal guesses.");
    }

    [Test]
    public void A_block_without_requests_says_nothing()
    {
        var evidence = new SafeTwoByTwo();
        evidence.Add(1, 5, 2, 5);
        evidence.Add(2, 5, 4, 5);
        var before = evidence.LogE;

        evidence.Add(0, 0, 0, 0);

        Assert.That(evidence.LogE, Is.EqualTo(before));
    }
}
