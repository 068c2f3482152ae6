namespace Sluice.IntegrationTests.Journal;

/// <summary>
/// The way from the client to the service, on which answers can be lost after the request had its effect. It counts renewals.
/// </summary>
internal sealed class LossyWay(HttpMessageHandler service) : DelegatingHandler(service)
{
    private int _renewals;

    /// <summary>Whether the answer to a request is lost.</summary>
    public Func<HttpRequestMessage, bool> Loses { get; set; } = _ => false;

    /// <summary>The renewals of leases that the service took.</summary>
    public int Renewals => Volatile.Read(ref _renewals);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (Loses(request))
        {
            answer.Dispose();
            throw new HttpRequestException("The response ended prematurely.");
        }

        if (answer.IsSuccessStatusCode && request.Headers.TryGetValues("x-ms-lease-action", out var actions) && actions.Contains("renew"))
        {
            Interlocked.Increment(ref _renewals);
        }

        return answer;
    }
}
