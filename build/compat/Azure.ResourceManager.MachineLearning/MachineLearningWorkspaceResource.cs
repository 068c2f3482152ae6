using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A workspace and the calls on it. The object may name a workspace without holding its data.</summary>
public class MachineLearningWorkspaceResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningWorkspaceData? _data;

    /// <summary>For tests that stand something else in for a workspace.</summary>
    protected MachineLearningWorkspaceResource()
    {
    }

    internal MachineLearningWorkspaceResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningWorkspaceResource(ArmClient client, ResourceIdentifier id, MachineLearningWorkspaceData data)
        : this(client, id) => _data = data;

    /// <summary>Whether the object holds the workspace's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The workspace's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningWorkspaceData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a workspace.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    public static ResourceIdentifier CreateResourceIdentifier(string subscriptionId, string resourceGroupName, string workspaceName) =>
        new($"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{ResourceType}/{workspaceName}");

    /// <summary>Reads the workspace.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such workspace, or it may not be read.</exception>
    public virtual Response<MachineLearningWorkspaceResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningWorkspaceResource>> GetAsync(CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    /// <summary>The datastores of the workspace.</summary>
    public virtual MachineLearningDatastoreCollection GetMachineLearningDatastores() => new(Client, Id);

    /// <summary>Reads a datastore.</summary>
    /// <param name="name">The datastore.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such datastore, or it may not be read.</exception>
    public virtual Response<MachineLearningDatastoreResource> GetMachineLearningDatastore(
        string name, CancellationToken cancellationToken = default) => GetMachineLearningDatastores().Get(name, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningDatastore"/>
    public virtual Task<Response<MachineLearningDatastoreResource>> GetMachineLearningDatastoreAsync(
        string name, CancellationToken cancellationToken = default) => GetMachineLearningDatastores().GetAsync(name, cancellationToken);

    /// <summary>The models of the workspace.</summary>
    public virtual MachineLearningModelContainerCollection GetMachineLearningModelContainers() => new(Client, Id);

    /// <summary>Reads a model.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such model, or it may not be read.</exception>
    public virtual Response<MachineLearningModelContainerResource> GetMachineLearningModelContainer(
        string name, CancellationToken cancellationToken = default) => GetMachineLearningModelContainers().Get(name, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningModelContainer"/>
    public virtual Task<Response<MachineLearningModelContainerResource>> GetMachineLearningModelContainerAsync(
        string name, CancellationToken cancellationToken = default) =>
        GetMachineLearningModelContainers().GetAsync(name, cancellationToken);

    /// <summary>The online endpoints of the workspace.</summary>
    public virtual MachineLearningOnlineEndpointCollection GetMachineLearningOnlineEndpoints() => new(Client, Id);

    /// <summary>Reads an online endpoint.</summary>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such endpoint, or it may not be read.</exception>
    public virtual Response<MachineLearningOnlineEndpointResource> GetMachineLearningOnlineEndpoint(
        string endpointName, CancellationToken cancellationToken = default) =>
        GetMachineLearningOnlineEndpoints().Get(endpointName, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningOnlineEndpoint"/>
    public virtual Task<Response<MachineLearningOnlineEndpointResource>> GetMachineLearningOnlineEndpointAsync(
        string endpointName, CancellationToken cancellationToken = default) =>
        GetMachineLearningOnlineEndpoints().GetAsync(endpointName, cancellationToken);

    private Response<MachineLearningWorkspaceResource> Read(Response response) =>
        Response.FromValue(new MachineLearningWorkspaceResource(Client, Id, MachineLearningWorkspaceData.Read(response)), response);
}
