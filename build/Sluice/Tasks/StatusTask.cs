using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Inspection;

namespace Sluice.Tasks;

/// <summary>The endpoint, its deployments and its traffic are shown; nothing is changed.</summary>
[TaskName("Status")]
[TaskDescription("The endpoint, its deployments and its traffic are shown; nothing is changed.")]
[TaskExample("", "the endpoint as it is")]
[TaskExample("--output=json", "for programs")]
public sealed class StatusTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        await using var connection = await context.ConnectAsync();
        var state = await connection.Workspace.ObserveAsync(context.Spec.Model, context.Spec.Endpoint.Name, context.CancellationToken);
        var status = StatusDocument.Of(context.Spec.Workspace.Name, state.Endpoint);
        context.Show(state, status, StatusText.Lines(status, context.Spec.Endpoint.Name, context.Parameters.Program));
    }
}
