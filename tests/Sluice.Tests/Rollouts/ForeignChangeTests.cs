using Sluice.Rollouts;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class ForeignChangeTests
{
    [Test]
    public async Task Traffic_that_somebody_else_edits_during_the_canary_is_never_overwritten()
    {
        var calls = (await Rehearsal.AfterFirstRolloutAsync(Specs.Brief)).Workspace.Calls;
        var edits = 0;
        for (var number = 0; number < calls; number++)
        {
            var rehearsal = new Rehearsal(Specs.Brief);
            var edited = false;
            rehearsal.Workspace.OnCall = call =>
            {
                if (call.Number == number && call.Moment != CallMoment.Accepted && rehearsal.Workspace.State.Endpoint?.Mark is { IsOpen: true })
                {
                    edited = true;
                    rehearsal.SomebodySetsTraffic(("default", 67), ("green-2", 33));
                }
            };

            var result = await rehearsal.RunAsync(Rehearsal.Line);

            if (edited)
            {
                edits++;
                Assert.Multiple(() =>
                {
                    Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), $"call {number}: {result.Why}");
                    Assert.That(result.Why, Does.StartWith("Somebody else changed the traffic: "), $"call {number}");
                    Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.Split("default", "green-2", 33)), $"call {number}");
                });
            }
        }

        Assert.That(edits, Is.GreaterThan(20));
    }

    [Test]
    public async Task Traffic_that_was_changed_while_nobody_looked_is_a_persons_matter()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 67), ("green-2", 33));

        var result = await rehearsal.RunAsync(Stage.Canary);
        var again = await rehearsal.RunAsync(Stage.Promote);

        Assert.Multiple(() =>
        {
            foreach (var held in new[] { result, again })
            {
                Assert.That((held.Outcome, held.Why), Is.EqualTo((
                    Outcome.Held,
                    "Somebody else changed the traffic: it was [default 90 %, green-2 10 %], it is [default 67 %, green-2 33 %]. "
                    + "--adopt goes on from what is there, Rollback gives it up.")));
            }
        });
    }

    [Test]
    public async Task A_rollback_that_could_not_be_made_accepts_nothing_that_somebody_else_did()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 50), ("green-2", 50));
        var met = await rehearsal.RunAsync(Stage.Canary);
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "default";
        var refused = await rehearsal.RunAsync(Stage.Rollback);
        rehearsal.Scoring.Answers = (_, _) => true;

        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(met.Outcome, Is.EqualTo(Outcome.Held), met.Why);
            Assert.That(refused.Outcome, Is.EqualTo(Outcome.Held), refused.Why);
            Assert.That(again.Outcome, Is.EqualTo(Outcome.Held), again.Why);
            Assert.That(again.Why, Does.StartWith("Somebody else changed the traffic: "));
            Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(50));
        });
    }

    [Test]
    public async Task A_rollback_that_could_not_be_made_leaves_the_step_as_it_was()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "default";
        var refused = await rehearsal.RunAsync(Stage.Rollback);
        rehearsal.Scoring.Answers = (_, _) => true;

        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(refused.Outcome, Is.EqualTo(Outcome.Held), refused.Why);
        Assert.That(again.Outcome, Is.EqualTo(Outcome.Done), again.Why);
    }

    [Test]
    public async Task Whose_tags_somebody_has_removed_is_gone_back_from_all_the_same()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { Tags = Specs.First.Endpoint.Tags };
        var met = await rehearsal.RunAsync(Stage.Canary);

        var back = await rehearsal.RunAsync(Stage.Rollback);
        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(met.Outcome, Is.EqualTo(Outcome.Held), met.Why);
            Assert.That(back.Outcome, Is.EqualTo(Outcome.Done), back.Why);
            Assert.That(rehearsal.Traffic.Sole, Is.EqualTo("default"));
            Assert.That(again.Outcome, Is.EqualTo(Outcome.RolledBack), again.Why);
        });
    }

    [Test]
    public async Task A_change_that_was_taken_back_holds_nobody()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 67), ("green-2", 33));
        var held = await rehearsal.RunAsync(Stage.Canary);
        rehearsal.SomebodySetsTraffic(("default", 90), ("green-2", 10));

        var result = await rehearsal.RunAsync(Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        });
    }

    [TestCase(33, 50)]
    [TestCase(5, 10)]
    [TestCase(70, 100)]
    public async Task A_weight_that_a_person_accepts_is_baked_and_goes_on_to_the_next_step(int weight, int next)
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 100 - weight), ("green-2", weight));
        var shifts = new List<int>();
        rehearsal.OnAction = action =>
        {
            if (action is SetTraffic shift)
            {
                shifts.Add(shift.Wanted["green-2"]);
            }
        };

        var result = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(shifts[0], Is.EqualTo(next));
            Assert.That(shifts[^1], Is.EqualTo(100));
            Assert.That(rehearsal.Journal.OfType<Adopted>().Single().Traffic["green-2"], Is.EqualTo(weight));
        });
    }

    [TestCase(false, Outcome.Held)]
    [TestCase(true, Outcome.Done)]
    public async Task Tags_that_somebody_removes_amid_the_canary_are_missed_and_written_again_when_a_person_accepts(bool adopt, Outcome outcome)
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { Tags = Specs.First.Endpoint.Tags };

        var result = await rehearsal.RunAsync(request => request with { Adopt = adopt }, Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(outcome), result.Why);
            Assert.That(adopt || result.Why.StartsWith(
                "Somebody else changed the rollout's tags: they said [rollout-1 of green-2 in place of default: Canary], they say [nothing].",
                StringComparison.Ordinal));
            Assert.That(rehearsal.Mark?.Status, adopt ? Is.EqualTo(RolloutStatus.Completed) : Is.Null);
        });
    }

    [Test]
    public async Task What_somebody_changes_after_a_person_said_adopt_was_not_meant_by_that()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        var looks = 0;
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "score", Moment: CallMoment.Before } && looks++ == 0)
            {
                rehearsal.SomebodySetsTraffic(("default", 100));
            }
        };

        var result = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Canary, Stage.Promote);
        var traffic = rehearsal.Traffic;
        var accepted = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
            Assert.That(result.Why, Does.Contain("it is [default 100 %]").And.Contain("--adopt goes on from what is there"));
            Assert.That(traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(accepted.Outcome, Is.EqualTo(Outcome.Done), accepted.Why);
        });
    }

    [TestCase(30, "Set it back, and the same command goes on")]
    [TestCase(40, "--adopt goes on from what is there")]
    public async Task Mirrored_traffic_is_accepted_only_where_a_step_has_as_much(int mirrored, string way)
    {
        var rehearsal = new Rehearsal(Specs.Brief.With(strategy => strategy with
        {
            Steps = [new(0, TimeSpan.FromMinutes(1)) { Mirror = 20 }, new(0, TimeSpan.FromMinutes(1)) { Mirror = 40 }, .. strategy.Steps],
        }));
        using var death = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Workspace.Endpoint.MirrorTraffic["green-2"] == 20)
            {
                death.Cancel();
            }
        };
        Assert.That(
            async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, death.Token), Throws.InstanceOf<OperationCanceledException>());
        rehearsal.Time.OnWait = _ => { };
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { MirrorTraffic = Traffic.Of([new("green-2", mirrored)]) };

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var adopted = await rehearsal.RunAsync(request => request with { Adopt = true }, Rehearsal.Line);

        Assert.That(held.Why, Is.EqualTo(
            $"Somebody else changed the mirrored traffic: it was [green-2 20 %], it is [green-2 {mirrored} %]. {way}, Rollback gives it up."));
        Assert.That(adopted.Outcome, Is.EqualTo(mirrored == 40 ? Outcome.Done : Outcome.Held), adopted.Why);
    }

    [Test]
    public async Task A_single_stale_look_is_nobodys_change()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.IsSeenOnceWith(("default", 100));

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
    }

    [Test]
    public async Task Without_a_journal_a_weight_that_is_no_step_is_a_persons_matter()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Store = null;
        rehearsal.SomebodySetsTraffic(("default", 67), ("green-2", 33));

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.That((result.Outcome, result.Why), Is.EqualTo(
            (Outcome.Held, "The traffic is [default 67 %, green-2 33 %], which is no step of this rollout: 10 %, 50 %. "
            + "--adopt goes on from there, and so do steps of which it is one.")));
    }

    [Test]
    public async Task A_split_that_is_no_rollouts_is_not_continued()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();
        rehearsal.SomebodySetsTraffic(("default", 90), ("green-2", 10));

        var result = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Canary);

        Assert.That((result.Outcome, result.Why), Is.EqualTo(
            (Outcome.Held, "The traffic is [default 90 %, green-2 10 %], and no rollout of green-2 made it so.")));
    }

    [Test]
    public async Task A_candidate_that_a_person_gave_all_traffic_still_has_its_final_bake()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("green-2", 100));
        var requests = rehearsal.Scoring.Requests.Count;

        var result = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Canary, Stage.Promote, Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Scoring.Requests, Has.Count.EqualTo(requests + 110));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.Completed));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2" }));
        });
    }

    [Test]
    public async Task A_candidate_that_a_person_brought_back_by_hand_is_the_stable_one_when_a_person_accepts_that()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        await rehearsal.RollBackAsync();
        rehearsal.SomebodySetsTraffic(("green-2", 100));

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var accepted = await rehearsal.RunAsync(request => request with { Adopt = true }, Rehearsal.Line);
        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(accepted.Outcome, Is.EqualTo(Outcome.Done), accepted.Why);
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.Completed));
            Assert.That(again, Has.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(0));
        });
    }

    [Test]
    public async Task Traffic_that_was_taken_off_on_purpose_does_not_come_back_by_itself()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.SomebodySetsTraffic();

        var result = await rehearsal.RunAsync(Rehearsal.Line);
        var back = await rehearsal.RollBackAsync("green-2");

        Assert.Multiple(() =>
        {
            Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Blue, Outcome.Held)));
            Assert.That(result.Why, Does.Contain("default and green-2").And.Contain("Rollback --to=<deployment>"));
            Assert.That(back.Outcome, Is.EqualTo(Outcome.Done), back.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
        });
    }

    [Test]
    public async Task A_service_that_keeps_being_changed_is_waited_for_three_times_and_then_held()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "observe")
            {
                rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { State = ProvisioningState.Updating };
            }
        };

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.Multiple(() =>
        {
            Assert.That(result, Has.Property("Outcome").EqualTo(Outcome.Held).And.Property("Actions").EqualTo(3));
            Assert.That(result.Why, Is.EqualTo("After 3 waits there is still an operation under way: endpoint heart-endpoint is Updating."));
        });
    }

    [TestCase("register model", "no version of heart has the digest digest-of-v1.")]
    [TestCase("create endpoint", "endpoint heart-endpoint is not there.")]
    [TestCase("create deployment", "deployment default is not there.")]
    public void A_write_that_leaves_no_trace_ends_the_run(string write, string missing)
    {
        var rehearsal = new Rehearsal();
        UndoEach(rehearsal, write);

        Assert.That(
            async () => await rehearsal.RunAsync(Rehearsal.Line),
            Throws.InstanceOf<RolloutException>().With.Message.EndsWith($"the service called it done, but {missing}"));
    }

    [TestCase("set traffic", Stage.Blue)]
    [TestCase("set mark", Stage.Canary)]
    public async Task What_is_written_and_does_not_show_is_held_as_somebody_elses(string write, Stage stage)
    {
        var rehearsal = new Rehearsal();
        UndoEach(rehearsal, write);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That((result.Stage, result.Outcome), Is.EqualTo((stage, Outcome.Held)), result.Why);
    }

    /// <summary>After a write of that name the workspace is as it was before.</summary>
    private static void UndoEach(Rehearsal rehearsal, string write)
    {
        var before = rehearsal.Workspace.State;
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == write && call.Moment == CallMoment.Before)
            {
                before = rehearsal.Workspace.State;
            }
            else if (call.Name == write && call.Moment == CallMoment.After)
            {
                rehearsal.Workspace.State = before;
            }
        };
    }

    [Test]
    public async Task A_candidate_that_somebody_took_off_and_deleted_is_not_made_anew_before_a_person_says_so()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 100));
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with
        {
            Deployments = rehearsal.Workspace.Endpoint.Deployments.RemoveAll(deployment => deployment.Name == "green-2"),
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Green, Outcome.Held)));
            Assert.That(result.Why, Does.StartWith("Somebody else changed the traffic: "));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "default" }));
        });
    }
}
