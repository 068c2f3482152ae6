using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>A person approves the rollout that somebody else has started.</summary>
[TaskName("Approve")]
[TaskDescription("A person approves the rollout that somebody else has started.")]
[TaskExample("", "what the rollout needs next")]
[TaskExample("--stage=promote", "all traffic for the candidate")]
public sealed class ApproveTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Approve);
}
