using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>An online deployment.</summary>
public class MachineLearningOnlineDeploymentData : TrackedResourceData
{
    /// <summary>Makes a deployment to send.</summary>
    /// <param name="location">The region, which is the workspace's.</param>
    /// <param name="properties">The properties.</param>
    public MachineLearningOnlineDeploymentData(AzureLocation location, MachineLearningOnlineDeploymentProperties properties)
        : base(location)
    {
        ArgumentNullException.ThrowIfNull(properties);
        Properties = properties;
    }

    internal MachineLearningOnlineDeploymentData(ArmEnvelope<MachineLearningOnlineDeploymentProperties> body)
        : base(
            body.Id!,
            body.Name!,
            body.ResourceTypeOr(MachineLearningOnlineDeploymentResource.ResourceType),
            body.SystemData!,
            body.Tags ?? new Dictionary<string, string>(),
            new AzureLocation(body.Location ?? string.Empty))
    {
        Properties = body.RequiredProperties;
        Kind = body.Kind;
        Identity = body.Identity;
        Sku = body.Sku;
    }

    /// <summary>The identity of the deployment.</summary>
    public ManagedServiceIdentity? Identity { get; set; }

    /// <summary>The kind of deployment, as the service names it.</summary>
    public string? Kind { get; set; }

    /// <summary>The properties.</summary>
    public MachineLearningOnlineDeploymentProperties Properties { get; set; }

    /// <summary>The SKU; its capacity is the number of machines.</summary>
    public MachineLearningSku? Sku { get; set; }

    internal static MachineLearningOnlineDeploymentData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningOnlineDeploymentProperties>>(response));

    internal BinaryData Write() => WireJson.Write(new ArmEnvelope<MachineLearningOnlineDeploymentProperties>
    {
        Tags = Tags,
        Location = Location.ToString(),
        Kind = Kind,
        Identity = Identity,
        Sku = Sku,
        Properties = Properties,
    });
}
