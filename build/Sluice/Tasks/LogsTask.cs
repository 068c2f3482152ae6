using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts;
using Sluice.Rollouts.State;

namespace Sluice.Tasks;

/// <summary>The log of a deployment's container is shown.</summary>
[TaskName("Logs")]
[TaskDescription("The log of a deployment's container is shown.")]
[TaskExample("--deployment-name=green-2 --lines=200", "the last 200 lines of one deployment")]
public sealed class LogsTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        var endpoint = context.Spec.Endpoint.Name;
        await using var connection = await context.ConnectAsync();
        var there = (await connection.Workspace.ObserveAsync(context.Spec.Model, endpoint, context.CancellationToken)).Endpoint
            ?? throw new RolloutException($"Endpoint {endpoint} does not exist.");
        var deployment = (context.Parameters.DeploymentName, there.Traffic.Sole) switch
        {
            ({ } asked, _) => there.Deployment(asked)?.Name ?? throw new RolloutException(MissingDeployment.Sentence(there, asked)),
            (_, { } sole) => sole,
            _ => throw new RolloutException(
                $"The traffic is [{there.Traffic}]; say --deployment-name with one of: {MissingDeployment.Names(there)}."),
        };
        var log = await connection.Workspace.GetLogsAsync(
            endpoint, deployment, context.Parameters.Container, context.Parameters.Lines, context.CancellationToken);
        context.PrintForeign(log);
    }
}
