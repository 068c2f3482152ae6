using FsCheck;
using FsCheck.Fluent;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Analysis;

[Category("Unit")]
internal sealed class CountEProcessTests
{
    private static readonly (double Baseline, double Canary, double Share)[] OnlyCanaryErrors =
        [.. Enumerable.Repeat((0.0, 1.0, 0.1), 4)];

    private static readonly (double Baseline, double Canary, double Share)[] OnlyBaselineErrors =
        [.. Enumerable.Repeat((3.0, 0.0, 0.5), 8)];

    private static readonly Arbitrary<(double Baseline, double Canary, double Share)[]> Looks = (
        from baseline in Gen.Choose(0, 30)
        from canary in Gen.Choose(0, 30)
        from percent in Gen.Choose(0, 100)
        select ((double)baseline, (double)canary, percent / 100.0)).ArrayOf().ToArbitrary();

    [Test]
    public void The_evidence_after_each_look_is_that_of_the_vectors()
    {
        var cases = Vectors.Read("eprocess.json", "countEProcess");

        Assert.That(cases, Has.Count.EqualTo(15));
        foreach (var one in cases)
        {
            var evidence = one["kind"]!.GetValue<string>() == "fail"
                ? CountEProcess.ForFail(one.Number("nullRatioAtMost"))
                : CountEProcess.ForPass(one.Number("nullRatioAtLeast"));
            var found = one["looks"]!.AsArray().Select(look =>
            {
                evidence.Add(look!.Number("baselineErrors"), look!.Number("canaryErrors"), look!.Number("canaryWeight"));
                return evidence.LogE;
            });

            Assert.That(found, Is.EqualTo(one.Numbers("logE")).Within(1e-9), one["name"]!.GetValue<string>());
        }
    }

    [Test]
    public void Errors_of_the_canary_alone_speak_for_a_rollback()
    {
        Assert.That(After(CountEProcess.ForFail(1), OnlyCanaryErrors).LogE, Is.EqualTo(6.168152).Within(1e-6));
        Assert.That(After(CountEProcess.ForFail(), OnlyCanaryErrors).LogE, Is.EqualTo(5.449521).Within(1e-6));
        Assert.That(After(CountEProcess.ForPass(), OnlyCanaryErrors).LogE, Is.EqualTo(-1.949352).Within(1e-6));
    }

    [Test]
    public void Errors_of_the_baseline_alone_speak_for_a_promotion()
    {
        Assert.That(After(CountEProcess.ForFail(1), OnlyBaselineErrors).LogE, Is.EqualTo(-4.442839).Within(1e-6));
        Assert.That(After(CountEProcess.ForFail(), OnlyBaselineErrors).LogE, Is.EqualTo(-4.583094).Within(1e-6));
        Assert.That(After(CountEProcess.ForPass(), OnlyBaselineErrors).LogE, Is.EqualTo(16.652201).Within(1e-6));
    }

    [TestCase(0, 0, 0.1, TestName = "A_look_without_errors_says_nothing")]
    [TestCase(5, 0, 0.0, TestName = "A_look_without_requests_to_the_canary_says_nothing")]
    [TestCase(5, 3, 0.0, TestName = "Errors_of_a_canary_without_requests_say_nothing")]
    [TestCase(0, 5, 1.0, TestName = "A_look_without_requests_to_the_baseline_says_nothing")]
    public void A_look_that_says_nothing(double baselineErrors, double canaryErrors, double share)
    {
        var fail = After(CountEProcess.ForFail(), OnlyCanaryErrors);
        var before = fail.LogE;

        fail.Add(baselineErrors, canaryErrors, share);

        Assert.That(fail.LogE, Is.EqualTo(before));
    }

    [Test]
    public void Evidence_starts_at_nothing()
    {
        Assert.That(CountEProcess.ForFail().LogE, Is.Zero.Within(1e-15));
        Assert.That(CountEProcess.ForPass().LogE, Is.Zero.Within(1e-15));
        Assert.That(CountEProcess.ForFail().State.Length, Is.EqualTo(40));
        Assert.That(CountEProcess.ForPass().State.Length, Is.EqualTo(20));
    }

