using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The online endpoint is created, unless it exists.</summary>
[TaskName("Endpoint")]
[TaskDescription("The online endpoint is created, unless it exists.")]
[IsDependentOn(typeof(RegisterTask))]
public sealed class EndpointTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Endpoint);
}
