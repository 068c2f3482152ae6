using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The candidate earns traffic step by step; each step is baked and judged, and a failing candidate goes back.</summary>
[TaskName("Canary")]
[TaskDescription("The candidate earns traffic step by step; each step is baked and judged, and a failing candidate goes back.")]
[IsDependentOn(typeof(GreenTask))]
public sealed class CanaryTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Canary);
}
