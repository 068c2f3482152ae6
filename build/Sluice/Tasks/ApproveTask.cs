using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>A person approves the rollout that somebody else has started.</summary>
[TaskName("Approve")]
[TaskDescription("A person approves the rollout that somebody else has started.")]
public sealed class ApproveTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Approve);
}
