using Sluice.Inspection;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Inspection;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>What Status, and a run at its end, offer in the states that rollouts get into: each command is run there, and none is refused.</summary>
[Category("Unit")]
internal sealed class OfferedCommandTests
{
    /// <summary>A remark that begins so says what has to happen before.</summary>
    private static readonly string[] Conditions = ["once ", "after that"];

    private static IEnumerable<TestCaseData> States()
    {
        yield return Case("nothing is there", () => Task.FromResult(new Rehearsal()), "Promote");
        yield return Case("the first version serves", async () => await Ran(new Rehearsal(Specs.FirstEver), Rehearsal.Line), "Invoke");
        yield return Case("a candidate is up", async () => await Ran(new Rehearsal(), Line.UpTo(Stage.Green)), "Promote");
        yield return Case("a run died in a step", () => Rehearsal.AtStepAsync(10), "Promote", "Rollback");
        yield return Case("a run died in the final bake", () => Rehearsal.AtStepAsync(100), "Promote", "Rollback");
        yield return Case("a rollout is over", () => Rehearsal.AfterFirstRolloutAsync(), "Cleanup", "Rollback");
        yield return Case("a rollout went back", async () => await Back(await Rehearsal.AtStepAsync(10)), "Logs --deployment-name=green-2", "Promote --retry", "Cleanup --exclusive");
        yield return Case(
            "somebody made a step of a canary another",
            async () => await Changed(await Rehearsal.AtStepAsync(50), ("default", 70), ("green-2", 30)), "Promote --adopt", "Rollback");
        yield return Case(
            "somebody gave a stranger traffic amid a canary",
            async () =>
            {
                var rehearsal = await Rehearsal.AtStepAsync(50);
                rehearsal.SomebodyDeploys("theirs", "1");
                return await Changed(rehearsal, ("default", 50), ("green-2", 30), ("theirs", 20));
            },
            "Rollback");
        yield return Case(
            "somebody split the traffic where no rollout was",
            async () =>
            {
                var rehearsal = await Ran(new Rehearsal(), Line.UpTo(Stage.Blue));
                rehearsal.SomebodyDeploys("green-2", "2");
                return await Changed(rehearsal, ("default", 90), ("green-2", 10));
            },
            "Rollback --to=default");
        yield return Case(
            "somebody moved the traffic of a rollout that is over",
            async () => await Changed(await Rehearsal.AfterFirstRolloutAsync(), ("default", 50), ("green-2", 50)),
            "Rollback --to=green-2",
            "Rollback --to=default");
        yield return Case(
            "somebody took all traffic off", async () => await Changed(await Rehearsal.AfterFirstRolloutAsync(), []), "Rollback --to=default");
        yield return Case(
            "an approval is missing",
            async () => await Ran(new Rehearsal(Specs.First with { Policy = PolicySpec.None with { Approvals = new(Canary: 1, Promote: 0) } }), Rehearsal.Line),
            "Approve --stage=canary",
            "Rollback");
        yield return Case(
            "an approval is missing amid a rollout",
            async () => await Ran(new Rehearsal(Specs.First with { Policy = PolicySpec.None with { Approvals = new(Canary: 0, Promote: 1) } }), Rehearsal.Line),
            "Approve --stage=promote",
            "Rollback");
        yield return Case(
            "a gate waits for people",
            async () => await Ran(new Rehearsal(Specs.Brief.With(strategy => strategy with { Gates = [new ApprovalRule("people", 1)] })), Rehearsal.Line),
            "Approve --stage=step",
            "Rollback");
        yield return Case("people have approved what a gate waits for", ApprovedStepAsync, "Promote", "Rollback");
        yield return Case("a rollout's deadline is over", async () => await Ran(new Rehearsal(Late), Rehearsal.Line), "Rollback");
        yield return Case("another version is wanted amid a canary", OtherAmidCanaryAsync, "Promote --model-path=azureml:heart:2", "Rollback");
        yield return Case(
            "another version is wanted amid mirrored traffic",
            async () =>
            {
                var rehearsal = await Rehearsal.AtStepAsync(0, Specs.Gated);
                Assume.That(rehearsal.Workspace.Endpoint.MirrorTraffic["green-2"], Is.EqualTo(20));
                rehearsal.Spec = rehearsal.Spec with { Model = Specs.Second.Model };
                return await Ran(rehearsal, Rehearsal.Line);
            },
            "Promote --model-path=azureml:heart:2");
        yield return Case(
            "what is retired is to be deleted amid a canary",
            async () => await Ran(await Rehearsal.AtStepAsync(10), [Stage.Cleanup]),
            "Promote",
            "Rollback");
        yield return Case(
            "somebody deleted what a rollout that is over replaced",
            async () =>
            {
                var rehearsal = await AfterSecondAsync();
                rehearsal.Delete("green-2");
                return await Ran(rehearsal, Rehearsal.Line);
            },
            "Rollback --to=default");
        yield return Case(
            "a rollout is over and another version is wanted",
            async () =>
            {
                var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
                rehearsal.Spec = Specs.Second;
                return rehearsal;
            },
            "Promote");
        yield return Case(
            "a rollout went back and another version is wanted",
            async () =>
            {
                var rehearsal = await Back(await Rehearsal.AtStepAsync(10));
                rehearsal.Spec = Specs.Second;
                return rehearsal;
            },
            "Promote");
        yield return Case(
            "another version serves than the one that is wanted and was rejected", RejectedBeforeAsync, "Promote --retry");
        yield return Case(
            "changes are closed",
            async () =>
            {
                var rehearsal = await Ran(new Rehearsal(), Line.UpTo(Stage.Green));
                rehearsal.Spec = rehearsal.Spec with
                {
                    Policy = PolicySpec.None with { Freeze = [new OneOffWindow("the audit", new DateTime(2026, 1, 5), new DateTime(2026, 1, 6))] },
                };
                return await Ran(rehearsal, Rehearsal.Line);
            });
        yield return Case(
            "the stable deployment is broken amid a canary",
            async () =>
            {
                var rehearsal = await Rehearsal.AtStepAsync(50);
                rehearsal.Change("default", deployment => deployment with { State = ProvisioningState.Failed });
                return await Ran(rehearsal, Rehearsal.Line);
            });
        yield return Case(
            "a candidate does not answer",
            async () =>
            {
                var rehearsal = new Rehearsal();
                rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";
                return await Ran(rehearsal, Rehearsal.Line);
            });
    }

