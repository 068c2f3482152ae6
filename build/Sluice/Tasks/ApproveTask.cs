using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts;
using Sluice.Rollouts.Planning;
using Sluice.Sessions;

namespace Sluice.Tasks;

/// <summary>A person approves the rollout that somebody else has started.</summary>
[TaskName("Approve")]
[TaskDescription("A person approves the rollout that somebody else has started.")]
[TaskExample("", "what the rollout needs next")]
[TaskExample("--stage=promote", "all traffic for the candidate")]
public sealed class ApproveTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    /// <exception cref="RolloutException">Nobody can tell who approves.</exception>
    public override Task RunAsync(RolloutContext context) => RunActor.MayBeAnother(context)
        ? throw new RolloutException(
            "This stage was run again, and Azure Pipelines does not say by whom: it goes on naming who queued the run. Nothing was approved; queue a "
            + "new run to approve.")
        : context.RunAsync(Stage.Approve);
}
