using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Execution;

namespace Sluice.Tasks;

/// <summary>The endpoint's keys are regenerated, the secondary one first; callers that read them again do not fail.</summary>
[TaskName("RotateKeys")]
[TaskDescription("The endpoint's keys are regenerated, the secondary one first; callers that read them again do not fail.")]
[TaskExample("", "both keys, the secondary one first")]
[TaskExample("--key=secondary", "one of them")]
public sealed class RotateKeysTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override async Task RunAsync(RolloutContext context)
    {
        await using var connection = await context.ConnectAsync();
        var rotation = new KeyRotation(context.Spec, connection.Workspace, connection.Scoring, TimeProvider.System);
        await foreach (var done in rotation.RunAsync(context.Parameters.Key, context.CancellationToken))
        {
            context.Print([done]);
        }
    }
}
