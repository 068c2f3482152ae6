using Cake.Core;
using Cake.Frosting;

namespace Sluice.Tests.CakeFrosting;

/// <summary>A lifetime that notes what it is told.</summary>
internal sealed class NotingLifetime(Steps steps) : FrostingLifetime
{
    public override void Setup(ICakeContext context, ISetupContext info) =>
        steps.Add($"setup for {info.TargetTask.Name}: {string.Join(' ', info.TasksToExecute.Select(task => task.Name))}");

    public override void Teardown(ICakeContext context, ITeardownContext info) =>
        steps.Add(info.Successful ? "teardown" : $"teardown after {info.ThrownException.Message}");
}
