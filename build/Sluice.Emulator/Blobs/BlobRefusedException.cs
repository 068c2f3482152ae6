namespace Sluice.Emulator.Blobs;

/// <summary>A blob request that is turned down, with what goes over the wire. Made by <see cref="BlobRefuse"/>.</summary>
internal sealed class BlobRefusedException(int status, string code, string message, params IReadOnlyList<(string Name, string Value)> headers)
    : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>The error's code, as in <c>x-ms-error-code</c>.</summary>
    public string Code => code;

    /// <summary>The headers beyond those of every refusal.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => headers;
}
