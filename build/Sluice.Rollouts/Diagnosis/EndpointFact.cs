using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>The endpoint as the workspace has it.</summary>
/// <param name="Endpoint">The endpoint with its deployments; null when the workspace has none of that name.</param>
/// <param name="IsPublic">Whether it answers on the public network.</param>
public sealed record EndpointFact(EndpointState? Endpoint, bool IsPublic);
