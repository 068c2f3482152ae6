using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>What the rollout retired is deleted; with --delete-endpoint --yes the endpoint.</summary>
[TaskName("Cleanup")]
[TaskDescription("What the rollout retired is deleted; with --delete-endpoint --yes the endpoint.")]
[TaskExample("", "what was retired")]
[TaskExample("--retain=1", "but the last deployment stays, for a quick way back")]
[TaskExample("--delete-endpoint --yes", "the endpoint, and all that it costs")]
[IsDependentOn(typeof(PromoteTask))]
public sealed class CleanupTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) =>
        context.RunAsync(context.Parameters.DeleteEndpoint ? Stage.DeleteEndpoint : Stage.Cleanup);
}
