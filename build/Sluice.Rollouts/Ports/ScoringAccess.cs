namespace Sluice.Rollouts.Ports;

/// <summary>What a caller of the endpoint needs.</summary>
/// <param name="ScoringUri">Where requests are sent.</param>
/// <param name="Key">The key or token for the Bearer header; of two keys the primary one.</param>
public sealed record ScoringAccess(Uri ScoringUri, Secret Key)
{
    /// <summary>The secondary key, which opens the endpoint just as well; null with tokens.</summary>
    public Secret? SpareKey { get; init; }

    /// <summary>From when on another token is to be had; null for keys, and where the service does not say.</summary>
    public DateTimeOffset? RefreshAt { get; init; }

    /// <summary>When the token ends; null for keys, which end only when they are regenerated.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
