using Cake.Frosting;
using Sluice.CommandLine;

namespace Sluice.Tasks;

/// <summary>The local Azure ML runs in the foreground, for other tools and terminals, until Ctrl-C.</summary>
[TaskName("Emulator")]
[TaskDescription("The local Azure ML runs in the foreground, for other tools and terminals, until Ctrl-C.")]
[TaskExample("", "with the latencies of config/local.json")]
[TaskExample("--latency=azure --time-scale=0.1", "ten times as fast as Azure")]
public sealed class EmulatorTask : AsyncFrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(RolloutContext context) => context.ServeAsync();
}
