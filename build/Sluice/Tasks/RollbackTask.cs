using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The stable deployment gets all traffic back, when it is healthy.</summary>
[TaskName("Rollback")]
[TaskDescription("The stable deployment gets all traffic back, when it is healthy.")]
public sealed class RollbackTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Rollback);
}
