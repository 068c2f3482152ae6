using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.State;

/// <summary>What is there: one look at the workspace, as far as the rollout is concerned.</summary>
/// <param name="Models">
/// The registered versions of the model in the workspace and then those in the registries that the spec names, each newest first; empty
/// when there is none.
/// </param>
/// <param name="Endpoint">The endpoint with its deployments; null when it does not exist.</param>
public sealed record WorkspaceState(ImmutableArray<ModelVersion> Models, EndpointState? Endpoint)
{
    /// <summary>
    /// The newest version that a source speaks of: of a folder, one that was made from its content. Null when there is none.
    /// </summary>
    public ModelVersion? VersionOf(ModelSource source) => Models.FirstOrDefault(version => version.IsOf(source));
}
