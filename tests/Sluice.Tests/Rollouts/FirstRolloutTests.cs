using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class FirstRolloutTests
{
    [Test]
    public async Task A_first_rollout_ends_with_all_traffic_on_the_candidate_and_the_baseline_warm()
    {
        var rehearsal = new Rehearsal();

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "green-2", "default" }));
            Assert.That(rehearsal.Mark, Is.EqualTo(new RolloutMark("rollout-1", "default", "green-2", RolloutStatus.Completed)));
            Assert.That(rehearsal.Workspace.Writes, Is.EqualTo(new[]
            {
                "register model", "create endpoint", "register model", "create deployment", "set traffic",
                "create deployment", "set traffic", "set traffic", "set mark", "set traffic", "set mark",
            }));
        });
    }

    [Test]
    public async Task A_model_is_uploaded_while_the_endpoint_is_created()
    {
        var uploading = new TaskCompletionSource();
        var creating = new TaskCompletionSource();
        var rehearsal = new Rehearsal();
        rehearsal.Way = workspace => new WatchedWorkspace(workspace, (call, _) => call.Name switch
        {
            "register model" => Begin(uploading, creating.Task),
            "create endpoint" => Begin(creating, uploading.Task),
            _ => Task.CompletedTask,
        });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);

        static Task Begin(TaskCompletionSource one, Task other)
        {
            one.TrySetResult();
            return other;
        }
    }

    [TestCase("register model")]
    [TestCase("create endpoint")]
    public async Task Of_an_upload_and_an_endpoint_beside_it_the_failure_is_told_and_ends_the_wait_for_the_other(string failing)
    {
        var rehearsal = new Rehearsal();
        var waited = false;
        rehearsal.Way = workspace => new WatchedWorkspace(workspace, FailOrWait);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => rehearsal.RunAsync(Rehearsal.Line));

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Message, Does.Contain(failing).And.Contain("no quota is left"));
            Assert.That(waited);
            Assert.That(rehearsal.Workspace.Writes, Is.Empty);
        });

        async Task FailOrWait(MutatingCall call, CancellationToken cancellationToken)
        {
            if (call.Name == failing)
            {
                throw new WorkspaceCallException(call.Name, "QuotaExceeded", "no quota is left");
            }

            waited = true;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    [Test]
    public async Task What_a_write_that_failed_has_left_is_looked_at()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "create endpoint", Moment: CallMoment.Accepted })
            {
                throw new WorkspaceCallException(call.Name, "ResourceOperationFailure", "the operation failed");
            }
        };

        await Assert.ThrowsAsync<WorkspaceCallException>(() => rehearsal.RunAsync(Rehearsal.Line));

        Assert.That(rehearsal.LastLook?.Endpoint?.Name, Is.EqualTo("heart-endpoint"));
    }

    [Test]
    public async Task What_a_write_that_was_cancelled_has_left_is_looked_at()
    {
        var rehearsal = new Rehearsal();
        using var person = new CancellationTokenSource();
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "create endpoint", Moment: CallMoment.Accepted })
            {
                person.Cancel();
                person.Token.ThrowIfCancellationRequested();
            }
        };

        Assert.That(
            async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, person.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(rehearsal.LastLook?.Endpoint?.Name, Is.EqualTo("heart-endpoint"));
    }

    [Test]
    public async Task Nothing_is_uploaded_for_an_endpoint_that_has_to_be_deleted_first()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Workspace.State = new([], new() { Name = Specs.Endpoint, State = ProvisioningState.Failed });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(result.Why, Does.Contain("delete it first"));
        Assert.That(rehearsal.Workspace.Writes, Is.Empty);
    }

    [Test]
    public async Task The_candidates_deployment_is_foreseen_before_its_version_is_registered()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        await using var rollout = rehearsal.NewRollout();

        await rollout.ForecastAsync(Rehearsal.Line, CancellationToken.None);
        var foreseen = rollout.Candidate;
        var result = await Rehearsal.RunAsync(rollout, Rehearsal.Line, CancellationToken.None);

        Assert.That(foreseen, Is.EqualTo("green-3"));
        Assert.That(rehearsal.Mark?.Candidate, Is.EqualTo(foreseen), result.Why);
    }

    [Test]
    public async Task A_stage_that_runs_alone_creates_no_endpoint_for_a_later_one()
    {
        var rehearsal = new Rehearsal();

        await rehearsal.RunAsync(Stage.Register);

        Assert.That(rehearsal.Workspace.Writes, Is.EqualTo(new[] { "register model", "register model" }));
    }

    [Test]
    public async Task Each_weight_is_baked_for_its_time_with_a_look_at_every_interval()
    {
        var rehearsal = new Rehearsal();
        var begin = rehearsal.Time.GetUtcNow();

        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(rehearsal.Time.GetUtcNow() - begin, Is.EqualTo(TimeSpan.FromMinutes(5 + 5 + 10)));
            // Smoke tests of both deployments; then 6 looks at each step and 11 in the final bake, first and last minute included.
            Assert.That(rehearsal.Scoring.Requests, Has.Count.EqualTo(1 + 1 + ((6 + 6 + 11) * 10)));
        });
    }

    [Test]
    public async Task A_bake_that_ends_between_two_milliseconds_is_waited_for_and_not_looked_for()
    {
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with { FinalBake = TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(5) }));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Scoring.Requests, Has.Count.EqualTo(1 + 1 + ((6 + 6 + 12) * 10)));
        });
    }

    [Test]
    public async Task A_second_run_applies_nothing()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result, Has.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(0));
    }

    [Test]
    public async Task Tags_that_are_not_the_rollouts_stay()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();

        Assert.That(rehearsal.Workspace.Endpoint.Tags, Does.ContainKey("team").WithValue("cardiology"));
    }

    [Test]
    public async Task The_first_version_ever_is_deployed_by_Blue_and_nothing_is_left_to_do()
    {
        var rehearsal = new Rehearsal(Specs.FirstEver);

        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue);
        var green = await rehearsal.RunAsync(Stage.Green);
        var canary = await rehearsal.RunAsync(Stage.Canary);
        var promote = await rehearsal.RunAsync(Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(new[] { green, canary, promote }, Is.All.Property("Outcome").EqualTo(Outcome.Done).And.Property("Actions").EqualTo(0));
            Assert.That(green.Why, Does.Contain("serves already, as default"));
            Assert.That(canary.Why, Is.EqualTo("default has all traffic already."));
            Assert.That(promote.Why, Is.EqualTo("default has all traffic."));
        });
    }

    [Test]
    public async Task A_baseline_with_the_candidates_content_is_registered_once_and_deployed_once()
    {
        var rehearsal = new Rehearsal(Specs.Of(Specs.V2, Specs.V2));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Workspace.State.Models, Has.Length.EqualTo(1));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Deployments, Is.EqualTo(new[] { "default" }));
        });
    }

    [Test]
    public async Task Each_stage_in_a_process_of_its_own_ends_in_the_same_state_as_one_run()
    {
        var whole = await Rehearsal.AfterFirstRolloutAsync();
        var staged = new Rehearsal();

        foreach (var stage in Rehearsal.Line)
        {
            var result = await staged.RunAsync(stage);
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), $"{stage}: {result.Why}");
        }

        Assert.That(staged.Picture, Is.EqualTo(whole.Picture));
    }

    [Test]
    public async Task Slow_writes_change_nothing_but_the_time()
    {
        var quick = await Rehearsal.AfterFirstRolloutAsync();
        var slow = new Rehearsal { Workspace = { Latency = TimeSpan.FromSeconds(20.123456) } };

        var result = await slow.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(slow.Picture, Is.EqualTo(quick.Picture));
            Assert.That(slow.Workspace.Writes, Is.EqualTo(quick.Workspace.Writes));
        });
    }

    [TestCase(Stage.Blue)]
    [TestCase(Stage.Green)]
    [TestCase(Stage.Canary)]
    [TestCase(Stage.Promote)]
    [TestCase(Stage.Rollback)]
    public async Task A_stage_alone_on_an_empty_workspace_fails_and_names_the_stage_that_is_missing(Stage stage)
    {
        var rehearsal = new Rehearsal();

        var result = await rehearsal.RunAsync(stage);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
            Assert.That(result.Why, Is.EqualTo("Endpoint heart-endpoint does not exist; the stage Endpoint creates it."));
            Assert.That(rehearsal.Workspace.Writes, Is.Empty);
        });
    }
}
