using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class LaterRolloutTests
{
    [TestCase(10)]
    [TestCase(100)]
    public async Task A_rollout_that_is_not_over_is_not_run_over_by_the_next_one(int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight);
        rehearsal.Spec = Specs.Second;

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var traffic = rehearsal.Traffic;
        await rehearsal.RollBackAsync();
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Green, Outcome.Held)), held.Why);
            Assert.That(traffic["green-2"], Is.EqualTo(weight));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Mark?.Stable, Is.EqualTo("default"));
        });
    }

    [Test]
    public async Task After_a_rollback_and_the_endpoints_deletion_a_new_rollout_begins()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();
        await rehearsal.RunAsync(Stage.DeleteEndpoint);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(100));
    }

    [Test]
    public async Task In_the_next_rollout_the_stable_deployment_is_whatever_serves()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-3")));
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-2", "green-2", "green-3", RolloutStatus.Completed)));
        });
    }

    [Test]
    public async Task A_changed_prefix_names_only_what_is_made_from_then_on()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.First with { Green = Specs.First.Green with { Name = "Emerald" } };
        var unchanged = await rehearsal.RunAsync(Rehearsal.Line);

        rehearsal.Spec = rehearsal.Spec with { Model = Specs.Second.Model };
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(unchanged.Actions, Is.Zero);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("emerald-3")));
        });
    }

    [Test]
    public async Task A_deployment_that_a_person_made_is_the_stable_one_when_it_serves()
    {
        var rehearsal = new Rehearsal(Specs.FirstEver);
        await rehearsal.RunAsync(Stage.Endpoint);
        rehearsal.SomebodyDeploys("by-hand", "77");
        rehearsal.SomebodySetsTraffic(("by-hand", 100));

        var result = await rehearsal.RunAsync([.. Rehearsal.Line, Stage.Cleanup]);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-1")));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-1" }), "what the rollout replaced is retired, whoever made it");
        });
    }

    [Test]
    public async Task The_version_that_serves_already_needs_no_rollout_under_any_name()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        await rehearsal.RunAsync(Stage.Cleanup);
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync([.. Rehearsal.Line, Stage.Cleanup]);
        rehearsal.SomebodyDeploys("by-hand", "2");
        rehearsal.SomebodySetsTraffic(("by-hand", 100));
        rehearsal.Spec = Specs.First;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result, Has.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(0));
    }

    [Test]
    public async Task A_version_whose_line_had_begun_before_another_one_went_live_begins_a_rollout_of_its_own()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue);
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.First;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Mark?.RolloutId, Is.EqualTo("rollout-3"));
            Assert.That(rehearsal.Traffic.Sole, Is.EqualTo(rehearsal.Mark?.Candidate));
        });
    }

    [Test]
    public async Task A_rollout_that_another_one_has_replaced_is_over()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 100));
        rehearsal.Spec = Specs.Second;
        var second = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.First;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(second.Outcome, Is.EqualTo(Outcome.Done), second.Why);
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-3", "green-3", "green-2", RolloutStatus.Completed)));
        });
    }

    [Test]
    public async Task A_rollout_that_has_written_nothing_yet_is_not_over_for_the_one_before_it()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second with { Policy = new() { Approvals = new(1, 0) } };
        var waiting = await rehearsal.RunAsync(Rehearsal.Line);

        var approved = await rehearsal.RunAsync(Stage.Approve);
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(waiting.Outcome, Is.EqualTo(Outcome.Held), waiting.Why);
            Assert.That(approved.Outcome, Is.EqualTo(Outcome.Done), approved.Why);
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Mark?.RolloutId, Is.EqualTo("rollout-2"));
        });
    }

    [Test]
    public async Task A_number_that_was_given_again_is_not_served_by_what_had_it_before()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        GiveNumberAgain(rehearsal);

        var line = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);
        var promote = await rehearsal.RunAsync(Stage.Promote);

        Assert.Multiple(() =>
        {
            foreach (var result in new[] { line, promote })
            {
                Assert.That((result.Outcome, result.Why), Is.EqualTo((
                    Outcome.Failed,
                    "Deployment green-2 serves what heart version 2 was before that number was given again, not what it is now; rename one of them.")));
            }

            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
        });
    }

    [Test]
    public async Task What_had_the_number_before_is_made_anew_when_it_has_no_traffic_and_a_person_wants_that()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();
        GiveNumberAgain(rehearsal);

        var failed = await rehearsal.RunAsync(Rehearsal.Line);
        var done = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((failed.Stage, failed.Outcome), Is.EqualTo((Stage.Green, Outcome.Failed)), failed.Why);
            Assert.That(failed.Why, Does.EndWith("not what it is now. --retry makes it anew."));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Workspace.Endpoint.Deployment("green-2")?.Digest, Is.EqualTo(Specs.V3.Digest));
        });
    }

    [Test]
    public async Task A_model_path_switched_back_reuses_the_deployment_that_is_still_warm()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Of(Specs.V1, baseline: null);

        var cleanup = await rehearsal.RunAsync(Stage.Cleanup);
        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(cleanup.Actions, Is.Zero, "it is the candidate now, and waits for its canary");
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-3", "green-2", "default", RolloutStatus.Completed)));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
        });
    }

    [Test]
    public async Task A_model_path_switched_back_amid_the_canary_is_a_persons_matter()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Spec = Specs.Of(Specs.V1, baseline: null);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Is.EqualTo(
                "The rollout of green-2 is not over: it is at 10 %. Promote of its version ends it, Rollback gives it up; default gets its turn then."));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.Split("default", "green-2", 10)));
        });
    }

    [Test]
    public async Task A_rollout_goes_on_in_a_new_process_and_keeps_its_id([Values(10, 50, 100)] int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-1", "default", "green-2", RolloutStatus.Completed)));
        });
    }

    [Test]
    public async Task Evidence_of_one_weight_does_not_count_for_the_next()
    {
        // All looks of a step but the last are enough for its gate; a step that inherited them would pass without a look.
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with
        {
            Steps = [new(10, TimeSpan.Zero), new(50, TimeSpan.Zero)],
            FinalBake = TimeSpan.Zero,
        }));

        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(rehearsal.Scoring.Requests.Count(request => request.Deployment == "green-2"), Is.EqualTo(1 + (3 * 20)));
    }

    [Test]
    public async Task A_bake_that_is_over_waits_for_the_probes_that_are_missing()
    {
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with
        {
            Gate = strategy.Gate with { MinimumProbes = 95 },
        }));
        var begin = rehearsal.Time.GetUtcNow();

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            // Ten looks, a minute apart, at each step; the final bake has eleven anyhow.
            Assert.That(rehearsal.Time.GetUtcNow() - begin, Is.EqualTo(TimeSpan.FromMinutes(9 + 9 + 10)));
        });
    }

    /// <summary>Somebody deletes version 2, and registers the third folder under its number.</summary>
    private static void GiveNumberAgain(Rehearsal rehearsal)
    {
        rehearsal.Workspace.State = rehearsal.Workspace.State with
        {
            Models = [.. rehearsal.Workspace.State.Models.Select(model => model.Version == "2" ? model with { Digest = Specs.V3.Digest } : model)],
        };
        rehearsal.Spec = Specs.Second;
    }
}
