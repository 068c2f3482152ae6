namespace Sluice.Emulator;

/// <summary>Where the requests to an endpoint go.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Traffic">Deployment name to its share of the requests that name none, 0 to 100; zeros may be present or absent.</param>
/// <param name="Deployments">The deployments that a request can reach, by the split or by its header.</param>
public sealed record LiveRoute(string Endpoint, IReadOnlyDictionary<string, int> Traffic, IReadOnlyCollection<string> Deployments);
