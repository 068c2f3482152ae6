using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Rollouts.Planning;

namespace Sluice.Tasks;

/// <summary>The model folder becomes the next registered version, unless a version with its content exists.</summary>
[TaskName("Register")]
[TaskDescription("The model folder becomes the next registered version, unless a version with its content exists.")]
[TaskExample("", "the folder of config/local.json becomes a version")]
[TaskExample("--model-path=models/heart-classifier/v2 --exclusive", "another folder, and nothing else")]
public sealed class RegisterTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.RunAsync(Stage.Register);
}
