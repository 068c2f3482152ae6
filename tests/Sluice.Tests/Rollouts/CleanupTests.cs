using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class CleanupTests
{
    [TestCase(0, "green-3")]
    [TestCase(1, "green-3,green-2")]
    [TestCase(2, "green-3,green-2,default")]
    public async Task The_newest_retired_deployments_are_retained(int retain, string left)
    {
        var rehearsal = await AfterTwoRolloutsAsync();
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Retain = retain });

        var result = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(string.Join(',', rehearsal.Deployments), Is.EqualTo(left));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-3")));
        });
    }

    [Test]
    public async Task A_second_cleanup_applies_nothing()
    {
        var rehearsal = await AfterTwoRolloutsAsync();
        await rehearsal.RunAsync(Stage.Cleanup);

        var result = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(result, Has.Property("Actions").EqualTo(0).And.Property("Why").EqualTo("No deployment is retired."));
    }

    [Test]
    public async Task What_a_person_deployed_is_never_deleted()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.SomebodyDeploys("experiment", "1");
        rehearsal.SomebodyDeploys("failed-experiment", "1", ProvisioningState.Failed);

        await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "failed-experiment", "experiment", "green-2" }));
    }

    [Test]
    public async Task A_candidate_that_waits_for_its_canary_stays()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);

        await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-3", "green-2" }));
    }

    [Test]
    public async Task A_candidate_of_another_pipeline_that_waits_for_its_canary_stays()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Time.Advance(TimeSpan.FromHours(1));
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        rehearsal.Spec = Specs.First;

        await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-3", "green-2" }));
    }

    [Test]
    public async Task A_candidate_that_went_back_is_retired()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();

        var result = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "default" }));
        });
    }

    [TestCase(10)]
    [TestCase(50)]
    [TestCase(100)]
    public async Task Nothing_is_deleted_before_the_rollout_is_over(int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight);

        var result = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Does.StartWith("The rollout of green-2 is not over").And.EndsWith("default must stay warm until it is."));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
        });
    }

    [Test]
    public async Task A_deployment_that_gets_mirrored_traffic_stays()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { MirrorTraffic = Traffic.Of([new("default", 10)]) };

        await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
    }

    [Test]
    public async Task Where_nothing_serves_nothing_counts_as_retired()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.SomebodySetsTraffic();

        await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
    }

    [Test]
    public async Task A_rollback_target_that_no_rollout_replaced_stays_when_a_person_moves_the_traffic_on()
    {
        var rehearsal = new Rehearsal(Specs.FirstEver);
        await rehearsal.RunAsync(Stage.Endpoint);
        rehearsal.SomebodyDeploys("by-hand", "77");
        rehearsal.SomebodySetsTraffic(("by-hand", 100));
        rehearsal.Scoring.Answers = (_, number) => number == 0;
        var went = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.SomebodyDeploys("by-hand-too", "78");
        rehearsal.SomebodySetsTraffic(("by-hand-too", 100));

        await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(went.Outcome, Is.EqualTo(Outcome.RolledBack), went.Why);
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "by-hand-too", "by-hand" }));
        });
    }

    [Test]
    public async Task The_way_back_stays_when_somebody_removes_the_tags_amid_the_final_bake()
    {
        var rehearsal = await Rehearsal.AtStepAsync(100);
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { Tags = Specs.First.Endpoint.Tags };

        var held = await rehearsal.RunAsync(Stage.Cleanup);
        var accepted = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(held.Why, Does.StartWith("Somebody else changed the rollout's tags"));
            Assert.That(accepted.Outcome, Is.EqualTo(Outcome.Held), accepted.Why);
            Assert.That(accepted.Why, Does.StartWith("The rollout of green-2 is not over"));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
        });
    }

    [TestCase(true, "Somebody else changed the traffic: it was [green-2 100 %], it is [default 100 %].")]
    [TestCase(false, "The latest rollout left green-2 serving, and somebody else moved the traffic: it is [default 100 %].")]
    public async Task What_served_stays_when_somebody_went_back_by_hand_until_a_person_accepts_that(bool hasJournal, string why)
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Store = hasJournal ? rehearsal.Store : null;
        rehearsal.SomebodySetsTraffic(("default", 100));

        var held = await rehearsal.RunAsync(Stage.Cleanup);
        var left = rehearsal.Deployments.ToArray();
        var accepted = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(held.Why, Does.StartWith(why));
            Assert.That(left, Is.EqualTo(new[] { "green-2", "default" }));
            Assert.That(accepted.Outcome, Is.EqualTo(Outcome.Done), accepted.Why);
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "default" }));
        });
    }

    [Test]
    public async Task What_served_stays_when_somebody_puts_a_deployment_of_their_own_in_its_place()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.SomebodyDeploys("hotfix", "2");
        rehearsal.SomebodySetsTraffic(("hotfix", 100));

        var held = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(held.Why, Does.StartWith("The latest rollout left green-2 serving"));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "hotfix", "green-2", "default" }));
        });
    }

    [Test]
    public async Task The_endpoint_goes_with_all_that_is_on_it()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();

        var result = await rehearsal.RunAsync(Stage.DeleteEndpoint);
        var again = await rehearsal.RunAsync(Stage.DeleteEndpoint);
        var cleanup = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(result, Has.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(1));
            Assert.That(rehearsal.Workspace.State.Endpoint, Is.Null);
            Assert.That(new[] { again, cleanup }, Is.All.Property("Actions").EqualTo(0).And.Property("Why")
                .EqualTo("There is no endpoint heart-endpoint."));
        });
    }

    [Test]
    public async Task After_the_endpoint_is_gone_a_rollout_begins_anew()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        var before = rehearsal.Picture;
        await rehearsal.RunAsync(Stage.DeleteEndpoint);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Picture, Is.EqualTo(before));
        });
    }

    private static async Task<Rehearsal> AfterTwoRolloutsAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        var result = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        return rehearsal;
    }

    [Test]
    public async Task All_that_were_rejected_are_retired_and_not_the_latest_alone()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        foreach (var candidate in new[] { "3", "4", "5" })
        {
            rehearsal.Time.Advance(TimeSpan.FromHours(1));
            rehearsal.Spec = Specs.Of(Specs.V3 with { Path = $"/models/heart/v{candidate}", Digest = $"digest-of-v{candidate}" }, Specs.V1);
            await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
            await rehearsal.RollBackAsync();
        }

        Assume.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-5", "green-4", "green-3", "green-2", "default" }));
        var result = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2" }));
    }
}
