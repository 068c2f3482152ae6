using Cake.Frosting;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>The endpoint, its deployments and where its rollout stands are shown; nothing is changed.</summary>
[TaskName("Status")]
[TaskDescription("The endpoint, its deployments and where its rollout stands are shown; nothing is changed.")]
public sealed class StatusTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => StatusSession.RunAsync(context);
}
