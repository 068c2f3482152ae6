using System.Collections.Immutable;

namespace Sluice.Tests.Fuzz;

/// <summary>Requests to the blob service, one after the other.</summary>
internal sealed record BlobCalls(ImmutableArray<BlobCall> Calls)
{
    public override string ToString() => string.Join('\n', Calls);
}
