using System.Buffers;

namespace Sluice.Emulator.Scoring;

/// <summary>A request as a container gets it. It owns its body, because a container may work on after the client has its answer.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Path">The path, without a leading slash.</param>
/// <param name="Query">The query string, with its question mark, or empty.</param>
/// <param name="Body">The whole body.</param>
internal sealed record ContainerRequest(string Method, string Path, string Query, PooledBuffer Body) : IDisposable
{
    /// <summary>The headers as the client sent them, those of a name in one; without <c>Authorization</c>, which opens the endpoint.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The header <c>Content-Type</c>, or null.</summary>
    internal string? ContentType { get; init; }

    /// <summary>The header <c>x-request-id</c>, or null.</summary>
    internal string? RequestId { get; init; }

    /// <summary>The header <c>x-ms-request-id</c>, older clients' word for <see cref="ClientRequestId"/>; or null.</summary>
    internal string? LegacyRequestId { get; init; }

    /// <summary>The header <c>x-ms-client-request-id</c>, or null.</summary>
    internal string? ClientRequestId { get; init; }

    /// <summary>The header <c>TraceId</c>, or null.</summary>
    internal string? TraceId { get; init; }

    /// <summary>What the script throws instead of running, by a fault rule; null when it runs.</summary>
    internal string? Failure { get; init; }

    /// <summary>The same request with a body of its own.</summary>
    internal ContainerRequest Copy()
    {
        var body = new PooledBuffer(Body.Length);
        body.Write(Body.Span);
        return this with { Body = body };
    }

    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();
}
