using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>An online endpoint as <c>endpoint.yml</c> describes it, in the schema of <c>az ml online-endpoint create</c>.</summary>
public sealed record EndpointSpec
{
    /// <summary>The name, unique in its region: 3 to 32 letters, digits and hyphens, a letter first.</summary>
    public required string Name { get; init; }

    /// <summary>How callers authenticate.</summary>
    public AuthMode AuthMode { get; init; } = AuthMode.Key;

    /// <summary>The description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The person's own tags; the rollout's tags are added to these and never replace them.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The person's own properties.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the endpoint answers on the public network.</summary>
    public bool PublicNetworkAccess { get; init; } = true;

    /// <summary>
    /// The Kubernetes compute that it runs on: a name in the workspace or an ARM id; null for a managed endpoint.
    /// </summary>
    public string? Compute { get; init; }

    /// <summary>Where its deployments run.</summary>
    public ComputeKind ComputeKind => Compute is null ? ComputeKind.Managed : ComputeKind.Kubernetes;

    /// <summary>As whom its containers reach other services.</summary>
    public IdentityKind Identity { get; init; } = IdentityKind.SystemAssigned;

    /// <summary>The ARM ids of the user-assigned identities; empty for the other kinds.</summary>
    public ImmutableArray<string> UserAssignedIdentities { get; init; } = [];
}
