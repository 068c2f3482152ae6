using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>The last line of defence, with actions that the planner never proposes.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class InvariantsTests
{
    private static readonly Situation AtTen = Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary).Since(6);

    [Test]
    public void Traffic_sums_to_100() =>
        Assert.That(
            Invariants.Violation(AtTen, Shift(Traffic.Of([new("default", 90)]))),
            Is.EqualTo("Traffic must sum to 100 %; [default 90 %] sums to 90 %."));

    [Test]
    public void Traffic_names_no_deployment_that_is_broken() =>
        Assert.That(
            Invariants.Violation(AtTen.In("default", ProvisioningState.Failed), Shift(Traffic.AllTo("default"))),
            Is.EqualTo("Traffic must not name default, which is Failed."));

    [Test]
    public void Traffic_names_no_deployment_that_is_not_there() =>
        Assert.That(
            Invariants.Violation(AtTen, Shift(Traffic.AllTo("blue"))),
            Is.EqualTo("Traffic must not name blue, which is not there."));

    [Test]
    public void Traffic_that_nobody_expected_is_not_overwritten() =>
        Assert.That(
            Invariants.Violation(AtTen, new SetTraffic(Specs.Endpoint, Traffic.AllTo("default"), Traffic.AllTo("default"), null)),
            Is.EqualTo("The traffic is [default 90 %, green-2 10 %], not [default 100 %] as the plan expects."));

    [TestCase(0, 0, "nothing")]
    [TestCase(19, 0, "too little")]
    [TestCase(20, 3, "too many failures")]
    public void A_weight_does_not_rise_on(int sent, int failed, string evidence) =>
        Assert.That(
            Invariants.Violation(AtTen.Probed(0, sent, failed), Rise(50)),
            Does.StartWith("The weight of green-2 must not rise without a Pass: "),
            evidence);

    [Test]
    public void A_weight_rises_on_a_pass() => Assert.That(Invariants.Violation(AtTen.Probed(0, 20), Rise(50)), Is.Null);

    [Test]
    public void The_first_weight_needs_a_smoke_test()
    {
        var ready = Serving(("default", 100), ("green-2", 0)).Since(0);
        var first = new SetTraffic(Specs.Endpoint, Traffic.AllTo("default"), Traffic.Split("default", "green-2", 10), Mark(RolloutStatus.Canary));

        Assert.Multiple(() =>
        {
            Assert.That(Invariants.Violation(ready, first), Does.EndWith("without a Pass: nothing was measured."));
            Assert.That(Invariants.Violation(ready.Smoked("green-2", VerdictKind.Fail), first), Does.EndWith("the sample says Fail."));
            Assert.That(Invariants.Violation(ready.Smoked("green-2"), first), Is.Null);
        });
    }

    [Test]
    public void A_pass_of_an_earlier_process_counts_until_this_one_sees_a_failure()
    {
        var passed = AtTen.Marked(RolloutStatus.Passed);

        Assert.Multiple(() =>
        {
            Assert.That(Invariants.Violation(passed, Rise(50)), Is.Null);
            Assert.That(Invariants.Violation(passed.Probed(0, 20, failed: 20), Rise(50)), Is.Not.Null);
        });
    }

    [Test]
    public void Going_back_needs_no_evidence() =>
        Assert.That(
            Invariants.Violation(
                AtTen,
                new SetTraffic(Specs.Endpoint, AtTen.State.Endpoint!.Traffic, Traffic.AllTo("default"), Mark(RolloutStatus.RolledBack))),
            Is.Null);

    [Test]
    public void What_has_traffic_is_not_deleted() =>
        Assert.That(
            Invariants.Violation(AtTen, new DeleteDeployment(Specs.Endpoint, "green-2")),
            Is.EqualTo("Deployment green-2 has traffic ([default 90 %, green-2 10 %], mirrored [no traffic]) and must not be deleted."));

    [Test]
    public void The_stable_deployment_is_not_deleted_before_the_final_bake_ends()
    {
        var baking = Serving(("default", 0), ("green-2", 100));
        var delete = new DeleteDeployment(Specs.Endpoint, "default");

        Assert.Multiple(() =>
        {
            Assert.That(
                Invariants.Violation(baking.Marked(RolloutStatus.FinalBake), delete),
                Is.EqualTo("Deployment default is the stable one, and the rollout of green-2 is not over."));
            Assert.That(Invariants.Violation(baking.Marked(RolloutStatus.Completed), delete), Is.Null);
        });
    }

    [Test]
    public void Nor_is_it_when_somebody_has_removed_the_tags() => Assert.That(
        Invariants.Violation(
            Serving(("default", 0), ("green-2", 100)).After(new MarkWritten(Noon, Mark(RolloutStatus.FinalBake), "passed")),
            new DeleteDeployment(Specs.Endpoint, "default")),
        Is.EqualTo("Deployment default is the stable one, and the rollout of green-2 is not over."));

    [Test]
    public void A_weight_does_not_rise_by_more_than_the_policy_allows_at_once()
    {
        var careful = AtTen.Probed(0, 20).Under(new() { MaximumStep = 40 });

        Assert.Multiple(() =>
        {
            Assert.That(
                Invariants.Violation(careful, Rise(51)),
                Is.EqualTo("The weight of green-2 must not rise by 41 percent points at once; the policy allows 40."));
            Assert.That(Invariants.Violation(careful, Rise(50)), Is.Null);
        });
    }

    [Test]
    public void In_a_freeze_nothing_is_made_raised_or_deleted()
    {
        var frozen = AtTen.Probed(0, 20).Under(new() { Freeze = [new OneOffWindow("audit", Noon.DateTime, Noon.DateTime.AddHours(1))] });
        var back = Shift(Traffic.AllTo("default")) with { Mark = Mark(RolloutStatus.RolledBack) };

        Assert.Multiple(() =>
        {
            Assert.That(Invariants.Violation(frozen, Rise(50)), Is.EqualTo("The freeze \"audit\" is on."));
            Assert.That(Invariants.Violation(frozen, new DeleteDeployment(Specs.Endpoint, "green-1")), Is.EqualTo("The freeze \"audit\" is on."));
            Assert.That(Invariants.Violation(frozen, new DeleteEndpoint(Specs.Endpoint)), Is.Not.Null);
            Assert.That(Invariants.Violation(frozen, back), Is.Null);
            Assert.That(Invariants.Violation(frozen, new SmokeTest(Specs.Endpoint, "green-2")), Is.Null);
            Assert.That(Invariants.Violation(frozen with { Now = Noon.AddTicks(-1) }, Rise(50)), Is.Null);
            Assert.That(Invariants.Violation(frozen with { Now = Noon.AddHours(1) }, Rise(50)), Is.Null);
        });
    }

    [TestCase(10, 50, 1, 2, true)]
    [TestCase(0, 10, 1, 0, false)]
    [TestCase(0, 10, 0, 2, true)]
    [TestCase(50, 100, 0, 2, false)]
    [TestCase(50, 100, 1, 0, true)]
    [TestCase(0, 100, 1, 0, false, Description = "All at once is the first traffic, too.")]
    [TestCase(0, 100, 0, 1, false)]
    public void A_weight_does_not_rise_without_the_approvals_that_it_needs(int from, int to, int canary, int promote, bool mayRise)
    {
        var situation = Serving(("default", 100 - from), ("green-2", from)).Marked(RolloutStatus.Canary).Since(6).Smoked("green-2").Probed(0, 20)
            .Under(new() { Approvals = new(canary, promote) });
        var rise = new SetTraffic(
            Specs.Endpoint, situation.State.Endpoint!.Traffic, Traffic.Split("default", "green-2", to), Mark(RolloutStatus.Canary));

        Assert.That(
            Invariants.Violation(situation, rise),
            Is.EqualTo(mayRise ? null : $"The weight of green-2 must not rise to {to} % without the approvals that the policy asks for."));
    }

    [Test]
    public void Outside_of_the_allowed_windows_nothing_is_raised()
    {
        var spans = AtTen.Probed(0, 20).Under(new() { Allow = [new OneOffWindow("launch", Noon.DateTime.AddHours(1), Noon.DateTime.AddHours(2))] });

        Assert.Multiple(() =>
        {
            Assert.That(Invariants.Violation(spans, Rise(50)), Is.EqualTo("No allowed window is open."));
            Assert.That(Invariants.Violation(spans with { Now = Noon.AddHours(1) }, Rise(50)), Is.Null);
        });
    }

    [Test]
    public void Without_an_endpoint_nothing_on_it_is_written() =>
        Assert.That(
            Invariants.Violation(Of(null), new DeleteDeployment(Specs.Endpoint, "default")),
            Is.EqualTo("There is no endpoint to delete deployment default."));

    private static SetTraffic Shift(Traffic wanted) => new(Specs.Endpoint, AtTen.State.Endpoint!.Traffic, wanted, null);

    private static SetTraffic Rise(int weight) => Shift(Traffic.Split("default", "green-2", weight)) with { Mark = Mark(RolloutStatus.Canary) };

    private static RolloutMark Mark(RolloutStatus status) => new("old", "default", "green-2", status);
}
