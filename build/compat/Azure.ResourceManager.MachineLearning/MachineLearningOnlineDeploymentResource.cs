using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A deployment and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningOnlineDeploymentResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningOnlineDeploymentData? _data;

    /// <summary>For tests that stand something else in for a deployment.</summary>
    protected MachineLearningOnlineDeploymentResource()
    {
    }

    internal MachineLearningOnlineDeploymentResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningOnlineDeploymentResource(ArmClient client, MachineLearningOnlineDeploymentData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the deployment's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The deployment's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningOnlineDeploymentData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a deployment.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="deploymentName">The deployment.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string endpointName, string deploymentName) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}"
            + $"/onlineEndpoints/{endpointName}/deployments/{deploymentName}");

    /// <summary>Reads the deployment.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such deployment, or it may not be read.</exception>
    public virtual Response<MachineLearningOnlineDeploymentResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningOnlineDeploymentResource>> GetAsync(CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    /// <summary>Deletes the deployment; it is no error when there is none.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The deployment cannot be deleted.</exception>
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

    /// <summary>Changes tags and SKU of the deployment; all else needs a full <c>CreateOrUpdate</c>.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="patch">What to change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The deployment cannot be changed.</exception>
    public virtual ArmOperation<MachineLearningOnlineDeploymentResource> Update(
        WaitUntil waitUntil, MachineLearningOnlineDeploymentPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var message = _connection.CreateMessage(RequestMethod.Patch, Id, body: WireJson.Write(patch));
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningOnlineDeploymentResource>(
            _connection, RequestMethod.Patch, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="Update"/>
    public virtual async Task<ArmOperation<MachineLearningOnlineDeploymentResource>> UpdateAsync(
        WaitUntil waitUntil, MachineLearningOnlineDeploymentPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var message = _connection.CreateMessage(RequestMethod.Patch, Id, body: WireJson.Write(patch));
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningOnlineDeploymentResource>(
            _connection, RequestMethod.Patch, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the log of a container of the deployment.</summary>
    /// <param name="content">Which container, and how many lines.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no log, or it may not be read.</exception>
    public virtual Response<MachineLearningDeploymentLogs> GetLogs(
        MachineLearningDeploymentLogsContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return ReadAs<MachineLearningDeploymentLogs>(_connection.Send(
            _connection.CreateMessage(RequestMethod.Post, Id, "getLogs", body: WireJson.Write(content)), cancellationToken));
    }

    /// <inheritdoc cref="GetLogs"/>
    public virtual async Task<Response<MachineLearningDeploymentLogs>> GetLogsAsync(
        MachineLearningDeploymentLogsContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return ReadAs<MachineLearningDeploymentLogs>(await _connection.SendAsync(
            _connection.CreateMessage(RequestMethod.Post, Id, "getLogs", body: WireJson.Write(content)), cancellationToken)
            .ConfigureAwait(false));
    }

    /// <summary>The SKUs that the deployment could have.</summary>
    /// <param name="count">The most to give on a page.</param>
    /// <param name="skip">Where to go on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningSkuDetail> GetSkus(
        int? count = null, string? skip = null, CancellationToken cancellationToken = default) =>
        new ArmPageable<MachineLearningSkuDetail, MachineLearningSkuDetail>(
            _connection, () => SkuList(count, skip), static sku => sku, cancellationToken);

    /// <inheritdoc cref="GetSkus"/>
    public virtual AsyncPageable<MachineLearningSkuDetail> GetSkusAsync(
        int? count = null, string? skip = null, CancellationToken cancellationToken = default) =>
        new ArmAsyncPageable<MachineLearningSkuDetail, MachineLearningSkuDetail>(
            _connection, () => SkuList(count, skip), static sku => sku, cancellationToken);

    private static Response<T> ReadAs<T>(Response response)
        where T : notnull => Response.FromValue(WireJson.Read<T>(response), response);

    private HttpMessage SkuList(int? count, string? skip) => _connection.CreateMessage(
        RequestMethod.Get,
        Id,
        "skus",
        [new("count", count?.ToString(CultureInfo.InvariantCulture)), new("$skip", skip)]);

    private MachineLearningOnlineDeploymentResource Make(Response response) =>
        new(Client, MachineLearningOnlineDeploymentData.Read(response));

    private Response<MachineLearningOnlineDeploymentResource> Read(Response response) => Response.FromValue(Make(response), response);
}
