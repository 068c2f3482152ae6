using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A model and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningModelContainerResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/models";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningModelContainerData? _data;

    /// <summary>For tests that stand something else in for a model.</summary>
    protected MachineLearningModelContainerResource()
    {
    }

    internal MachineLearningModelContainerResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningModelContainerResource(ArmClient client, MachineLearningModelContainerData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the model's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The model's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningModelContainerData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a model.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The model.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/models/{name}");

    /// <summary>Reads the model.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such model, or it may not be read.</exception>
    public virtual Response<MachineLearningModelContainerResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningModelContainerResource>> GetAsync(CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    /// <summary>Deletes the model; it is no error when there is none.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The model cannot be deleted.</exception>
    public virtual ArmOperation Delete(WaitUntil waitUntil, CancellationToken cancellationToken = default)
    {
        var message = _connection.CreateMessage(RequestMethod.Delete, Id);
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation(_connection, RequestMethod.Delete, address, response).After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="Delete"/>
    public virtual async Task<ArmOperation> DeleteAsync(WaitUntil waitUntil, CancellationToken cancellationToken = default)
    {
        var message = _connection.CreateMessage(RequestMethod.Delete, Id);
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation(_connection, RequestMethod.Delete, address, response)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The versions of the model.</summary>
    public virtual MachineLearningModelVersionCollection GetMachineLearningModelVersions() => new(Client, Id);

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningModelVersionResource> GetMachineLearningModelVersion(
        string version, CancellationToken cancellationToken = default) => GetMachineLearningModelVersions().Get(version, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningModelVersion"/>
    public virtual Task<Response<MachineLearningModelVersionResource>> GetMachineLearningModelVersionAsync(
        string version, CancellationToken cancellationToken = default) =>
        GetMachineLearningModelVersions().GetAsync(version, cancellationToken);

    private Response<MachineLearningModelContainerResource> Read(Response response) =>
        Response.FromValue(new MachineLearningModelContainerResource(Client, MachineLearningModelContainerData.Read(response)), response);
}
