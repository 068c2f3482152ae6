using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>
/// An online deployment as <c>blue-deployment.yml</c> or <c>green-deployment.yml</c> describes it, in the schema of
/// <c>az ml online-deployment create</c>. The model version is not part of it: the rollout brings that.
/// </summary>
public sealed record DeploymentSpec
{
    /// <summary>The name (blue) or the prefix of the name (green): 3 to 32 letters, digits and hyphens, a letter first.</summary>
    public required string Name { get; init; }

    /// <summary>Where its containers run.</summary>
    public ComputeKind ComputeKind { get; init; } = ComputeKind.Managed;

    /// <summary>
    /// The virtual machine size, for example <c>Standard_DS3_v2</c>; on Kubernetes an instance type of the cluster, empty for its
    /// default.
    /// </summary>
    public required string InstanceType { get; init; }

    /// <summary>The number of instances, 1 to 50.</summary>
    public int InstanceCount { get; init; } = 1;

    /// <summary>The description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Environment variables of the container.</summary>
    public ImmutableSortedDictionary<string, string> EnvironmentVariables { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The person's own tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The person's own properties.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether requests are logged to Application Insights.</summary>
    public bool AppInsightsEnabled { get; init; }

    /// <summary>Whether the container may reach the public network; a cluster's own affair on Kubernetes.</summary>
    public bool EgressPublicNetworkAccess { get; init; } = true;

    /// <summary>
    /// The code that scores; null for an MLflow model that Azure serves without code, and for an image with a server of its own.
    /// </summary>
    public ScoringCodeSpec? Code { get; init; }

    /// <summary>What the container runs in; null for an MLflow model that Azure serves without code.</summary>
    public AssetSource? Environment { get; init; }

    /// <summary>Where an image of one's own finds the model; null for the service's place.</summary>
    public string? ModelMountPath { get; init; }

    /// <summary>What the container asks of a Kubernetes cluster; null for its defaults, and for a managed deployment.</summary>
    public ResourcesSpec? Resources { get; init; }

    /// <summary>Which payloads are collected; null for none.</summary>
    public DataCollectorSpec? DataCollector { get; init; }

    /// <summary>Time-out and concurrency of scoring requests; null for the service's defaults.</summary>
    public RequestSettingsSpec? RequestSettings { get; init; }

    /// <summary>When the container counts as alive; null for the service's defaults.</summary>
    public ContainerProbeSpec? LivenessProbe { get; init; }

    /// <summary>When the container counts as ready; null for the service's defaults.</summary>
    public ContainerProbeSpec? ReadinessProbe { get; init; }

    /// <summary>
    /// How many instances there are at which load; null for the service's default, which on Kubernetes is no fixed number.
    /// </summary>
    public ScaleSpec? Scale { get; init; }
}
