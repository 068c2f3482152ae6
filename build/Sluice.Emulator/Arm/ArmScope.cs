using Sluice.Emulator.Blobs;
using Sluice.Emulator.Hosting;

namespace Sluice.Emulator.Arm;

/// <summary>The one workspace's place in Azure's tree, and the ids that follow from it.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="ResourceGroup">The resource group.</param>
/// <param name="Workspace">The workspace.</param>
/// <param name="WorkspaceId">The workspace's GUID.</param>
/// <param name="Location">The region.</param>
/// <param name="Port">The server's port.</param>
internal sealed record ArmScope(
    string SubscriptionId, Guid TenantId, string ResourceGroup, string Workspace, Guid WorkspaceId, string Location, int Port)
{
    /// <summary>The resource provider.</summary>
    public const string Provider = "Microsoft.MachineLearningServices";

    /// <summary>The workspace's default datastore.</summary>
    public const string DefaultDatastore = "workspaceblobstore";

    private const int AccountIdDigits = 18;

    /// <summary>The scope that options and identity make.</summary>
    public static ArmScope Of(EmulatorOptions options, EmulatorIdentity identity, int port) => new(
        options.SubscriptionId, identity.TenantId, options.ResourceGroup, options.Workspace, identity.WorkspaceId, options.Location, port);

    /// <summary>ARM id of the subscription.</summary>
    public string SubscriptionPath => $"/subscriptions/{SubscriptionId}";

    /// <summary>ARM id of the resource group.</summary>
    public string GroupPath => $"{SubscriptionPath}/resourceGroups/{ResourceGroup}";

    /// <summary>ARM id of the workspace.</summary>
    public string WorkspacePath => $"{GroupPath}/providers/{Provider}/workspaces/{Workspace}";

    /// <summary>
    /// What the ids of the workspace's assets begin with: the ARM id of the workspace, also behind <c>azureml:</c>, as azure-ai-ml writes it,
    /// and the forms of an <c>azureml://</c> URI: by resource group, with and without the provider, and by region, as Azure ML names what a
    /// job has registered (azure-ai-ml's own tests).
    /// </summary>
    public IReadOnlyList<string> WorkspaceIds =>
    [
        WorkspacePath,
        $"azureml:{WorkspacePath}",
        $"azureml:/{WorkspacePath}",
        $"azureml:/{GroupPath}/workspaces/{Workspace}",
        $"azureml://locations/{Location}/workspaces/{WorkspaceId:D}",
    ];

    /// <summary>The storage account of the default datastore.</summary>
    public string StorageAccount => $"sluice{WorkspaceId:N}"[..AccountIdDigits];

    /// <summary>ARM id of the storage account.</summary>
    public string StorageAccountPath => $"{GroupPath}/providers/Microsoft.Storage/storageAccounts/{StorageAccount}";

    /// <summary>The blob container of the default datastore.</summary>
    public string BlobContainer => $"azureml-blobstore-{WorkspaceId:D}";

    /// <summary>The part of a storage host's name that follows <c>blob.</c>, port included.</summary>
    public string StorageEndpointSuffix => $"{BlobAddress.Domain}:{Port}";

    /// <summary>The address of a blob container.</summary>
    public string ContainerAddress(string container) => $"https://{StorageAccount}.blob.{StorageEndpointSuffix}/{container}";

    /// <summary>Where an endpoint is called: the root of its data plane, with a slash at the end.</summary>
    public string ScoringRoot(string endpoint) => $"https://localhost:{Port}/endpoints/{endpoint}/";
}
