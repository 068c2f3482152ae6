using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>An endpoint and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningOnlineEndpointResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningOnlineEndpointData? _data;

    /// <summary>For tests that stand something else in for an endpoint.</summary>
    protected MachineLearningOnlineEndpointResource()
    {
    }

    internal MachineLearningOnlineEndpointResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningOnlineEndpointResource(ArmClient client, MachineLearningOnlineEndpointData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the endpoint's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The endpoint's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningOnlineEndpointData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of an endpoint.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="endpointName">The endpoint.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string endpointName) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/onlineEndpoints/{endpointName}");

    /// <summary>Reads the endpoint.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such endpoint, or it may not be read.</exception>
    public virtual Response<MachineLearningOnlineEndpointResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningOnlineEndpointResource>> GetAsync(CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    /// <summary>Deletes the endpoint; it is no error when there is none.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint cannot be deleted.</exception>
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

    /// <summary>Changes tags and identity of the endpoint; all else needs a full <c>CreateOrUpdate</c>.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="body">What to change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint cannot be changed.</exception>
    public virtual ArmOperation<MachineLearningOnlineEndpointResource> Update(
        WaitUntil waitUntil, MachineLearningResourcePatchWithIdentity body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var message = _connection.CreateMessage(RequestMethod.Patch, Id, body: WireJson.Write(body));
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningOnlineEndpointResource>(
            _connection, RequestMethod.Patch, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="Update"/>
    public virtual async Task<ArmOperation<MachineLearningOnlineEndpointResource>> UpdateAsync(
        WaitUntil waitUntil, MachineLearningResourcePatchWithIdentity body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var message = _connection.CreateMessage(RequestMethod.Patch, Id, body: WireJson.Write(body));
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningOnlineEndpointResource>(
            _connection, RequestMethod.Patch, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the keys of the endpoint.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint does not use keys, or they may not be read.</exception>
    public virtual Response<MachineLearningEndpointAuthKeys> GetKeys(CancellationToken cancellationToken = default) =>
        ReadAs<MachineLearningEndpointAuthKeys>(_connection.Send(
            _connection.CreateMessage(RequestMethod.Post, Id, "listKeys"), cancellationToken));

    /// <inheritdoc cref="GetKeys"/>
    public virtual async Task<Response<MachineLearningEndpointAuthKeys>> GetKeysAsync(CancellationToken cancellationToken = default) =>
        ReadAs<MachineLearningEndpointAuthKeys>(await _connection.SendAsync(
            _connection.CreateMessage(RequestMethod.Post, Id, "listKeys"), cancellationToken).ConfigureAwait(false));

    /// <summary>Asks for a token for the endpoint.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint does not use tokens, or the caller gets none.</exception>
    public virtual Response<MachineLearningEndpointAuthToken> GetToken(CancellationToken cancellationToken = default) =>
        ReadAs<MachineLearningEndpointAuthToken>(_connection.Send(
            _connection.CreateMessage(RequestMethod.Post, Id, "token"), cancellationToken));

    /// <inheritdoc cref="GetToken"/>
    public virtual async Task<Response<MachineLearningEndpointAuthToken>> GetTokenAsync(CancellationToken cancellationToken = default) =>
        ReadAs<MachineLearningEndpointAuthToken>(await _connection.SendAsync(
            _connection.CreateMessage(RequestMethod.Post, Id, "token"), cancellationToken).ConfigureAwait(false));

    /// <summary>Makes one of the keys anew.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="content">Which key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The key cannot be made.</exception>
    public virtual ArmOperation RegenerateKeys(
        WaitUntil waitUntil, MachineLearningEndpointKeyRegenerateContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var message = _connection.CreateMessage(RequestMethod.Post, Id, "regenerateKeys", body: WireJson.Write(content));
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation(_connection, RequestMethod.Post, address, response).After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="RegenerateKeys"/>
    public virtual async Task<ArmOperation> RegenerateKeysAsync(
        WaitUntil waitUntil, MachineLearningEndpointKeyRegenerateContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var message = _connection.CreateMessage(RequestMethod.Post, Id, "regenerateKeys", body: WireJson.Write(content));
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation(_connection, RequestMethod.Post, address, response)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The deployments of the endpoint.</summary>
    public virtual MachineLearningOnlineDeploymentCollection GetMachineLearningOnlineDeployments() => new(Client, Id);

    /// <summary>Reads a deployment.</summary>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such deployment, or it may not be read.</exception>
    public virtual Response<MachineLearningOnlineDeploymentResource> GetMachineLearningOnlineDeployment(
        string deploymentName, CancellationToken cancellationToken = default) =>
        GetMachineLearningOnlineDeployments().Get(deploymentName, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningOnlineDeployment"/>
    public virtual Task<Response<MachineLearningOnlineDeploymentResource>> GetMachineLearningOnlineDeploymentAsync(
        string deploymentName, CancellationToken cancellationToken = default) =>
        GetMachineLearningOnlineDeployments().GetAsync(deploymentName, cancellationToken);

    private static Response<T> ReadAs<T>(Response response)
        where T : notnull => Response.FromValue(WireJson.Read<T>(response), response);

    private MachineLearningOnlineEndpointResource Make(Response response) => new(Client, MachineLearningOnlineEndpointData.Read(response));

    private Response<MachineLearningOnlineEndpointResource> Read(Response response) => Response.FromValue(Make(response), response);
}
