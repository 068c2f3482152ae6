using System.Collections.Immutable;
using RegisteredVersion = Sluice.Rollouts.State.ModelVersion;

namespace Sluice.Rollouts.State;

/// <summary>A deployment as the service shows it.</summary>
public sealed record DeploymentState
{
    /// <summary>The name, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Where the service is with it.</summary>
    public required ProvisioningState State { get; init; }

    /// <summary>The deployed model's name; null when the deployment has none or names it in a way that does not tell.</summary>
    public string? ModelName { get; init; }

    /// <summary>The deployed model's version; null as for <see cref="ModelName"/>.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The registry that holds the deployed model; null for the workspace.</summary>
    public string? ModelRegistry { get; init; }

    /// <summary>The virtual machine size; empty where there is none.</summary>
    public string InstanceType { get; init; } = "";

    /// <summary>The number of instances.</summary>
    public int InstanceCount { get; init; } = 1;

    /// <summary>
    /// Requests that one instance works on at once, at least 1; 1 is also the service's default. It keeps a request beyond them waiting for a
    /// while, and then answers it 429.
    /// </summary>
    public int MaxConcurrentRequests { get; init; } = 1;

    /// <summary>Requests that all instances together work on at once.</summary>
    public long RequestsAtOnce => (long)MaxConcurrentRequests * InstanceCount;

    /// <summary>When it was created; orders retired deployments.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>All tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The content hash of the model folder that it serves; null when no rollout made it, or when that was not known.</summary>
    public string? Digest => Tags.GetValueOrDefault(RoleTags.Digest);

    /// <summary>What a rollout made it for; null when none made it.</summary>
    public Role? Role => RoleTags.RoleIn(Tags);

    /// <summary>What it is made from; null when no rollout made it, or one of a release that kept none.</summary>
    public SpecDigest? SpecDigest => SpecDigest.Read(Tags);

    /// <summary>What it serves, in words.</summary>
    public string Served =>
        ModelName is null ? "a model that it does not name" : RegisteredVersion.TitleOf(ModelRegistry, ModelName, ModelVersion);

    /// <summary>Whether it can serve.</summary>
    public bool IsReady => State == ProvisioningState.Succeeded;
}
