using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The stable deployment gets all traffic back, when it is healthy.</summary>
[TaskName("Rollback")]
[TaskDescription("The stable deployment gets all traffic back, when it is healthy.")]
[TaskExample("", "all traffic to the stable deployment")]
[TaskExample("--to=default", "or to another one")]
public sealed class RollbackTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Rollback);
}
