using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before the first task.</summary>
public interface IFrostingSetup
{
    /// <summary>Prepares the run. When it throws no task runs, but the teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The target and the tasks that will run.</param>
    void Setup(ICakeContext context, ISetupContext info);
}
