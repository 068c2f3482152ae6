using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;

namespace Sluice.Tasks;

/// <summary>A request is sent to the endpoint, or to one deployment whatever the traffic says, and the answer is shown.</summary>
[TaskName("Invoke")]
[TaskDescription("A request is sent to the endpoint, or to one deployment whatever the traffic says, and the answer is shown.")]
[TaskExample("", "the configured sample, to whom the traffic names")]
[TaskExample("--deployment-name=green-2 --request-file=config/sample.json", "a file, to one deployment")]
public sealed class InvokeTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        var body = context.Parameters.RequestFile is { } file
            ? await File.ReadAllTextAsync(file, context.CancellationToken)
            : context.Spec.Probes.Sample;
        await using var connection = await context.ConnectAsync();
        var endpoint = context.Spec.Endpoint.Name;
        var caller = new EndpointCaller(connection.Workspace, connection.Scoring, endpoint, TimeProvider.System);
        var answer = await caller.ScoreAsync(body, context.Parameters.DeploymentName, context.CancellationToken);
        if (answer.Failure is { } failure)
        {
            throw new RolloutException($"{answer.Deployment ?? $"Endpoint {endpoint}"}: {failure}");
        }

        context.Print([answer.Body]);
    }
}
