using Cake.Core;
using Cake.Frosting;

namespace Sluice;

/// <summary>Ends the session, whatever happened, and keeps what ended the run for the exit code.</summary>
public sealed class RolloutLifetime(RunState run) : FrostingLifetime<RolloutContext>
{
    /// <inheritdoc/>
    /// <remarks>Runs for a dry run, too: nothing may happen here.</remarks>
    public override void Setup(RolloutContext context, ISetupContext info)
    {
    }

    /// <inheritdoc/>
    public override void Teardown(RolloutContext context, ITeardownContext info) => run.Error = info.ThrownException;
}
