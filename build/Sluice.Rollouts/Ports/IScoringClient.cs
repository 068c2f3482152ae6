namespace Sluice.Rollouts.Ports;

/// <summary>Sends scoring requests to an endpoint.</summary>
public interface IScoringClient
{
    /// <summary>Sends one request. A failure is an answer with its status, never an exception.</summary>
    /// <param name="access">Where to, and with which key.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="deployment">The deployment to reach whatever the traffic says; null for the traffic's choice.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken);
}
