using Cake.Core;
using Cake.Frosting;

namespace Sluice.Tests.CakeFrosting;

/// <summary>A context that keeps the arguments, even when no task comes to run.</summary>
internal sealed class ArgumentKeepingContext : FrostingContext
{
    public ArgumentKeepingContext(ICakeContext context, Given given)
        : base(context) => given.Arguments = context.Arguments;
}
