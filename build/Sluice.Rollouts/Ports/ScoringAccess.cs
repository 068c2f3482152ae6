namespace Sluice.Rollouts.Ports;

/// <summary>What a caller of the endpoint needs.</summary>
/// <param name="ScoringUri">Where requests are sent.</param>
/// <param name="Key">The key or token for the Bearer header.</param>
public sealed record ScoringAccess(Uri ScoringUri, Secret Key);
