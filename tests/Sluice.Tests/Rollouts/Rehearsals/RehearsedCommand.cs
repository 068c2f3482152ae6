using System.Collections.Immutable;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A command that a process may die in, and that is run again then.</summary>
/// <param name="Name">What it is, for reading.</param>
/// <param name="PrepareAsync">Makes what is there before it.</param>
/// <param name="Stages">The stages that it runs.</param>
internal sealed record RehearsedCommand(string Name, Func<Task<Rehearsal>> PrepareAsync, ImmutableArray<Stage> Stages)
{
    private static readonly ImmutableArray<Stage> Whole = [.. Rehearsal.Line, Stage.Cleanup];

    /// <summary>Whether a rejected candidate is rolled out again.</summary>
    public bool Retry { get; init; }

    /// <summary>Every kind of command that writes.</summary>
    public static IReadOnlyList<RehearsedCommand> All { get; } =
    [
        new("whole rollout", () => Task.FromResult(new Rehearsal(Specs.Brief)), Whole),
        new("rollout with gates and a mirrored step", () => Task.FromResult(new Rehearsal(Specs.Gated)), Whole),
        new("rollout that goes back from a mirrored step", () => Task.FromResult(WithFailingMirror()), Whole),
        new("rollout whose candidate goes back", () => Task.FromResult(WithFailingCandidate()), Whole),
        new("retry of a rejected candidate", RejectedAsync, Whole) { Retry = true },
        new("retry of a candidate that waits and is made anew", async () => Changed(await WaitingAsync()), Whole) { Retry = true },
        new("retry of a rejected candidate that is made anew", async () => Changed(await RejectedAsync()), Whole) { Retry = true },
        new("rollback in the canary", () => Rehearsal.AtStepAsync(50, Specs.Brief), [Stage.Rollback]),
        new("rollback of a candidate that waits", NewerWaitingAsync, [Stage.Rollback]),
        new("rollback of a finished rollout", () => Rehearsal.AfterFirstRolloutAsync(Specs.Brief), [Stage.Rollback]),
        new("clean-up", () => Rehearsal.AfterFirstRolloutAsync(Specs.Brief), [Stage.Cleanup]),
    ];

    /// <summary>What is asked of a run of it.</summary>
    public RunRequest Ask(RunRequest request) => request with { Stages = Stages, Retry = Retry };

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Rehearsal WithFailingCandidate()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        rehearsal.Scoring.Answers = (deployment, _) =>
            deployment == "default" || rehearsal.Workspace.State.Endpoint!.Traffic["green-2"] < 50;
        return rehearsal;
    }

    private static Rehearsal WithFailingMirror()
    {
        var rehearsal = new Rehearsal(Specs.Gated);

        // Not when it is asked for the first time, so that there is a wait before it fails.
        rehearsal.Webhook.Answer = () => new(rehearsal.Webhook.Asked.Count > 1 ? 400 : 200, "");
        return rehearsal;
    }

    private static async Task<Rehearsal> WaitingAsync()
    {
        var rehearsal = new Rehearsal(Specs.Gated);
        await WaitAsync(rehearsal);
        return rehearsal;
    }

    private static async Task<Rehearsal> NewerWaitingAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync(Specs.Brief);
        rehearsal.Spec = Specs.Brief with { Model = Specs.Second.Model };
        await WaitAsync(rehearsal);
        return rehearsal;
    }

    private static async Task WaitAsync(Rehearsal rehearsal)
    {
        var result = await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        Assume.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
    }

    private static Rehearsal Changed(Rehearsal rehearsal)
    {
        rehearsal.Spec = rehearsal.Spec with { Green = rehearsal.Spec.Green with { ModelMountPath = "/model" } };
        return rehearsal;
    }

    private static async Task<Rehearsal> RejectedAsync()
    {
        var rehearsal = WithFailingCandidate();
        var result = await rehearsal.RunAsync(Whole);
        Assume.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
        rehearsal.Scoring.Answers = (_, _) => true;
        return rehearsal;
    }
}
