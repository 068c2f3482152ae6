using Sluice.Rollouts.Ports;

namespace Sluice.Sessions;

/// <summary>Says of each scoring request when it begins and when its answer has come, for whoever keeps a clock.</summary>
/// <param name="scoring">Sends them.</param>
/// <param name="beginRequest">Called when one begins; what it returns is disposed of when its answer has come.</param>
internal sealed class AnnouncedScoring(IScoringClient scoring, Func<IDisposable> beginRequest) : IScoringClient
{
    /// <inheritdoc/>
    public async Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
    {
        using var begun = beginRequest();
        return await scoring.ScoreAsync(access, body, deployment, cancellationToken);
    }
}
