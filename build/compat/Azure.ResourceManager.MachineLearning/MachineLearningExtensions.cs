using Azure.Core;
using Azure.ResourceManager.Resources;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The ways from <see cref="ArmClient"/> and its resources to those of Azure Machine Learning.</summary>
public static class MachineLearningExtensions
{
    /// <summary>Names a workspace; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of the workspace.</param>
    public static MachineLearningWorkspaceResource GetMachineLearningWorkspaceResource(this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(() => new MachineLearningWorkspaceResource(client, Of(id, MachineLearningWorkspaceResource.ResourceType)));

    /// <summary>Names a datastore; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of the datastore.</param>
    public static MachineLearningDatastoreResource GetMachineLearningDatastoreResource(this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(() => new MachineLearningDatastoreResource(client, Of(id, MachineLearningDatastoreResource.ResourceType)));

    /// <summary>Names a model; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of the model.</param>
    public static MachineLearningModelContainerResource GetMachineLearningModelContainerResource(
        this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(
            () => new MachineLearningModelContainerResource(client, Of(id, MachineLearningModelContainerResource.ResourceType)));

    /// <summary>Names a version of a model; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of the version.</param>
    public static MachineLearningModelVersionResource GetMachineLearningModelVersionResource(
        this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(
            () => new MachineLearningModelVersionResource(client, Of(id, MachineLearningModelVersionResource.ResourceType)));

    /// <summary>Names a code asset; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of it.</param>
    public static MachineLearningCodeContainerResource GetMachineLearningCodeContainerResource(
        this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(
            () => new MachineLearningCodeContainerResource(client, Of(id, MachineLearningCodeContainerResource.ResourceType)));

    /// <summary>Names an environment; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of it.</param>
    public static MachineLearningEnvironmentContainerResource GetMachineLearningEnvironmentContainerResource(
        this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(
            () => new MachineLearningEnvironmentContainerResource(
                client, Of(id, MachineLearningEnvironmentContainerResource.ResourceType)));

    /// <summary>Names an online endpoint; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of the endpoint.</param>
    public static MachineLearningOnlineEndpointResource GetMachineLearningOnlineEndpointResource(
        this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(
            () => new MachineLearningOnlineEndpointResource(client, Of(id, MachineLearningOnlineEndpointResource.ResourceType)));

    /// <summary>Names an online deployment; nothing is called.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The ARM id of the deployment.</param>
    public static MachineLearningOnlineDeploymentResource GetMachineLearningOnlineDeploymentResource(
        this ArmClient client, ResourceIdentifier id) =>
        client.GetResourceClient(
            () => new MachineLearningOnlineDeploymentResource(client, Of(id, MachineLearningOnlineDeploymentResource.ResourceType)));

    /// <summary>Reads a workspace of a resource group.</summary>
    /// <param name="resourceGroupResource">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such workspace, or it may not be read.</exception>
    public static Response<MachineLearningWorkspaceResource> GetMachineLearningWorkspace(
        this ResourceGroupResource resourceGroupResource, string workspaceName, CancellationToken cancellationToken = default) =>
        Workspace(resourceGroupResource, workspaceName).Get(cancellationToken);

    /// <inheritdoc cref="GetMachineLearningWorkspace"/>
    public static Task<Response<MachineLearningWorkspaceResource>> GetMachineLearningWorkspaceAsync(
        this ResourceGroupResource resourceGroupResource, string workspaceName, CancellationToken cancellationToken = default) =>
        Workspace(resourceGroupResource, workspaceName).GetAsync(cancellationToken);

    private static MachineLearningWorkspaceResource Workspace(ResourceGroupResource group, string workspaceName)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspaceName);
        var id = MachineLearningWorkspaceResource.CreateResourceIdentifier(
            group.Id.SubscriptionId!, group.Id.ResourceGroupName!, workspaceName);
        return group.GetCachedClient(client => new MachineLearningWorkspaceResource(client, id));
    }

    private static ResourceIdentifier Of(ResourceIdentifier id, ResourceType expected) =>
        id.ResourceType == expected
            ? id
            : throw new ArgumentException($"Invalid resource type {id.ResourceType}, expected {expected}.", nameof(id));
}
