namespace Sluice.Rollouts.Ports;

/// <summary>Where the evidence on a candidate comes from.</summary>
/// <param name="Scoring">Sends probes.</param>
/// <param name="Telemetry">Knows what callers met.</param>
/// <param name="Webhook">Asks other people's services.</param>
/// <param name="SecretOf">The secret in an environment variable; null when the variable is not set.</param>
public sealed record EvidenceSources(IScoringClient Scoring, ITelemetry Telemetry, IWebhook Webhook, Func<string, Secret?> SecretOf);
