using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The online endpoint is created, unless it exists.</summary>
[TaskName("Endpoint")]
[TaskDescription("The online endpoint is created, unless it exists.")]
[TaskExample("", "the configured endpoint")]
[TaskExample("--config=config/prod.json", "the first step on the real Azure; it is quick and costs nothing")]
[IsDependentOn(typeof(RegisterTask))]
public sealed class EndpointTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Endpoint);
}
