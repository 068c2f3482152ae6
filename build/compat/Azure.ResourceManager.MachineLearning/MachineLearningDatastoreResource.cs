using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A datastore and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningDatastoreResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/datastores";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningDatastoreData? _data;

    /// <summary>For tests that stand something else in for a datastore.</summary>
    protected MachineLearningDatastoreResource()
    {
    }

    internal MachineLearningDatastoreResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningDatastoreResource(ArmClient client, MachineLearningDatastoreData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the datastore's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The datastore's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningDatastoreData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a datastore.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The datastore.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/datastores/{name}");

    /// <summary>Reads the datastore.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such datastore, or it may not be read.</exception>
    public virtual Response<MachineLearningDatastoreResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningDatastoreResource>> GetAsync(CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the secret of the datastore.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The datastore has none, or it may not be read.</exception>
    public virtual Response<MachineLearningDatastoreSecrets> GetSecrets(CancellationToken cancellationToken = default) =>
        ReadAs<MachineLearningDatastoreSecrets>(_connection.Send(
            _connection.CreateMessage(RequestMethod.Post, Id, "listSecrets"), cancellationToken));

    /// <inheritdoc cref="GetSecrets"/>
    public virtual async Task<Response<MachineLearningDatastoreSecrets>> GetSecretsAsync(CancellationToken cancellationToken = default) =>
        ReadAs<MachineLearningDatastoreSecrets>(await _connection.SendAsync(
            _connection.CreateMessage(RequestMethod.Post, Id, "listSecrets"), cancellationToken).ConfigureAwait(false));

    private static Response<T> ReadAs<T>(Response response)
        where T : notnull => Response.FromValue(WireJson.Read<T>(response), response);

    private Response<MachineLearningDatastoreResource> Read(Response response) =>
        Response.FromValue(new MachineLearningDatastoreResource(Client, MachineLearningDatastoreData.Read(response)), response);
}
