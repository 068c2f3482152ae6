using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Core;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Notes every PUT and PATCH to ARM on its way out; requests to blobs have no providers in their path and pass unnoted.</summary>
internal sealed class BodyCapture(HttpMessageHandler next) : DelegatingHandler(next)
{
    private readonly ConcurrentQueue<SentBody> _sent = new();

    /// <summary>What was sent so far, in order.</summary>
    public IReadOnlyList<SentBody> Sent => [.. _sent];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        if ((request.Method == HttpMethod.Put || request.Method == HttpMethod.Patch)
            && uri.AbsolutePath.Contains("/providers/", StringComparison.OrdinalIgnoreCase))
        {
            var text = await request.Content!.ReadAsStringAsync(cancellationToken);
            _sent.Enqueue(new SentBody(
                request.Method.Method,
                uri.AbsolutePath,
                new ResourceIdentifier(uri.AbsolutePath).ResourceType,
                ApiVersionOf(uri),
                JsonNode.Parse(text)!));
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static string ApiVersionOf(Uri uri)
    {
        const string Name = "api-version=";
        return uri.Query.TrimStart('?').Split('&').Single(part => part.StartsWith(Name, StringComparison.Ordinal))[Name.Length..];
    }
}
