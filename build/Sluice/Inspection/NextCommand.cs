using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Inspection;

/// <summary>The command that a person would type after a look at the status.</summary>
internal static class NextCommand
{
    /// <summary>The command, or two of them to choose from.</summary>
    /// <param name="standing">The look.</param>
    /// <param name="program">The command that people type.</param>
    public static string After(Standing standing, string program)
    {
        string Target(string target) => $"{program} --target={target}";
        var stage = standing.Stage is { } at && at <= Stage.Promote ? $"{at}" : nameof(Stage.Promote);
        var mark = standing.State.Endpoint?.Mark;
        var hasRetired = standing.State.Endpoint is { Traffic.IsNone: false } endpoint
            && endpoint.Deployments.Any(deployment => endpoint.Traffic[deployment.Name] == 0);
        return standing switch
        {
            { Run: not null, RunIsAlive: not false } => $"{Target("Status")} --watch, or {Target("Rollback")}",
            { State.Endpoint: null } => Target(nameof(Stage.Promote)),
            { Ended: Outcome.RolledBack } => mark is { Status: RolloutStatus.RolledBack }
                ? $"{Target("Logs")} --deployment-name={mark.Candidate}, then {Target(nameof(Stage.Promote))} --retry or with another version"
                : $"{Target(nameof(Stage.Promote))} --retry",
            { Ended: Outcome.Done } when hasRetired => $"{Target(nameof(Stage.Cleanup))}, or {Target(nameof(Stage.Rollback))}",
            { Ended: Outcome.Done } => Target("Invoke"),
            { AwaitedApproval: { } scope } =>
                $"{Target(nameof(Stage.Approve))} --stage={scope.ToString().ToLowerInvariant()} by somebody who did not start the rollout, then {Target(stage)}",
            { Decision: FinishDecision { Outcome: Outcome.Held or Outcome.Failed } } when mark is { IsOpen: true } =>
                $"{Target(stage)} looks again, {Target(nameof(Stage.Rollback))} gives it up",
            _ when mark is { IsOpen: true } => $"{Target(stage)}, or {Target(nameof(Stage.Rollback))}",
            { Decision: ActDecision { Action: SmokeTest or TakeLook } } or { RolloutId: null } when hasRetired =>
                $"{Target(nameof(Stage.Promote))}, or {Target(nameof(Stage.Cleanup))}",
            { Decision: FinishDecision { Outcome: Outcome.Done } } => Target("Invoke"),
            _ => Target(nameof(Stage.Promote)),
        };
    }
}
