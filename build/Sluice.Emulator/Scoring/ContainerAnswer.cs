namespace Sluice.Emulator.Scoring;

/// <summary>What a container answers.</summary>
internal sealed class ContainerAnswer : IDisposable
{
    /// <summary>An answer with a body still to be written.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="contentType">The header <c>Content-Type</c>.</param>
    internal ContainerAnswer(int status, string contentType)
    {
        Status = status;
        ContentType = contentType;
    }

    /// <summary>The HTTP status.</summary>
    internal int Status { get; set; }

    /// <summary>The header <c>Content-Type</c>.</summary>
    internal string ContentType { get; set; }

    /// <summary>The body.</summary>
    internal PooledBuffer Body { get; } = new(256);

    /// <summary>The other headers.</summary>
    internal List<KeyValuePair<string, string>> Headers { get; } = new(8);

    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();
}
