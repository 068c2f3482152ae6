using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>The endpoint, its deployments and where its rollout stands are shown; nothing is changed.</summary>
[TaskName("Status")]
[TaskDescription("The endpoint, its deployments and where its rollout stands are shown; nothing is changed.")]
[TaskExample("", "the endpoint as it is, and what its rollout waits for")]
[TaskExample("--watch", "again and again, until the rollout ends")]
[TaskExample("--output=json", "for programs")]
public sealed class StatusTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => StatusSession.RunAsync(context);
}
