using System.Text.Json.Serialization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A workspace.</summary>
public class MachineLearningWorkspaceData : TrackedResourceData
{
    internal MachineLearningWorkspaceData(ArmEnvelope<WorkspaceProperties> body)
        : base(
            body.Id!,
            body.Name!,
            body.ResourceTypeOr(MachineLearningWorkspaceResource.ResourceType),
            body.SystemData!,
            body.Tags ?? new Dictionary<string, string>(),
            new AzureLocation(body.Location ?? string.Empty))
    {
        Identity = body.Identity;
        Sku = body.Sku;

        var properties = body.RequiredProperties;
        ApplicationInsights = properties.ApplicationInsights;
        ContainerRegistry = properties.ContainerRegistry;
        Description = properties.Description;
        DiscoveryUri = properties.DiscoveryUri;
        FriendlyName = properties.FriendlyName;
        IsHbiWorkspace = properties.IsHbiWorkspace;
        KeyVault = properties.KeyVault;
        MlFlowTrackingUri = properties.MlFlowTrackingUri;
        ProvisioningState = properties.ProvisioningState;
        PublicNetworkAccess = properties.PublicNetworkAccess;
        StorageAccount = properties.StorageAccount;
        TenantId = properties.TenantId;
        WorkspaceId = properties.WorkspaceId;
    }

    /// <summary>The ARM id of the Application Insights component.</summary>
    public string? ApplicationInsights { get; set; }

    /// <summary>The ARM id of the container registry.</summary>
    public string? ContainerRegistry { get; set; }

    /// <summary>A sentence for people.</summary>
    public string? Description { get; set; }

    /// <summary>Where clients find the addresses of the workspace's services.</summary>
    public Uri? DiscoveryUri { get; set; }

    /// <summary>The name that people see.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>The identity of the workspace.</summary>
    public ManagedServiceIdentity? Identity { get; set; }

    /// <summary>Whether the workspace holds data of high business impact.</summary>
    public bool? IsHbiWorkspace { get; set; }

    /// <summary>The ARM id of the key vault.</summary>
    public string? KeyVault { get; set; }

    /// <summary>Where MLflow clients track runs.</summary>
    public Uri? MlFlowTrackingUri { get; }

    /// <summary>The state of the workspace.</summary>
    public MachineLearningProvisioningState? ProvisioningState { get; }

    /// <summary>Whether the workspace answers from the public network.</summary>
    public MachineLearningPublicNetworkAccess? PublicNetworkAccess { get; set; }

    /// <summary>The SKU of the workspace.</summary>
    public MachineLearningSku? Sku { get; set; }

    /// <summary>The ARM id of the storage account.</summary>
    public string? StorageAccount { get; set; }

    /// <summary>The directory that the workspace's identities belong to.</summary>
    public Guid? TenantId { get; }

    /// <summary>The unchanging id of the workspace.</summary>
    public string? WorkspaceId { get; }

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
