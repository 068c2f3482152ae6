using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>All traffic to the candidate, and a final bake with the stable deployment still warm.</summary>
[TaskName("Promote")]
[TaskDescription("All traffic to the candidate, and a final bake with the stable deployment still warm.")]
[IsDependentOn(typeof(CanaryTask))]
public sealed class PromoteTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Promote);
}
