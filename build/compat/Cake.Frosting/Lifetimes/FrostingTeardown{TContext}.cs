using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does after the last task, with a context of its own type.</summary>
/// <typeparam name="TContext">The context that is needed; with another one the run fails.</typeparam>
public abstract class FrostingTeardown<TContext> : IFrostingTeardown
    where TContext : ICakeContext
{
    /// <summary>Ends the run, whether it succeeded or not.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the run ended.</param>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info) => Teardown((TContext)context, info);
}
