using Cake.Frosting;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The model folder becomes the next registered version, unless a version with its content exists.</summary>
[TaskName("Register")]
[TaskDescription("The model folder becomes the next registered version, unless a version with its content exists.")]
public sealed class RegisterTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Register);
}
