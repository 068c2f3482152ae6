using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

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
            throw new RolloutException(await MissingAsync(context, connection.Workspace, answer) ?? $"{answer.Deployment ?? $"Endpoint {endpoint}"}: {failure}");
        }

        context.PrintForeign(answer.Body);
    }

    /// <summary>That there is no such deployment, which the front door answers without a word; null when it is something else.</summary>
    private static async Task<string?> MissingAsync(RolloutContext context, IWorkspace workspace, ScoringAnswer answer)
    {
        if (context.Parameters.DeploymentName is not { } asked || answer.Status != 404)
        {
            return null;
        }

        var endpoint = (await workspace.ObserveAsync(context.Spec.Model, context.Spec.Endpoint.Name, context.CancellationToken)).Endpoint;
        return endpoint is null || endpoint.Deployment(asked) is not null ? null : MissingDeployment.Sentence(endpoint, asked);
    }
}
