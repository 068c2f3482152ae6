namespace Sluice.Rollouts.Ports;

/// <summary>Asks somebody else's service for its judgement of a rollout.</summary>
public interface IWebhook
{
    /// <summary>Sends one POST. Redirects are not followed.</summary>
    /// <param name="address">Where to: HTTPS, or HTTP on loopback.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="token">A bearer token for it; null for none.</param>
    /// <param name="timeout">The longest wait for the whole answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What came back; a failure is an answer too, never an exception.</returns>
    Task<WebhookAnswer> AskAsync(Uri address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken);
}
