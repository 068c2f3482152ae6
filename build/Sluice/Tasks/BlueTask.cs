using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The first deployment is created, smoke-tested and given all traffic, unless something serves already.</summary>
[TaskName("Blue")]
[TaskDescription("The first deployment is created, smoke-tested and given all traffic, unless something serves already.")]
[IsDependentOn(typeof(EndpointTask))]
public sealed class BlueTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Blue);
}
