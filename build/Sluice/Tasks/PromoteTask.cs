using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>All traffic to the candidate, and a final bake with the stable deployment still warm.</summary>
[TaskName("Promote")]
[TaskDescription("All traffic to the candidate, and a final bake with the stable deployment still warm.")]
[TaskExample("", "the whole rollout, on the local Azure ML")]
[TaskExample("--config=config/prod.json --rehearse --speed=240", "production's rollout, tried on this machine")]
[TaskExample("--config=config/prod.json --rehearse --speed=240 --inject=errors=0.1", "the same with a candidate that fails: exit code 3")]
[IsDependentOn(typeof(CanaryTask))]
public sealed class PromoteTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Promote);
}
