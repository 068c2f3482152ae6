using Cake.Core;
using Cake.Frosting;

namespace Sluice.Tests.CakeFrosting;

/// <summary>A task that notes its class's name when it runs.</summary>
internal abstract class NotingTask(Steps steps) : FrostingTask
{
    protected Steps Steps => steps;

    public override void Run(ICakeContext context) => steps.Add(GetType().Name);
}
