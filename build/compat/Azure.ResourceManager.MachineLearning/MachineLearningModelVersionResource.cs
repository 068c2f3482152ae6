using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A version of a model and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningModelVersionResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/models/versions";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningModelVersionData? _data;

    /// <summary>For tests that stand something else in for a version.</summary>
    protected MachineLearningModelVersionResource()
    {
    }

    internal MachineLearningModelVersionResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningModelVersionResource(ArmClient client, MachineLearningModelVersionData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the version's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The version's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningModelVersionData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a version.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The model.</param>
    /// <param name="version">The version.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name, string version) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/models/{name}/versions/{version}");

    /// <summary>Reads the version.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningModelVersionResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningModelVersionResource>> GetAsync(CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    /// <summary>Deletes the version; it is no error when there is none.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version cannot be deleted.</exception>
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

    private Response<MachineLearningModelVersionResource> Read(Response response) =>
        Response.FromValue(new MachineLearningModelVersionResource(Client, MachineLearningModelVersionData.Read(response)), response);
}