    [TestCaseSource(nameof(States))]
    public async Task Each_command_that_is_offered_works(Func<Task<Rehearsal>> make, string[] expected)
    {
        var state = await make();
        var status = await Looked.StatusAsync(state, isAlive: false);
        var ofRun = state.Journal.OfType<RunEnded>().LastOrDefault()?.Next ?? [];
        var offered = status.NextCommands.Select(part => new NextStep(part.Command, part.When)).ToArray();
        TestContext.Out.WriteLine(string.Join('\n', new NextSteps([.. offered]).Lines));

        Assert.That(offered.Select(step => Words(step.Command)), Is.SupersetOf(expected));
        foreach (var step in offered.Concat(ofRun).Where(step => step.Command is not null && !Conditions.Any(step.When.StartsWith)).Distinct())
        {
            var rehearsal = await make();
            Assert.That(await RunAsync(rehearsal, Words(step.Command)), Is.Not.AnyOf(Outcome.Held, Outcome.Failed), step.Command);
        }
    }

    [Test]
    public async Task While_a_rollback_tags_what_it_took_back_nothing_leads_to_that()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";
        Task<StatusDocument>? look = null;
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "tag deployment", Moment: CallMoment.Before })
            {
                rehearsal.Change("green-2", deployment => deployment with { State = ProvisioningState.Updating });
                look = Looked.StatusAsync(rehearsal, isAlive: true);
                rehearsal.Change("green-2", deployment => deployment with { State = ProvisioningState.Succeeded });
            }
        };

        await rehearsal.RunAsync(Rehearsal.Line);
        var status = await look!;

        Assert.That(status.Progress!.Doing, Is.EqualTo("tag green-2 as rejected"));
        Assert.That(status.Next, Is.EqualTo("./build.sh --target=Status --watch (shows how the run goes on)"));
    }

    [Test]
    public async Task A_run_of_a_version_that_was_rejected_before_says_why_and_offers_another_try()
    {
        var rehearsal = await RejectedBeforeAsync();

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
        Assert.That(result.Why, Does.Match(@"^green-3 was rejected before, and --retry rolls it out again: \S.* Traffic is \["));
        Assert.That(
            result.Next.Steps.Select(step => Words(step.Command)), Has.Member("Promote --retry").And.No.Member("Promote"));
    }

    [Test]
    public async Task A_run_that_waits_for_people_offers_the_way_back()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10, Specs.First with { Policy = PolicySpec.None with { Approvals = new(Canary: 0, Promote: 1) } });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
        Assert.That(result.Next.Steps.Select(step => Words(step.Command)), Is.EqualTo(new[] { "Approve --stage=promote", "Promote", "Rollback" }));
    }

    [TestCase(10, false)]
    [TestCase(10, true)]
    public async Task A_run_that_is_cancelled_offers_what_Status_does(int weight, bool isRetry)
    {
        var rehearsal = isRetry ? await Back(await Rehearsal.AtStepAsync(10)) : new Rehearsal();
        using var person = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Traffic["green-2"] == weight)
            {
                person.Cancel();
            }
        };
        var rollout = rehearsal.NewRollout(request => request with
        {
            Retry = isRetry,
            Commands = request.Commands with { Again = isRetry ? request.Commands.AgainWith("--retry") : request.Commands.Again },
        });
        Assert.That(() => Rehearsal.RunAsync(rollout, Rehearsal.Line, person.Token), Throws.InstanceOf<OperationCanceledException>());
        await rollout.DisposeAsync();

        var ended = rehearsal.Journal.OfType<RunEnded>().Last();
        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(ended.Next!.Select(step => Words(step.Command)), Is.EqualTo(new[] { "Status", "Promote", "Rollback" }));
        Assert.That(status.NextCommands.Select(step => Words(step.Command)), Is.EqualTo(new[] { "Promote", "Rollback" }));
        Assert.That(rollout.NextAfterError.Steps, Is.EqualTo(ended.Next));
    }

    [Test]
    public async Task Where_what_was_replaced_is_gone_a_stranger_is_taken_the_traffic_by_name()
    {
        var rehearsal = await AfterSecondAsync();
        rehearsal.Delete("green-2");
        rehearsal.SomebodySetsTraffic(("green-3", 60), ("default", 40));

        var status = await Looked.StatusAsync(rehearsal);
        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(status.Progress!.Outcome, Is.Null);
            Assert.That(result.Why, Does.EndWith("Rollback --to=<deployment> gives it up, for green-2 is gone."));
            Assert.That(result.Next.Steps.Concat(status.NextCommands.Select(part => new NextStep(part.Command, part.When))).Select(step => Words(step.Command)),
                Has.Exactly(2).EqualTo("Rollback --to=default").And.No.Member("Rollback"));
        });
    }

    [Test]
    public async Task Another_version_waits_for_the_canary_under_way_before_an_instance_is_made_for_it()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Spec = Specs.Second;

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var deployments = rehearsal.Deployments.ToArray();
        var back = await rehearsal.RollBackAsync();
        var status = await Looked.StatusAsync(rehearsal);

        Assert.Multiple(() =>
        {
            Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Green, Outcome.Held)));
            Assert.That(held.Why, Is.EqualTo(
                "The rollout of green-2 is not over: it is at 10 %. Promote of its version ends it, Rollback gives it up; green-3 gets its turn then."));
            Assert.That(deployments, Has.No.Member("green-3"));
            Assert.That(held.Next.Steps.Select(step => (Words(step.Command), step.When)), Is.EqualTo(new[]
            {
                ("Promote --model-path=azureml:heart:2", "goes on with the rollout of green-2, which has heart version 2"),
                ("Rollback", "gives green-2 up, which has heart version 2; default gets all traffic"),
                ("Promote", "once that rollout is over"),
            }));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(back.Next.Steps.Select(step => Words(step.Command)), Has.Member("Promote").And.No.Member("Promote --retry"));
            Assert.That(status.NextCommands.Select(part => Words(part.Command)), Has.Member("Promote"));
        });
    }

    [Test]
    public async Task An_approval_that_is_there_is_no_longer_missing_before_a_run_has_counted_it()
    {
        var rehearsal = await ApprovedStepAsync();

        var status = await Looked.StatusAsync(rehearsal);

        Assert.Multiple(() =>
        {
            Assert.That(status.Progress!.Approval, Is.Null);
            Assert.That(status.Progress.Waits, Is.EqualTo(
                "Since the latest look at green-2, people have approved what gate people asks for: 1 of 1 approvals are there, person 2's."));
            Assert.That(status.NextCommands.Select(part => (Words(part.Command), part.When)).First(), Is.EqualTo(("Promote", "goes on")));
        });
    }

    [Test]
    public async Task Traffic_taken_from_what_was_promoted_is_given_back_by_the_command_that_is_offered_first()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.SomebodySetsTraffic(("default", 40), ("green-2", 60));

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RollBackAsync(to: "green-2");

        Assert.Multiple(() =>
        {
            Assert.That(held.Why, Does.EndWith(". Rollback --to=green-2 gives it all traffic again, Rollback gives it up."));
            Assert.That(
                held.Next.Steps.First(step => Words(step.Command).StartsWith("Rollback", StringComparison.Ordinal)),
                Is.EqualTo(new NextStep("./build.sh --target=Rollback --to=green-2", "gives green-2 all traffic again")));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
            Assert.That(rehearsal.Mark!.Status, Is.EqualTo(RolloutStatus.Completed));
        });
    }

    [Test]
    public async Task A_deadline_that_holds_is_led_on_from_by_a_longer_one()
    {
        var rehearsal = new Rehearsal(Late);

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.Brief.With(strategy => strategy with { Deadline = TimeSpan.FromHours(1) });
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Why, Does.EndWith(
                "the rollout's deadline of 1m is over. With a longer rollout.deadline in the configuration the same command goes on; Rollback takes it back."));
            Assert.That(held.Next.Steps[^1], Is.EqualTo(new NextStep("./build.sh --target=Promote", "once rollout.deadline is longer")));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    private static string Words(string? command) => command?.Replace("./build.sh --target=", "", StringComparison.Ordinal) ?? "";

    /// <summary>Runs a command as the program does; what only looks has no outcome.</summary>
    private static async Task<Outcome?> RunAsync(Rehearsal rehearsal, string command)
    {
        var words = command.Split(' ');
        if (!Enum.TryParse<Stage>(words[0], out var stage))
        {
            return null;
        }

        var to = words.FirstOrDefault(word => word.StartsWith("--to=", StringComparison.Ordinal))?["--to=".Length..];
        var scope = words.FirstOrDefault(word => word.StartsWith("--stage=", StringComparison.Ordinal))?["--stage=".Length..];
        if (words.FirstOrDefault(word => word.StartsWith("--model-path=", StringComparison.Ordinal))?["--model-path=".Length..] is { } model)
        {
            var meant = rehearsal.Workspace.State.Models.Single(version => version.Source.Title == model).Source;
            rehearsal.Spec = rehearsal.Spec with { Model = rehearsal.Spec.Model with { Candidate = meant } };
        }

        var result = await rehearsal.RunAsync(
            request => request with
            {
                Adopt = words.Contains("--adopt"),
                Retry = words.Contains("--retry"),
                RollbackTo = to,
                Approves = scope is null ? null : Enum.Parse<ApprovalScope>(scope, ignoreCase: true),
            },
            words.Contains("--exclusive") || !Line.Stages.Contains(stage) ? [stage] : [.. Line.UpTo(stage)]);
        return result.Outcome;
    }

    /// <summary>A rollout that is held by its deadline.</summary>
    private static RolloutSpec Late => Specs.Brief.With(strategy => strategy with { Deadline = TimeSpan.FromMinutes(1), OnDeadline = Consequence.Hold });

    /// <summary>A gate asked people at 10 %, the run was held, and somebody else has approved since.</summary>
    private static async Task<Rehearsal> ApprovedStepAsync()
    {
        var spec = Specs.Brief.With(strategy => strategy with
        {
            Steps = [strategy.Steps[0] with { Gates = [new ApprovalRule("people", 1)] }, strategy.Steps[1]],
        });
        return await Ran(await Ran(new Rehearsal(spec), Rehearsal.Line), [Stage.Approve]);
    }

    /// <summary>Version 2 has 10 % as green-2, its run is over, and one of version 3 was begun.</summary>
    private static async Task<Rehearsal> OtherAmidCanaryAsync()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Spec = Specs.Second;
        return await Ran(rehearsal, Rehearsal.Line);
    }

    /// <summary>Version 3 serves as green-3, which replaced green-2; default is up without traffic.</summary>
    private static async Task<Rehearsal> AfterSecondAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        return await Ran(rehearsal, Rehearsal.Line);
    }

    /// <summary>A version was rejected and its deployment deleted; another one was promoted since, and the rejected one is wanted again.</summary>
    private static async Task<Rehearsal> RejectedBeforeAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "green-3" || rehearsal.Traffic["green-3"] == 0;
        await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(rehearsal.Mark!.Status, Is.EqualTo(RolloutStatus.RolledBack));
        rehearsal.Scoring.Answers = (_, _) => true;
        rehearsal.Delete("green-3");
        rehearsal.Spec = Specs.Of(Specs.V3 with { Path = "/models/heart/v4", Digest = "digest-of-v4" }, Specs.V1);
        var other = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(other.Outcome, Is.EqualTo(Outcome.Done), other.Why);
        rehearsal.Spec = Specs.Second;
        return rehearsal;
    }

    private static TestCaseData Case(string state, Func<Task<Rehearsal>> make, params string[] expected) =>
        new TestCaseData(make, expected).SetName($"Where {state}");

    private static async Task<Rehearsal> Ran(Rehearsal rehearsal, IReadOnlyCollection<Stage> stages)
    {
        await rehearsal.RunAsync(stages);
        return rehearsal;
    }

    private static async Task<Rehearsal> Back(Rehearsal rehearsal)
    {
        await rehearsal.RollBackAsync();
        return rehearsal;
    }

    private static Task<Rehearsal> Changed(Rehearsal rehearsal, params (string, int)[] traffic)
    {
        rehearsal.SomebodySetsTraffic(traffic);
        return Ran(rehearsal, Rehearsal.Line);
    }
}
