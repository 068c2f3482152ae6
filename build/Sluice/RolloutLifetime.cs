using Cake.Core;
using Cake.Frosting;

namespace Sluice;

/// <summary>Keeps what ended the run early, for the exit code. The session ends with its last stage, in <see cref="RolloutContext.RunAsync"/>.</summary>
public sealed class RolloutLifetime(RunState run) : FrostingLifetime<RolloutContext>
{
    /// <inheritdoc/>
    /// <remarks>Runs for a dry run, too: nothing may happen here.</remarks>
    public override void Setup(RolloutContext context, ISetupContext info)
    {
    }

    /// <inheritdoc/>
    public override void Teardown(RolloutContext context, ITeardownContext info) => run.Error = info.ThrownException ?? run.Error;
}
