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
            async () => await Changed(await Rehearsal.AfterFirstRolloutAsync(), ("default", 50), ("green-2", 50)), "Rollback --to=default");
        yield return Case(
            "somebody took all traffic off", async () => await Changed(await Rehearsal.AfterFirstRolloutAsync(), []), "Rollback --to=default");
        yield return Case(
            "an approval is missing",
            async () => await Ran(new Rehearsal(Specs.First with { Policy = PolicySpec.None with { Approvals = new(Canary: 1, Promote: 0) } }), Rehearsal.Line),
            "Approve --stage=canary");
        yield return Case(
            "a gate waits for people",
            async () => await Ran(new Rehearsal(Specs.Brief.With(strategy => strategy with { Gates = [new ApprovalRule("people", 1)] })), Rehearsal.Line),
            "Approve --stage=step");
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
