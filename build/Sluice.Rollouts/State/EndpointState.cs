using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.State;

/// <summary>The endpoint and its deployments as the service shows them.</summary>
public sealed record EndpointState
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Where the service is with it.</summary>
    public required ProvisioningState State { get; init; }

    /// <summary>When it was created; null when the service does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>How callers authenticate.</summary>
    public AuthMode AuthMode { get; init; } = AuthMode.Key;

    /// <summary>Where requests are sent; null until the endpoint was created successfully.</summary>
    public Uri? ScoringUri { get; init; }

    /// <summary>The live traffic.</summary>
    public Traffic Traffic { get; init; } = Traffic.None;

    /// <summary>The mirrored traffic.</summary>
    public Traffic MirrorTraffic { get; init; } = Traffic.None;

    /// <summary>All tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The deployments, newest first.</summary>
    public ImmutableArray<DeploymentState> Deployments { get; init; } = [];

    /// <summary>The deployments, those with the most traffic first.</summary>
    public IEnumerable<DeploymentState> DeploymentsByTraffic => Deployments.OrderByDescending(deployment => Traffic[deployment.Name]);

    /// <summary>Whether its creation failed, so that it can only be deleted.</summary>
    public bool FailedToBeCreated => State is ProvisioningState.Failed or ProvisioningState.Canceled && ScoringUri is null;

    /// <summary>What the tags say of the rollout; null when there was none.</summary>
    public RolloutMark? Mark => RolloutMark.Read(Tags);

    /// <summary>The state of a deployment, for a sentence: <c>Failed</c>, or <c>gone</c> when there is none.</summary>
    public string ConditionOf(string deployment) => Deployment(deployment)?.State.ToString() ?? "gone";

    /// <summary>The deployment of that name, in any case; null when there is none.</summary>
    public DeploymentState? Deployment(string name) =>
        Deployments.FirstOrDefault(deployment => deployment.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
