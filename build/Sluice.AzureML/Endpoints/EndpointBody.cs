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
    public static MachineLearningOnlineEndpointData Of(EndpointSpec spec, AzureLocation location)
    {
        var properties = new MachineLearningOnlineEndpointProperties(AuthModeOf(spec.AuthMode))
        {
            Description = spec.Description,
            PublicNetworkAccess = spec.PublicNetworkAccess
                ? MachineLearningPublicNetworkAccessType.Enabled
                : MachineLearningPublicNetworkAccessType.Disabled,
            Properties = new Dictionary<string, string>(spec.Properties),
        };
        var data = new MachineLearningOnlineEndpointData(location, properties) { Identity = IdentityOf(spec) };
        foreach (var (name, value) in spec.Tags)
        {
            data.Tags[name] = value;
        }

        return data;
    }

    private static ManagedServiceIdentity IdentityOf(EndpointSpec spec)
    {
        if (spec.UserAssignedIdentities.IsEmpty)
        {
            return new ManagedServiceIdentity(ManagedServiceIdentityType.SystemAssigned);
        }

        var identity = new ManagedServiceIdentity(ManagedServiceIdentityType.UserAssigned);
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
