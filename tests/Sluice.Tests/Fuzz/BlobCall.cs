using System.Collections.Immutable;
using System.Text;

namespace Sluice.Tests.Fuzz;

/// <summary>A request to the blob service, as it comes over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Host">The host, without a port.</param>
/// <param name="Target">The path and query, encoded.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body.</param>
internal sealed record BlobCall(
    string Method, string Host, string Target, ImmutableSortedDictionary<string, string> Headers, byte[] Body)
{
    public override string ToString() =>
        $"{Method} {Target} at {Host}\n{string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}"))}\n"
        + $"{Encoding.Latin1.GetString(Body)}\n";
}
