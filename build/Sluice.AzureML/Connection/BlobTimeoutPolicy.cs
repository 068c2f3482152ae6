using Azure.Core;
using Azure.Core.Pipeline;

namespace Sluice.AzureML.Connection;

/// <summary>
/// How long one try of a request to the blob service may be without an answer. It depends on what the request carries: the SDK's usual
/// 100 s would end eight pieces of 16 MiB that share a line of less than 11 Mbit/s, again and again, and are far too long for a lease.
/// </summary>
internal sealed class BlobTimeoutPolicy : HttpPipelineSynchronousPolicy
{
    /// <summary>The largest small body: it gets through in 30 s even while blocks share the line.</summary>
    private const int Small = 64 * 1024;

    private static readonly TimeSpan TimeOfSmall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeOfLarge = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        var isSmall = message.Request.Content is not { } content || (content.TryComputeLength(out var length) && length <= Small);
        message.NetworkTimeout = isSmall ? TimeOfSmall : TimeOfLarge;
    }
}
