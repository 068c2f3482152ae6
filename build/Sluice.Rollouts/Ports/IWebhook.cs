namespace Sluice.Rollouts.Ports;

/// <summary>Posts to somebody else's service: asks for its judgement of a rollout, or tells it of one.</summary>
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

    /// <summary>Sends one POST to an address that is a secret itself; an answer never shows more of it than its host.</summary>
    /// <param name="address">Where to: HTTPS, or HTTP on loopback.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="token">A bearer token for it; null for none.</param>
    /// <param name="timeout">The longest wait for the whole answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What came back; a failure is an answer too, never an exception.</returns>
    Task<WebhookAnswer> AskAsync(Secret address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken);
}
