using Cake.Frosting;

namespace Sluice.Tasks;

/// <summary>The local Azure ML runs in the foreground, for other tools and terminals, until Ctrl-C.</summary>
[TaskName("Emulator")]
[TaskDescription("The local Azure ML runs in the foreground, for other tools and terminals, until Ctrl-C.")]
public sealed class EmulatorTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.ServeAsync();
}
