using System.Collections.Immutable;
using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Workspaces;

/// <summary>Everything in the workspace at one moment. Names are compared without regard to case, as ARM does.</summary>
internal sealed record WorkspaceState(
    ImmutableDictionary<string, Endpoint> Endpoints,
    ImmutableDictionary<string, Deployment> Deployments,
    ImmutableDictionary<string, AssetContainer> Models,
    ImmutableDictionary<string, ModelVersion> ModelVersions,
    ImmutableDictionary<string, AssetContainer> CodeContainers,
    ImmutableDictionary<string, AssetVersion> Codes,
    ImmutableDictionary<string, AssetContainer> EnvironmentContainers,
    ImmutableDictionary<string, AssetVersion> Environments,
    ImmutableDictionary<string, AssetContainer> DataContainers,
    ImmutableDictionary<string, AssetVersion> Data,
    ImmutableDictionary<string, Datastore> Datastores,
    ImmutableDictionary<string, TagSet> TagSets,
    ImmutableDictionary<string, Operation> Operations)
{
    /// <summary>The endpoint of that name, or null.</summary>
    public Endpoint? FindEndpoint(string name) => Endpoints.GetValueOrDefault(name);

    /// <summary>The deployment of that name, or null.</summary>
    public Deployment? FindDeployment(string endpoint, string name) => Deployments.GetValueOrDefault(Deployment.KeyOf(endpoint, name));

    /// <summary>The version, or null.</summary>
    public ModelVersion? FindVersion(string model, string version) => ModelVersions.GetValueOrDefault(ModelVersion.KeyOf(model, version));

    /// <summary>The operation, or null.</summary>
    public Operation? FindOperation(Guid id) => Operations.GetValueOrDefault(Operation.KeyOf(id));

    /// <summary>The deployments of an endpoint.</summary>
    public IReadOnlyList<Deployment> DeploymentsOf(string endpoint) =>
        [.. Deployments.Values.Where(d => d.Endpoint.Equals(endpoint, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The versions of a model.</summary>
    public IReadOnlyList<ModelVersion> VersionsOf(string model) =>
        [.. ModelVersions.Values.Where(v => v.Model.Equals(model, StringComparison.OrdinalIgnoreCase))];

    /// <summary>This state with an endpoint put in.</summary>
    public WorkspaceState With(Endpoint endpoint) => this with { Endpoints = Endpoints.SetItem(endpoint.Name, endpoint) };

    /// <summary>This state with a deployment put in.</summary>
    public WorkspaceState With(Deployment deployment) => this with { Deployments = Deployments.SetItem(deployment.Key, deployment) };

    /// <summary>This state with an operation put in.</summary>
    public WorkspaceState With(Operation operation) => this with { Operations = Operations.SetItem(operation.Key, operation) };
}