    [Test]
    public void The_order_of_the_looks_does_not_matter() => Properties.Check(200, Looks, looks =>
    {
        foreach (var start in Starts())
        {
            Assert.That(After(start(), looks.Reverse()).LogE, Is.EqualTo(After(start(), looks).LogE).Within(1e-9));
        }

        return Task.CompletedTask;
    });

    [Test]
    public void A_look_may_be_split() => Properties.Check(200, Looks, looks =>
    {
        var split = looks.SelectMany(look => new[]
        {
            (Math.Floor(look.Baseline / 3), look.Canary, look.Share),
            (look.Baseline - Math.Floor(look.Baseline / 3), 0.0, look.Share),
        });
        foreach (var start in Starts())
        {
            Assert.That(After(start(), split).LogE, Is.EqualTo(After(start(), looks).LogE).Within(1e-9));
        }

        return Task.CompletedTask;
    });

    [Test]
    public void A_crash_between_any_two_looks_changes_nothing() => Properties.Check(200, Looks, looks =>
    {
        foreach (var start in Starts())
        {
            var straight = After(start(), looks);
            var stored = start().State.ToArray();
            foreach (var look in looks)
            {
                var revived = start();
                revived.Restore(stored);
                revived.Add(look.Baseline, look.Canary, look.Share);
                stored = revived.State.ToArray();
            }

            Assert.That(stored, Is.EqualTo(straight.State.ToArray()));
        }

        return Task.CompletedTask;
    });

    [Test]
    public void Twice_the_errors_of_a_worse_canary_are_more_evidence()
    {
        var few = CountEProcess.ForFail();
        var many = CountEProcess.ForFail();

        few.Add(9, 5, 0.1);
        many.Add(18, 10, 0.1);

        Assert.That(many.LogE, Is.GreaterThan(few.LogE));
        Assert.That(few.LogE, Is.GreaterThan(0));
    }

    [Test]
    public void Pairs_are_weighed_as_errors_at_half_of_the_traffic()
    {
        var pairs = CountEProcess.ForFail(1);
        var halves = CountEProcess.ForFail(1);

        pairs.AddPairs(2, 14);
        halves.Add(2, 14, 0.5);

        Assert.That(pairs.LogE, Is.EqualTo(halves.LogE));
        Assert.That(pairs.LogE, Is.GreaterThan(Evidence.Threshold(0.05)));
    }

    [Test]
    public void Evidence_adds_up_without_memory_of_its_own()
    {
        var evidence = CountEProcess.ForFail();
        evidence.Add(1, 1, 0.1);
        _ = evidence.LogE;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var look = 0; look < 1000; look++)
        {
            evidence.Add(1, 1, 0.1);
            _ = evidence.LogE;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));
    }

    [TestCase(-1, 0, 0.1)]
    [TestCase(0, double.NaN, 0.1)]
    [TestCase(0, double.PositiveInfinity, 0.1)]
    [TestCase(0, 0, 1.1)]
    [TestCase(0, 0, double.NaN)]
    public void Numbers_that_are_no_counts_are_refused(double baselineErrors, double canaryErrors, double share) => Assert.That(
        () => CountEProcess.ForFail().Add(baselineErrors, canaryErrors, share),
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Ratios_without_alternatives_are_refused()
    {
        Assert.That(() => CountEProcess.ForFail(0.9), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => CountEProcess.ForFail(11), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => CountEProcess.ForPass(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_state_of_another_evidence_is_refused()
    {
        var fail = CountEProcess.ForFail();
        var broken = new double[40];
        broken[7] = double.NaN;

        Assert.That(() => fail.Restore(CountEProcess.ForPass().State), Throws.ArgumentException);
        Assert.That(() => fail.Restore(broken), Throws.ArgumentException.With.Message.Contains("NaN"));
    }

    private static IEnumerable<Func<CountEProcess>> Starts() =>
        [() => CountEProcess.ForFail(), () => CountEProcess.ForFail(1), () => CountEProcess.ForPass()];

    private static CountEProcess After(CountEProcess evidence, IEnumerable<(double Baseline, double Canary, double Share)> looks)
    {
        foreach (var (baseline, canary, share) in looks)
        {
            evidence.Add(baseline, canary, share);
        }

        return evidence;
    }
}
