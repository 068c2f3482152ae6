namespace Sluice.Emulator.Scoring;

/// <summary>An endpoint as the front door sees it at one moment. The maps decide by their own comparers whether case matters.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="AcceptedKeys">The keys and unexpired tokens that open the endpoint, each non-empty.</param>
/// <param name="EndedTokens">Tokens that did open it; null for an endpoint with keys.</param>
/// <param name="Traffic">Deployment name to its share of the live requests, 0 to 100. Zeros may be present or absent.</param>
/// <param name="MirrorTraffic">Deployment name to the percentage of live requests that it gets a copy of, 0 to 100.</param>
/// <param name="Deployments">The deployments whose container is running, by name.</param>
internal sealed record EndpointRoute(
    string Name,
    IReadOnlyCollection<string> AcceptedKeys,
    IReadOnlyCollection<string>? EndedTokens,
    IReadOnlyDictionary<string, int> Traffic,
    IReadOnlyDictionary<string, int> MirrorTraffic,
    IReadOnlyDictionary<string, DeploymentRoute> Deployments)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"{nameof(EndpointRoute)} {{ {nameof(Name)} = {Name} }}";
}
