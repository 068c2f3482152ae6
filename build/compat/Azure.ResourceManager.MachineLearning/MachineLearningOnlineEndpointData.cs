using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>An online endpoint.</summary>
public class MachineLearningOnlineEndpointData : TrackedResourceData
{
    /// <summary>Makes an endpoint to send.</summary>
    /// <param name="location">The region, which is the workspace's.</param>
    /// <param name="properties">The properties.</param>
    public MachineLearningOnlineEndpointData(AzureLocation location, MachineLearningOnlineEndpointProperties properties)
        : base(location)
    {
        ArgumentNullException.ThrowIfNull(properties);
        Properties = properties;
    }

    internal MachineLearningOnlineEndpointData(ArmEnvelope<MachineLearningOnlineEndpointProperties> body)
        : base(
            body.Id!,
            body.Name!,
            body.ResourceTypeOr(MachineLearningOnlineEndpointResource.ResourceType),
            body.SystemData!,
            body.Tags ?? new Dictionary<string, string>(),
            new AzureLocation(body.Location ?? string.Empty))
    {
        Properties = body.RequiredProperties;
        Kind = body.Kind;
        Identity = body.Identity;
        Sku = body.Sku;
    }

    /// <summary>The identity of the endpoint.</summary>
    public ManagedServiceIdentity? Identity { get; set; }

    /// <summary>The kind of endpoint, as the service names it.</summary>
    public string? Kind { get; set; }

    /// <summary>The properties.</summary>
    public MachineLearningOnlineEndpointProperties Properties { get; set; }

    /// <summary>The SKU.</summary>
    public MachineLearningSku? Sku { get; set; }

    internal static MachineLearningOnlineEndpointData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<MachineLearningOnlineEndpointProperties>>(response));

    internal BinaryData Write() => WireJson.Write(new ArmEnvelope<MachineLearningOnlineEndpointProperties>
    {
        Tags = Tags,
        Location = Location.ToString(),
        Kind = Kind,
        Identity = Identity,
        Sku = Sku,
        Properties = Properties,
    });
}
