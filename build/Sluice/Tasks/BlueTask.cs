using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The first deployment is created, smoke-tested and given all traffic, unless something serves already.</summary>
[TaskName("Blue")]
[TaskDescription("The first deployment is created, smoke-tested and given all traffic, unless something serves already.")]
[TaskExample("", "up to here")]
[TaskExample("--exclusive --baseline-path=models/heart-classifier/v1", "this stage alone, with that version")]
[IsDependentOn(typeof(EndpointTask))]
public sealed class BlueTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Blue);
}
