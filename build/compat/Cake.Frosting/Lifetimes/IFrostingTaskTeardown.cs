using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after each task.</summary>
public interface IFrostingTaskTeardown
{
    /// <summary>Ends a task, whether it ran, failed or was skipped.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task that ended, and how.</param>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
