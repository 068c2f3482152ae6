using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>What a person runs after a stage has ended.</summary>
public static class NextCommand
{
    /// <summary>The command, or two to choose from.</summary>
    /// <param name="run">Writes the command that runs a target, with further arguments if need be.</param>
    /// <param name="last">The stage that ended last and how; null when none has ended.</param>
    /// <param name="endpoint">The endpoint at the last look; null when there is none.</param>
    public static string After(Func<string, string> run, (Stage Stage, Outcome Outcome)? last, EndpointState? endpoint) => last switch
    {
        (_, Outcome.RolledBack) => $"{run("Logs")} --deployment-name={endpoint?.Mark?.Candidate ?? "<name>"}",
        (_, Outcome.Held) => $"{run("Status")}, then {run("Rollback")} or the same command again",
        (Stage.Promote, Outcome.Done) when endpoint is { HasIdle: true } => $"{run("Cleanup")}, or {run("Rollback")}",
        (Stage.Register or Stage.Endpoint or Stage.Blue or Stage.Green or Stage.Canary, Outcome.Done) => run($"{last.Value.Stage + 1}"),
        (Stage.Rollback, Outcome.Done) => run("Status"),
        (Stage.Approve or Stage.DeleteEndpoint, Outcome.Done) => run("Promote"),
        (_, Outcome.Done) => run("Invoke"),
        _ when endpoint is { FailedToBeCreated: true } => $"{DeleteEndpoint(run)}, then the same command again",
        _ => $"{run("Status")}, then the same command again",
    };

    /// <summary>The command that deletes the endpoint with all that it has.</summary>
    /// <param name="run">Writes the command that runs a target.</param>
    public static string DeleteEndpoint(Func<string, string> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return $"{run("Cleanup")} --delete-endpoint --yes";
    }
}
