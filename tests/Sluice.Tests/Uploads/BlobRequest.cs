namespace Sluice.Tests.Uploads;

/// <summary>A request to <see cref="InMemoryBlobs"/>.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Blob">The blob's name; empty for the container.</param>
/// <param name="Operation">The value of <c>comp</c>.</param>
/// <param name="Argument">The block's id, or the prefix of a list.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Headers">The headers.</param>
internal sealed record BlobRequest(
    string Method, string Blob, string Operation, string Argument, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public override string ToString() => $"{Method} {Blob} {Operation} {Argument}";
}
