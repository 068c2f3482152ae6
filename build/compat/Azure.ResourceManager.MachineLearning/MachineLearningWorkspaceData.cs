using System.Text.Json.Serialization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A workspace.</summary>
public class MachineLearningWorkspaceData : TrackedResourceData
{
    private readonly WorkspaceProperties _properties;

    internal MachineLearningWorkspaceData(ArmEnvelope<WorkspaceProperties> body)
        : base(
            body.Id!,
            body.Name!,
            body.ResourceTypeOr(MachineLearningWorkspaceResource.ResourceType),
            body.SystemData!,
            body.Tags ?? new Dictionary<string, string>(),
            new AzureLocation(body.Location ?? string.Empty))
    {
        _properties = body.RequiredProperties;
        Identity = body.Identity;
        Sku = body.Sku;
    }

    /// <summary>The ARM id of the Application Insights component.</summary>
    public string? ApplicationInsights => _properties.ApplicationInsights;

    /// <summary>The ARM id of the container registry.</summary>
    public string? ContainerRegistry => _properties.ContainerRegistry;

    /// <summary>A sentence for people.</summary>
    public string? Description => _properties.Description;

    /// <summary>Where clients find the addresses of the workspace's services.</summary>
    public Uri? DiscoveryUri => _properties.DiscoveryUri;

    /// <summary>The name that people see.</summary>
    public string? FriendlyName => _properties.FriendlyName;

    /// <summary>The identity of the workspace.</summary>
    public ManagedServiceIdentity? Identity { get; }

    /// <summary>Whether the workspace holds data of high business impact.</summary>
    public bool? IsHbiWorkspace => _properties.IsHbiWorkspace;

    /// <summary>The ARM id of the key vault.</summary>
    public string? KeyVault => _properties.KeyVault;

    /// <summary>Where MLflow clients track runs.</summary>
    public Uri? MlFlowTrackingUri => _properties.MlFlowTrackingUri;

    /// <summary>The state of the workspace.</summary>
    public MachineLearningProvisioningState? ProvisioningState => _properties.ProvisioningState;

    /// <summary>Whether the workspace answers from the public network.</summary>
    public MachineLearningPublicNetworkAccess? PublicNetworkAccess => _properties.PublicNetworkAccess;

    /// <summary>The SKU of the workspace.</summary>
    public MachineLearningSku? Sku { get; }

    /// <summary>The ARM id of the storage account.</summary>
    public string? StorageAccount => _properties.StorageAccount;

    /// <summary>The directory that the workspace's identities belong to.</summary>
    public Guid? TenantId => _properties.TenantId;

    /// <summary>The unchanging id of the workspace.</summary>
    public string? WorkspaceId => _properties.WorkspaceId;

    internal static MachineLearningWorkspaceData Read(Response response) =>
        new(WireJson.Read<ArmEnvelope<WorkspaceProperties>>(response));

    /// <summary>The properties as they stand on the wire, of which the official type makes members of the workspace.</summary>
    internal sealed class WorkspaceProperties
    {
        public string? ApplicationInsights { get; init; }

        public string? ContainerRegistry { get; init; }

        public string? Description { get; init; }

        [JsonPropertyName("discoveryUrl")]
        public Uri? DiscoveryUri { get; init; }

        public string? FriendlyName { get; init; }

        [JsonPropertyName("hbiWorkspace")]
        public bool? IsHbiWorkspace { get; init; }

        public string? KeyVault { get; init; }

        public Uri? MlFlowTrackingUri { get; init; }

        public MachineLearningProvisioningState? ProvisioningState { get; init; }

        public MachineLearningPublicNetworkAccess? PublicNetworkAccess { get; init; }

        public string? StorageAccount { get; init; }

        public Guid? TenantId { get; init; }

        public string? WorkspaceId { get; init; }
    }
}
