using Cake.Core;
using Cake.Frosting;

namespace Sluice.Tests.CakeFrosting;

/// <summary>A task lifetime that notes what it is told.</summary>
internal sealed class NotingTaskLifetime(Steps steps) : FrostingTaskLifetime
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => steps.Add($"before {info.Task.Name}");

    public override void Teardown(ICakeContext context, ITaskTeardownContext info)
    {
        var end = info switch
        {
            { Skipped: true } => "skipped ",
            { Successful: false } => $"failed ({info.ThrownException.Message}) ",
            _ => "",
        };
        steps.Add($"after {end}{info.Task.Name}");
    }
}
