using System.Collections.Immutable;

namespace Sluice.Rollouts.State;

/// <summary>What is there: one look at the workspace, as far as the rollout is concerned.</summary>
/// <param name="Models">The registered versions of the model, newest first; empty when there is none.</param>
/// <param name="Endpoint">The endpoint with its deployments; null when it does not exist.</param>
public sealed record WorkspaceState(ImmutableArray<ModelVersion> Models, EndpointState? Endpoint)
{
    /// <summary>The newest version that was made from a folder with this digest; null when there is none.</summary>
    public ModelVersion? VersionOf(string digest) => Models.FirstOrDefault(version => version.Digest == digest);
}
