using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after the last task.</summary>
public interface IFrostingTeardown
{
    /// <summary>Ends the run, whether it succeeded or not.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the run ended.</param>
    void Teardown(ICakeContext context, ITeardownContext info);
}
