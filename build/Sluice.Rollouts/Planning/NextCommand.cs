using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>What a person runs after a stage has ended.</summary>
public static class NextCommand
{
    /// <summary>The command, or two to choose from.</summary>
    /// <param name="program">The command that people type to start the program.</param>
    /// <param name="last">The stage that ended last and how; null when none has ended.</param>
    /// <param name="endpoint">The endpoint at the last look; null when there is none.</param>
    public static string After(string program, (Stage Stage, Outcome Outcome)? last, EndpointState? endpoint) => last switch
    {
        (_, Outcome.RolledBack) => $"{program} --target=Logs --deployment-name={endpoint?.Mark?.Candidate ?? "<name>"}",
        (_, Outcome.Held) => $"{program} --target=Status, then {program} --target=Rollback or the same command again",
        (Stage.Promote, Outcome.Done) when HasRetired(endpoint) => $"{program} --target=Cleanup, or {program} --target=Rollback",
        (Stage.Register or Stage.Endpoint or Stage.Blue or Stage.Green or Stage.Canary, Outcome.Done) => $"{program} --target={last.Value.Stage + 1}",
        (Stage.Rollback, Outcome.Done) => $"{program} --target=Status",
        (Stage.Approve or Stage.DeleteEndpoint, Outcome.Done) => $"{program} --target=Promote",
        (_, Outcome.Done) => $"{program} --target=Invoke",
        _ => $"{program} --target=Status, then the same command again",
    };

    private static bool HasRetired(EndpointState? endpoint) =>
        endpoint is not null && endpoint.Deployments.Any(deployment => endpoint.Traffic[deployment.Name] == 0);
}
