using System.Collections.Immutable;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>A deployment to be made.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Name">The deployment's name; it wins over <see cref="DeploymentSpec.Name"/>.</param>
/// <param name="Spec">Its settings.</param>
/// <param name="Model">The model version that it serves.</param>
/// <param name="Tags">All its tags: the person's and the rollout's.</param>
public sealed record DeploymentRequest(
    string Endpoint,
    string Name,
    DeploymentSpec Spec,
    ModelVersion Model,
    ImmutableSortedDictionary<string, string> Tags);
