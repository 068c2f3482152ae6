using Azure.Core;
using Azure.Core.Pipeline;

namespace Sluice.AzureML.Connection;

/// <summary>
/// The SDK's own retries, for what only reads. A write whose answer was lost may have taken effect, and a second one may do harm: whoever
/// wrote looks first. The POSTs that only read are known by the last segment of their path.
/// </summary>
internal sealed class ReadRetryPolicy(DelayStrategy? delay) : RetryPolicy(MaximumRetries, delay)
{
    private const int MaximumRetries = 3;

    private static readonly string[] ReadingActions = ["listKeys", "token", "listSecrets", "getLogs"];

    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        IsRead(message.Request) && base.ShouldRetry(message, exception);

    /// <inheritdoc/>
    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsRead(message.Request) && await base.ShouldRetryAsync(message, exception);

    private static bool IsRead(Request request) =>
        request.Method == RequestMethod.Get
        || request.Method == RequestMethod.Head
        || (request.Method == RequestMethod.Post
            && ReadingActions.Contains(request.Uri.Path.Split('/')[^1], StringComparer.OrdinalIgnoreCase));
}
