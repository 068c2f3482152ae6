using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The candidate's deployment is created at 0 % and smoke-tested, unless it is up.</summary>
[TaskName("Green")]
[TaskDescription("The candidate's deployment is created at 0 % and smoke-tested, unless it is up.")]
[TaskExample("", "up to here")]
[TaskExample("--exclusive --instance-type=Standard_DS3_v2 --instance-count=2", "this stage alone, on two larger machines")]
[IsDependentOn(typeof(BlueTask))]
public sealed class GreenTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Green);
}
