using Sluice.Inspection;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Inspection;

/// <summary>What a person is shown of a rehearsal, through ports that throw when something would be changed.</summary>
internal static class Looked
{
    /// <summary>The plan of the stages up to one.</summary>
    public static async Task<PlanDocument> PlanAsync(Rehearsal rehearsal, Stage through = Stage.Cleanup, params string[] notes)
    {
        var request = new RunRequest
        {
            Stages = [.. Enum.GetValues<Stage>().Where(stage => stage <= through)],
            NewRolloutId = "planned",
            Actor = "planner",
            Process = new("machine", 999, rehearsal.Time.GetUtcNow()),
        };
        var outlook = await Outlook.OfAsync(
            rehearsal.Spec, Guarded(rehearsal), new ReadOnlyJournal(rehearsal.Store!), rehearsal.Time, request, CancellationToken.None);
        return PlanDocument.Of(rehearsal.Spec, outlook, RolloutFigures.Of(rehearsal.Spec), notes);
    }

    /// <summary>Where it stands.</summary>
    public static Task<Standing> StandingAsync(Rehearsal rehearsal, bool? isAlive = null, Standing? previous = null) => Standing.OfAsync(
        rehearsal.Spec,
        Guarded(rehearsal),
        new ReadOnlyJournal(rehearsal.Store!),
        rehearsal.Telemetry,
        _ => isAlive,
        previous,
        rehearsal.Time,
        CancellationToken.None);

    /// <summary>The status in JSON's terms.</summary>
    public static async Task<StatusDocument> StatusAsync(Rehearsal rehearsal, bool? isAlive = null) =>
        Of(await StandingAsync(rehearsal, isAlive));

    private static StatusDocument Of(Standing standing) =>
        StatusDocument.Of("workspace", standing, standing.NextSteps(target => $"./build.sh --target={target}"));

    /// <summary>The status for people.</summary>
    public static string Text(StatusDocument status) => string.Join("\n", StatusText.Lines(status, Specs.Endpoint));

    private static WatchedWorkspace Guarded(Rehearsal rehearsal) =>
        new(rehearsal.Workspace, (call, _) => throw new InvalidOperationException($"{call} is no look."));
}
