using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before each task.</summary>
public interface IFrostingTaskSetup
{
    /// <summary>Prepares a task. When it throws the task does not run, but its teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task that is about to run.</param>
    void Setup(ICakeContext context, ITaskSetupContext info);
}
