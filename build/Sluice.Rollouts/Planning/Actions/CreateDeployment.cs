using System.Collections.Immutable;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Actions;

/// <summary>Create a deployment, with no traffic.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Name">The deployment's name.</param>
/// <param name="Spec">Its settings.</param>
/// <param name="Model">The model version that it serves.</param>
/// <param name="Tags">All its tags.</param>
public sealed record CreateDeployment(
    string Endpoint,
    string Name,
    DeploymentSpec Spec,
    ModelVersion Model,
    ImmutableSortedDictionary<string, string> Tags) : RolloutAction
{
    /// <summary>How the words of such an action begin.</summary>
    internal const string Verb = "create deployment ";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Verb}{Name} with {Model.Title} on {Spec.InstanceCount} × "
        + (Spec.InstanceType.Length > 0 ? Spec.InstanceType : "the cluster's default instance type");
}
