using Sluice.Rollouts;
using Sluice.Rollouts.Planning;
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
    public async Task A_weight_that_is_no_step_is_a_persons_matter_in_a_new_process_too()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("default", 67), ("green-2", 33));

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.That((result.Outcome, result.Why), Is.EqualTo(
            (Outcome.Held, "The traffic is [default 67 %, green-2 33 %], which is no step of this rollout: 10 %, 50 %.")));
    }

    [Test]
    public async Task A_split_that_is_no_rollouts_is_not_continued()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();
        rehearsal.SomebodySetsTraffic(("default", 90), ("green-2", 10));

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.That((result.Outcome, result.Why), Is.EqualTo(
            (Outcome.Held, "The traffic is [default 90 %, green-2 10 %], and no rollout of green-2 made it so.")));
    }

    [Test]
    public async Task A_candidate_that_a_person_gave_all_traffic_still_has_its_final_bake()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.SomebodySetsTraffic(("green-2", 100));
        var requests = rehearsal.Scoring.Requests.Count;

        var result = await rehearsal.RunAsync(Stage.Canary, Stage.Promote, Stage.Cleanup);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Scoring.Requests, Has.Count.EqualTo(requests + 110));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.Completed));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2" }));
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
            Assert.That(result.Why, Does.Contain("default and green-2").And.Contain("Rollback --to <deployment>"));
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
    [TestCase("set mark", "the mark is [rollout-1 of green-2 in place of default: Canary].")]
    public void A_write_that_leaves_no_trace_ends_the_run(string write, string missing)
    {
        var rehearsal = new Rehearsal();
        UndoEach(rehearsal, write);

        Assert.That(
            async () => await rehearsal.RunAsync(Rehearsal.Line),
            Throws.InstanceOf<RolloutException>().With.Message.EndsWith($"the service called it done, but {missing}"));
    }

    [Test]
    public async Task Traffic_that_is_written_and_does_not_show_is_held_as_somebody_elses()
    {
        var rehearsal = new Rehearsal();
        UndoEach(rehearsal, "set traffic");

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Blue, Outcome.Held)), result.Why);
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
}
