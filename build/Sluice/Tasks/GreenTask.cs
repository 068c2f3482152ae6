using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The candidate's deployment is created at 0 % and smoke-tested, unless it is up.</summary>
[TaskName("Green")]
[TaskDescription("The candidate's deployment is created at 0 % and smoke-tested, unless it is up.")]
[IsDependentOn(typeof(BlueTask))]
public sealed class GreenTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Green);
}
