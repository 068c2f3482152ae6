using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>What a person runs after a stage has ended.</summary>
public static class NextCommand
{
    /// <summary>The command, or two to choose from.</summary>
    /// <param name="run">Writes the command that runs a target, with further arguments if need be.</param>
    /// <param name="last">The stage that ended last and how; null when none has ended.</param>
    /// <param name="endpoint">The endpoint at the last look; null when there is none.</param>
    public static string After(Func<string, string> run, (Stage Stage, FinishDecision Finish)? last, EndpointState? endpoint) => last switch
    {
        (_, { Outcome: Outcome.RolledBack }) => AfterRollback(run, endpoint),
        (_, { Awaited.Scope: { } scope }) => $"{Approval(run, scope)}, then the same command again",
        (_, { Outcome: Outcome.Held, WayBack: { } back }) => $"{run("Status")}, then {run(back)} or the same command again",
        (_, { Brings: { } stage }) => run($"{stage}"),
        (Stage.Promote, { Outcome: Outcome.Done }) when endpoint is { HasIdle: true } => $"{run("Cleanup")}, or {run("Rollback")}",
        (var stage and not Stage.Promote, { Outcome: Outcome.Done }) when Line.After(stage) is { } next => run($"{next}"),
        (Stage.Rollback, { Outcome: Outcome.Done }) or (Stage.Rollback or Stage.Approve, { Outcome: Outcome.Failed }) => run("Status"),
        (Stage.Approve or Stage.DeleteEndpoint, { Outcome: Outcome.Done }) => run("Promote"),
        (_, { Outcome: Outcome.Done }) => run(endpoint is null ? "Promote" : "Invoke"),
        _ when endpoint is { FailedToBeCreated: true } => $"{DeleteEndpoint(run)}, then the same command again",
        _ => $"{run("Status")}, then the same command again",
    };

    /// <summary>What is done about a candidate that was taken back.</summary>
    /// <param name="run">Writes the command that runs a target.</param>
    /// <param name="endpoint">The endpoint; null when there is none.</param>
    public static string AfterRollback(Func<string, string> run, EndpointState? endpoint)
    {
        ArgumentNullException.ThrowIfNull(run);
        return endpoint?.Mark is { Status: RolloutStatus.RolledBack } mark && endpoint.Deployment(mark.Candidate) is not null
            ? $"{run($"Logs --deployment-name={mark.Candidate}")}, then {run("Promote --retry")} or another version"
            : $"{run("Promote --retry")}, or another version";
    }

    /// <summary>The command that gives an approval, and who runs it.</summary>
    /// <param name="run">Writes the command that runs a target.</param>
    /// <param name="scope">What is to be approved.</param>
    public static string Approval(Func<string, string> run, ApprovalScope scope)
    {
        ArgumentNullException.ThrowIfNull(run);
        return $"{run($"Approve --stage={scope.ToString().ToLowerInvariant()}")} by somebody who did not start the rollout";
    }

    /// <summary>The command that deletes the endpoint with all that it has.</summary>
    /// <param name="run">Writes the command that runs a target.</param>
    public static string DeleteEndpoint(Func<string, string> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run("Cleanup --delete-endpoint --yes");
    }
}
