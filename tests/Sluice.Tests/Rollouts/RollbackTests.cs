using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class RollbackTests
{
    [TestCase(10)]
    [TestCase(50)]
    [TestCase(100)]
    public async Task A_person_can_go_back_from_every_weight(int weight)
    {
        var rehearsal = await Rehearsal.AtStepAsync(weight);

        var result = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.RolledBack));
        });
    }

    [Test]
    public async Task A_rollback_in_the_middle_of_a_canary_wins_whenever_it_comes()
    {
        var calls = (await Rehearsal.AfterFirstRolloutAsync(Specs.Brief)).Workspace.Calls;
        var wins = 0;
        for (var number = 0; number < calls; number++)
        {
            var rehearsal = new Rehearsal(Specs.Brief);
            StageResult? rollback = null;
            rehearsal.Workspace.OnCall = call =>
            {
                if (call.Number == number && call.Moment != CallMoment.Accepted && rehearsal.Workspace.State.Endpoint?.Mark is { IsOpen: true })
                {
                    rehearsal.Workspace.OnCall = _ => { };
                    rollback = rehearsal.RollBackAsync().GetAwaiter().GetResult();
                }
            };

            var result = await rehearsal.RunAsync(Rehearsal.Line);

            if (rollback is not null)
            {
                wins++;
                Assert.Multiple(() =>
                {
                    Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), $"call {number}: {result.Why}");
                    Assert.That(rollback.Outcome, Is.EqualTo(Outcome.Done), $"call {number}: {rollback.Why}");
                    Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")), $"call {number}");
                    Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.RolledBack), $"call {number}");
                });
            }
        }

        Assert.That(wins, Is.GreaterThan(20));
    }

    [Test]
    public async Task A_rollback_that_took_the_lock_away_is_not_done_where_its_former_holder_s_write_comes_late()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await using var holder = rehearsal.NewRollout();
        await holder.ForecastAsync([Stage.Canary], CancellationToken.None);
        var open = rehearsal.Mark!;
        await using var rollback = rehearsal.NewRolloutBeside(request => request with { Stages = [Stage.Rollback], Runs = _ => true });
        var waits = new List<TimeSpan>();
        rehearsal.Time.OnWait = wait =>
        {
            // It arrives when the rollback has already done all that it has to do.
            if (rehearsal.Mark is { Status: RolloutStatus.RolledBack } && waits.Count == 0)
            {
                waits.Add(wait);
                rehearsal.SomebodySetsTraffic(("default", 50), ("green-2", 50));
                rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { Tags = open.WriteTo(rehearsal.Workspace.Endpoint.Tags) };
            }
        };

        var result = await rollback.RunAsync(Stage.Rollback, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
            Assert.That(result.Why, Is.EqualTo(
                "Somebody else changed the traffic: it was [default 100 %], it is [default 50 %, green-2 50 %]."));
            Assert.That(waits.Single(), Is.LessThanOrEqualTo(2 * LockProof.Lasts));
            Assert.That(rehearsal.Notes, Has.One.EqualTo(
                "The run that the lock was taken from may have sent a write just before: this one looks once more."));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_rollback_that_took_the_lock_from_nobody_who_lives_ends_at_once(bool isForced)
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Time.OnWait = _ => Assert.Fail("It waits.");

        var result = await rehearsal.RunAsync(request => request with { ForceUnlock = isForced }, Stage.Rollback);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
    }

    [Test]
    public async Task A_canary_that_goes_on_meanwhile_does_not_stop_a_rollback()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "score")
            {
                rehearsal.Workspace.OnCall = _ => { };
                rehearsal.SomebodySetsTraffic(("default", 50), ("green-2", 50));
            }
        };

        var result = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
        });
    }

    [Test]
    public async Task A_rollback_does_not_fight_whoever_takes_it_back()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "observe" } && rehearsal.Traffic.Sole == "default")
            {
                rehearsal.SomebodySetsTraffic(("default", 90), ("green-2", 10));
            }
        };

        var result = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Is.EqualTo(
                "Somebody else changed the traffic: it was [default 100 %], it is [default 90 %, green-2 10 %]."));
            Assert.That(rehearsal.Workspace.Writes.Count(write => write == "set traffic"), Is.EqualTo(3), "Blue's, step 1, and one rollback");
        });
    }

    [Test]
    public async Task A_rollback_that_never_gets_its_turn_asks_a_person()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        var weight = 0;
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "set traffic", Moment: CallMoment.Before })
            {
                weight++;
                rehearsal.SomebodySetsTraffic(("default", 100 - weight), ("green-2", weight));
            }
        };

        var result = await rehearsal.RollBackAsync();

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
    }

    [Test]
    public async Task No_traffic_moves_to_a_stable_deployment_that_does_not_answer()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "default";

        var result = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Does.StartWith("default is not healthy, so no traffic was moved: sample.json got HTTP 424"));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.Split("default", "green-2", 50)));
        });
    }

    [Test]
    public async Task A_rollback_whose_answer_was_lost_is_known_as_one_by_the_next_run()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "set traffic", Moment: CallMoment.Accepted })
            {
                throw new WorkspaceCallException(call.Name, null, "the connection was reset");
            }
        };

        await Assert.ThrowsAsync<WorkspaceCallException>(() => rehearsal.RollBackAsync());
        rehearsal.Workspace.OnCall = _ => { };
        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(rehearsal.Traffic.Sole, Is.EqualTo("default"));
        Assert.That(again.Outcome, Is.EqualTo(Outcome.RolledBack), again.Why);
    }

    [Test]
    public async Task No_traffic_moves_to_a_stable_deployment_that_is_broken()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Change("default", deployment => deployment with { State = ProvisioningState.Failed });

        var result = await rehearsal.RollBackAsync();

        Assert.That((result.Outcome, result.Why), Is.EqualTo((Outcome.Held, "Deployment default is Failed and can't take the traffic.")));
    }

    [Test]
    public async Task A_completed_rollout_can_be_undone_while_the_old_deployment_is_warm()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();

        var undone = await rehearsal.RollBackAsync();
        var again = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(undone.Outcome, Is.EqualTo(Outcome.Done), undone.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(again, Has.Property("Actions").EqualTo(0).And.Property("Why").EqualTo("default has all traffic."));
        });
    }

    [Test]
    public async Task What_was_cleaned_up_can_not_be_gone_back_to()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        await rehearsal.RunAsync(Stage.Cleanup);

        var result = await rehearsal.RollBackAsync();

        Assert.That((result.Outcome, result.Why), Is.EqualTo((Outcome.Failed, "Endpoint heart-endpoint has no deployment default; these are there: green-2.")));
    }

    [Test]
    public async Task Nobody_goes_back_to_what_was_rejected_unless_they_say_that_they_want_another_try()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();

        var refused = await rehearsal.RollBackAsync("green-2");
        var retried = await rehearsal.RunAsync(request => request with { RollbackTo = "green-2", Retry = true }, Stage.Rollback);

        Assert.That((refused.Outcome, refused.Why), Is.EqualTo((
            Outcome.Failed,
            "Deployment green-2 was rejected before, and traffic stays [default 100 %]. Promote --retry rolls its version out again, step by step; "
            + "Rollback --to=green-2 --retry gives it all traffic at once.")));
        Assert.That(retried.Outcome, Is.EqualTo(Outcome.Done), retried.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
    }

    [Test]
    public async Task A_person_may_name_the_deployment_in_any_case()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Rehearsal.Line);

        var result = await rehearsal.RollBackAsync("Default");

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-2", "default", "green-3", RolloutStatus.RolledBack)));
        });
    }

    [Test]
    public async Task Traffic_that_a_person_set_back_by_hand_is_written_down_as_a_rollback()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 100));
        var held = await rehearsal.RunAsync(Stage.Cleanup);

        var result = await rehearsal.RollBackAsync();
        var cleanup = await rehearsal.RunAsync(Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.RolledBack));
            Assert.That(cleanup.Outcome, Is.EqualTo(Outcome.Done));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "default" }));
        });
    }

    [Test]
    public async Task A_promoted_version_that_somebody_took_off_by_hand_is_rejected_when_a_person_says_so([Values] bool namesIt)
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.SomebodySetsTraffic(("default", 100));
        var held = await rehearsal.RunAsync(Rehearsal.Line);

        var back = await rehearsal.RollBackAsync(namesIt ? "default" : null);
        var again = await rehearsal.RunAsync(Rehearsal.Line);
        var retried = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Why, Does.EndWith("--adopt rolls it out anew, Rollback gives it up."));
            Assert.That((back.Outcome, back.Actions), Is.EqualTo((Outcome.Done, 2)), back.Why);
            Assert.That(again.Outcome, Is.EqualTo(Outcome.RolledBack), again.Why);
            Assert.That(again.Why, Does.Contain("--retry rolls it out again").And.Contain("Somebody gave default all traffic back"));
            Assert.That(retried.Outcome, Is.EqualTo(Outcome.Done), retried.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
        });
    }

    [Test]
    public async Task Without_a_rollout_there_is_nothing_to_go_back_from()
    {
        var rehearsal = new Rehearsal(Specs.FirstEver);
        await rehearsal.RunAsync(Rehearsal.Line);

        var result = await rehearsal.RollBackAsync();

        Assert.That((result.Outcome, result.Why), Is.EqualTo((Outcome.Done, "There was no rollout; default has all traffic.")));
    }

    [Test]
    public async Task While_a_newer_candidate_waits_at_no_traffic_a_rollback_gives_it_up_and_leaves_what_serves([Values] bool namesIt)
    {
        var rehearsal = await WaitingAsync();
        rehearsal.Spec = namesIt ? Specs.Second : Specs.First;

        var result = await rehearsal.RollBackAsync();
        var again = await rehearsal.RollBackAsync();
        rehearsal.Spec = Specs.Second;
        var over = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((result.Outcome, result.Why), Is.EqualTo((Outcome.Done, "green-2 has all traffic.")));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-2", "green-2", "green-3", RolloutStatus.RolledBack)));
            Assert.That(Rejected(rehearsal), Is.EqualTo(new[] { "green-3" }));
            Assert.That(again, Has.Property("Actions").EqualTo(0).And.Property("Outcome").EqualTo(Outcome.Done), again.Why);
            Assert.That(over.Outcome, Is.EqualTo(Outcome.RolledBack));
            Assert.That(over.Why, Does.Contain("green-3 was taken back before, and --retry rolls it out again"));
        });
    }

    [Test]
    public async Task A_candidate_that_was_given_up_at_no_traffic_gets_another_try_when_a_person_wants_it()
    {
        var rehearsal = await WaitingAsync();
        await rehearsal.RollBackAsync();

        var result = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-3")));
    }

    [Test]
    public async Task A_second_try_that_has_no_traffic_yet_can_be_given_up_too()
    {
        var rehearsal = await WaitingAsync();
        await rehearsal.RollBackAsync();
        await rehearsal.RunAsync(request => request with { Retry = true }, Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);

        await rehearsal.RollBackAsync();

        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
        Assert.That((rehearsal.Mark?.Candidate, rehearsal.Mark?.Status), Is.EqualTo(("green-3", RolloutStatus.RolledBack)));
    }

    [Test]
    public async Task Whoever_names_where_to_goes_back_past_what_serves_whatever_waits()
    {
        var rehearsal = await WaitingAsync();

        var result = await rehearsal.RollBackAsync("default");

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
    }

    [Test]
    public async Task A_candidate_that_is_not_made_yet_is_given_up_before_it_is()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Stage.Register);

        var result = await rehearsal.RollBackAsync();
        var over = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(over.Outcome, Is.EqualTo(Outcome.RolledBack), over.Why);
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
        });
    }

    [Test]
    public async Task A_rollback_amid_an_upload_leaves_what_serves([Values] bool namesIt)
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        using var death = new CancellationTokenSource();
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "register model")
            {
                death.Cancel();
            }
        };
        Assert.That(async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, death.Token), Throws.InstanceOf<OperationCanceledException>());
        rehearsal.Workspace.OnCall = _ => { };
        rehearsal.Spec = namesIt ? Specs.Second : Specs.First;

        var result = await rehearsal.RollBackAsync();
        var again = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Why, Is.EqualTo("The rollout under way has made no deployment yet: traffic stays [green-2 100 %]. --to goes back further."));
            Assert.That(again.Actions, Is.Zero);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
        });
    }

    [Test]
    public async Task Traffic_that_is_mirrored_to_a_candidate_that_waits_ends_with_it()
    {
        var rehearsal = await WaitingAsync();
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { MirrorTraffic = Traffic.Of([new("green-3", 20)]) };

        var result = await rehearsal.RollBackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Workspace.Endpoint.MirrorTraffic, Is.EqualTo(Traffic.None));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Mark?.Candidate, Is.EqualTo("green-3"));
        });
    }

    [Test]
    public async Task An_attempt_whose_deployment_is_gone_does_not_stand_in_the_way_of_the_completed_one()
    {
        var rehearsal = await WaitingAsync();
        rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with
        {
            Deployments = rehearsal.Workspace.Endpoint.Deployments.RemoveAll(deployment => deployment.Name == "green-3"),
        };

        await rehearsal.RollBackAsync();

        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
    }

    [Test]
    public async Task An_attempt_from_before_the_completed_rollout_does_not_either()
    {
        var rehearsal = new Rehearsal(Specs.Second);
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        rehearsal.Spec = Specs.First;
        var whole = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(whole.Outcome, Is.EqualTo(Outcome.Done), whole.Why);
        var served = rehearsal.Traffic.Sole;

        await rehearsal.RollBackAsync();

        Assert.That(served, Is.Not.EqualTo("default"));
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
    }

    [Test]
    public async Task What_may_be_run_next_is_of_the_version_that_went_back_and_not_of_the_configurations()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.First;

        var back = await rehearsal.RollBackAsync();

        Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-2", "green-2", "green-3", RolloutStatus.RolledBack)));
        Assert.That(back.Next.Steps.Select(step => step.Command), Is.SupersetOf(new[]
        {
            "./build.sh --target=Logs --deployment-name=green-3",
            "./build.sh --target=Promote --retry --model-path=azureml:heart:3",
        }));
    }

    private static IEnumerable<string> Rejected(Rehearsal rehearsal) =>
        rehearsal.Workspace.Endpoint.Deployments.Where(deployment => RoleTags.AreOfRejected(deployment.Tags)).Select(deployment => deployment.Name);

    /// <summary>Version 2 serves as green-2 and its rollout is over; green-3 of a newer one is up at 0 %.</summary>
    private static async Task<Rehearsal> WaitingAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        var result = await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        Assume.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        return rehearsal;
    }
}
