using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class TrafficSplitTests
{
    [TestCase(90, 10)]
    [TestCase(50, 50)]
    [TestCase(99, 1)]
    [TestCase(33, 67)]
    public void Deployments_are_drawn_in_proportion_to_their_weights(int blue, int green)
    {
        const int seed = 4711;
        const int draws = 100_000;
        var random = new SplitRandom(seed, "test");
        var traffic = new Dictionary<string, int> { ["blue"] = blue, ["green"] = green, ["red"] = 0 };

        var counts = Enumerable.Range(0, draws).CountBy(_ => TrafficSplit.Draw(traffic, random)!).ToDictionary();

        TestContext.Out.WriteLine($"seed {seed}: {string.Join(", ", counts)}");
        var chiSquare = traffic.Where(pair => pair.Value > 0)
            .Select(pair => (Expected: draws * pair.Value / 100.0, Drawn: counts[pair.Key]))
            .Sum(arm => Math.Pow(arm.Drawn - arm.Expected, 2) / arm.Expected);
        Assert.That(counts.Keys, Is.EquivalentTo(new[] { "blue", "green" }));
        Assert.That(chiSquare, Is.LessThan(10.83), "one degree of freedom, p = 0.001");
    }

    [Test]
    public void Every_number_below_a_bound_is_equally_likely()
    {
        const int seed = 99;
        const int bound = 100;
        const int draws = 1_000_000;
        var random = new SplitRandom(seed, "test");
        var counts = new int[bound];

        for (var i = 0; i < draws; i++)
        {
            counts[random.Below(bound)]++;
        }

        const double expected = draws / (double)bound;
        var chiSquare = counts.Sum(count => Math.Pow(count - expected, 2) / expected);
        Assert.That(chiSquare, Is.InRange(61.1, 148.2), $"seed {seed}: 99 degrees of freedom, p = 0.001 on either side");
    }

    [Test]
    public void Numbers_are_drawn_once_each_however_many_threads_draw()
    {
        var alone = new SplitRandom(5, "test");
        var shared = new SplitRandom(5, "test");
        var expected = Enumerable.Range(0, 10_000).Select(_ => alone.Below(1_000_000)).Order().ToList();

        var drawn = ParallelEnumerable.Range(0, 10_000).Select(_ => shared.Below(1_000_000)).AsEnumerable().Order().ToList();

        Assert.That(drawn, Is.EqualTo(expected));
    }

    [Test]
    public void Streams_of_one_seed_differ()
    {
        var one = new SplitRandom(5, "one");
        var two = new SplitRandom(5, "two");

        Assert.That(
            Enumerable.Range(0, 20).Select(_ => one.Below(1000)),
            Is.Not.EqualTo(Enumerable.Range(0, 20).Select(_ => two.Below(1000))));
    }

    [Test]
    public void Weights_that_do_not_sum_to_100_count_by_proportion()
    {
        var random = new SplitRandom(1, "test");
        var traffic = new Dictionary<string, int> { ["a"] = 1, ["b"] = 3 };

        var share = Enumerable.Range(0, 10_000).Count(_ => TrafficSplit.Draw(traffic, random) == "b") / 10_000.0;

        Assert.That(share, Is.EqualTo(0.75).Within(0.02));
    }

    [Test]
    public void Nothing_is_drawn_without_a_positive_weight()
    {
        var random = new SplitRandom(1, "test");

        Assert.That(TrafficSplit.Draw(new Dictionary<string, int> { ["a"] = 0, ["b"] = -5 }, random), Is.Null);
        Assert.That(TrafficSplit.Draw(new Dictionary<string, int>(), random), Is.Null);
    }

    [TestCase(0, 0)]
    [TestCase(100, 1000)]
    public void A_mirror_of_none_or_all_leaves_nothing_to_luck(int percent, int expected)
    {
        var random = new SplitRandom(1, "test");

        Assert.That(Enumerable.Range(0, 1000).Count(_ => TrafficSplit.IsMirrored(percent, random)), Is.EqualTo(expected));
    }
}
