namespace Sluice.AzureML.Connection;

/// <summary>Says of each call when it begins and when its answer has come, for whoever keeps a clock.</summary>
/// <param name="inner">Sends the calls.</param>
/// <param name="beginCall">Called when one begins; what it returns is disposed of when its answer has come.</param>
internal sealed class AnnouncedCalls(HttpMessageHandler inner, Func<IDisposable> beginCall) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var begun = beginCall();
        return await base.SendAsync(request, cancellationToken);
    }
}
