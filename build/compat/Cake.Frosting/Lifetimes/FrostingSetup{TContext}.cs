using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does before the first task, with a context of its own type.</summary>
/// <typeparam name="TContext">The context that is needed; with another one the run fails.</typeparam>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    /// <summary>Prepares the run. When it throws no task runs, but the teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The target and the tasks that will run.</param>
    public abstract void Setup(TContext context, ISetupContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);
}
