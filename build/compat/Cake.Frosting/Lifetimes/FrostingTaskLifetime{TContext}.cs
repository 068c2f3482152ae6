using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does before and after each task, with a context of its own type.</summary>
/// <typeparam name="TContext">The context that is needed; with another one the run fails.</typeparam>
public abstract class FrostingTaskLifetime<TContext> : IFrostingTaskLifetime
    where TContext : ICakeContext
{
    /// <summary>Prepares a task. When it throws the task does not run, but its teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task that is about to run.</param>
    public abstract void Setup(TContext context, ITaskSetupContext info);

    /// <summary>Ends a task, whether it ran, failed or was skipped.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task that ended, and how.</param>
    public abstract void Teardown(TContext context, ITaskTeardownContext info);

    void IFrostingTaskSetup.Setup(ICakeContext context, ITaskSetupContext info) => Setup((TContext)context, info);

    void IFrostingTaskTeardown.Teardown(ICakeContext context, ITaskTeardownContext info) => Teardown((TContext)context, info);
}
