using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>The local Azure ML forgets everything: endpoint, models, keys and certificate.</summary>
[TaskName("Reset")]
[TaskDescription("The local Azure ML forgets everything: endpoint, models, keys and certificate.")]
[TaskExample("", "the state of config/local.json")]
public sealed class ResetTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        var folder = await LocalWorkspace.ResetAsync(context.Spec, context.CancellationToken);
        context.Print([$"{folder} is empty."]);
    }
}
