using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The candidate earns traffic step by step; each step is baked and judged, and a failing candidate goes back.</summary>
[TaskName("Canary")]
[TaskDescription("The candidate earns traffic step by step; each step is baked and judged, and a failing candidate goes back.")]
[TaskExample("--steps=5,20,50 --bake=10m", "three steps of ten minutes")]
[TaskExample("--exclusive --config=config/prod.json", "this stage alone, as a pipeline runs it")]
[IsDependentOn(typeof(GreenTask))]
public sealed class CanaryTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Canary);
}
