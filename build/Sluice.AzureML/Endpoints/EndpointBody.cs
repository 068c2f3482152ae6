using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Endpoints;

/// <summary>What is sent to make an endpoint.</summary>
internal static class EndpointBody
{
    /// <summary>
    /// A new endpoint. It has no traffic: the service refuses any that is set before there is a deployment.
    /// </summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="workspace">The workspace, for the id of a compute that is named in short.</param>
    /// <param name="location">The workspace's region.</param>
    public static MachineLearningOnlineEndpointData Of(EndpointSpec spec, ResourceIdentifier workspace, AzureLocation location)
    {
        var properties = new MachineLearningOnlineEndpointProperties(AuthModeOf(spec.AuthMode))
        {
            Description = spec.Description,
            Compute = spec.Compute is { } compute ? ComputeOf(compute, workspace) : null,
            PublicNetworkAccess = AccessOf(spec),
            Properties = new Dictionary<string, string>(spec.Properties),
        };
        var data = new MachineLearningOnlineEndpointData(location, properties) { Identity = IdentityOf(spec) };
        foreach (var (name, value) in spec.Tags)
        {
            data.Tags[name] = value;
        }

        return data;
    }

    /// <summary>A cluster's network is its own affair: nothing is said of it then.</summary>
    private static MachineLearningPublicNetworkAccessType? AccessOf(EndpointSpec spec) => spec switch
    {
        { ComputeKind: ComputeKind.Kubernetes } => default(MachineLearningPublicNetworkAccessType?),
        { PublicNetworkAccess: true } => MachineLearningPublicNetworkAccessType.Enabled,
        _ => MachineLearningPublicNetworkAccessType.Disabled,
    };

    private static string ComputeOf(string compute, ResourceIdentifier workspace) =>
        compute.StartsWith('/') ? compute : workspace.AppendChildResource("computes", compute).ToString();

    private static ManagedServiceIdentity IdentityOf(EndpointSpec spec)
    {
        var identity = new ManagedServiceIdentity(spec.Identity switch
        {
            IdentityKind.SystemAssigned => ManagedServiceIdentityType.SystemAssigned,
            IdentityKind.UserAssigned => ManagedServiceIdentityType.UserAssigned,
            IdentityKind.None => ManagedServiceIdentityType.None,
            var other => throw new ArgumentOutOfRangeException(nameof(spec), other, "There is no such kind of identity."),
        });
        foreach (var id in spec.UserAssignedIdentities)
        {
            identity.UserAssignedIdentities[new ResourceIdentifier(id)] = new UserAssignedIdentity();
        }

        return identity;
    }

    private static MachineLearningEndpointAuthMode AuthModeOf(AuthMode mode) => mode switch
    {
        AuthMode.Key => MachineLearningEndpointAuthMode.Key,
        AuthMode.AmlToken => MachineLearningEndpointAuthMode.AmlToken,
        AuthMode.AadToken => MachineLearningEndpointAuthMode.AadToken,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such auth mode."),
    };
}
