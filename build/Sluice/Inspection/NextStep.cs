using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Inspection;

/// <summary>The command that a person would type after a look at the status.</summary>
internal static class NextStep
{
    /// <summary>The command, or two of them to choose from.</summary>
    /// <param name="standing">The look.</param>
    /// <param name="command">The command that runs a target.</param>
    public static string After(Standing standing, Func<string, string> command)
    {
        var stage = standing.Stage is { } at && Line.Rollout.Contains(at) ? $"{at}" : nameof(Stage.Promote);
        var mark = standing.State.Endpoint?.Mark;
        var hasRetired = standing.State.Endpoint is { Traffic.IsNone: false, HasIdle: true };
        return standing switch
        {
            { Run: not null, RunIsAlive: not false } => $"{command("Status --watch")}, or {command("Rollback")}",
            { State.Endpoint: null } => command(nameof(Stage.Promote)),
            { State.Endpoint.FailedToBeCreated: true } => $"{NextCommand.DeleteEndpoint(command)}, then {command(nameof(Stage.Promote))}",
            { Ended: Outcome.RolledBack } => NextCommand.AfterRollback(command, standing.State.Endpoint),
            { Ended: Outcome.Done } when hasRetired => $"{command(nameof(Stage.Cleanup))}, or {command(nameof(Stage.Rollback))}",
            { Ended: Outcome.Done } => command("Invoke"),
            { AwaitedApproval: { } scope } => $"{NextCommand.Approval(command, scope)}, then {command(stage)}",
            { Decision: FinishDecision { Outcome: Outcome.Held or Outcome.Failed } } when mark is { IsOpen: true } =>
                $"{command(stage)} looks again, {command(nameof(Stage.Rollback))} gives it up",
            _ when mark is { IsOpen: true } => $"{command(stage)}, or {command(nameof(Stage.Rollback))}",
            { Decision: ActDecision { Action: SmokeTest or TakeLook } } or { RolloutId: null } when hasRetired =>
                $"{command(nameof(Stage.Promote))}, or {command(nameof(Stage.Cleanup))}",
            { Decision: FinishDecision { Outcome: Outcome.Done } } => command("Invoke"),
            _ => command(nameof(Stage.Promote)),
        };
    }
}
