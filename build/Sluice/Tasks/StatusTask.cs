using Cake.Frosting;
using Cake.Json;
using Sluice.Inspection;
using Sluice.Output;

namespace Sluice.Tasks;

/// <summary>The endpoint, its deployments and its traffic are shown; nothing is changed.</summary>
[TaskName("Status")]
[TaskDescription("The endpoint, its deployments and its traffic are shown; nothing is changed.")]
public sealed class StatusTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        await using var connection = await context.ConnectAsync();
        var state = await connection.Workspace.ObserveAsync(context.Spec.Model, context.Spec.Endpoint.Name, context.CancellationToken);
        var status = StatusDocument.Of(context.Spec.Workspace.Name, state.Endpoint);
        context.Print(context.Parameters.Output == OutputForm.Json
            ? [context.SerializeJsonPretty(status)]
            : StatusText.Lines(status, context.Spec.Endpoint.Name, context.Parameters.Program));
    }
}
