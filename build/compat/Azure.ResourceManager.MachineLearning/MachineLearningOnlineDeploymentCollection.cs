using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The deployments of an endpoint.</summary>
public class MachineLearningOnlineDeploymentCollection
    : ArmCollection, IEnumerable<MachineLearningOnlineDeploymentResource>, IAsyncEnumerable<MachineLearningOnlineDeploymentResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningOnlineDeploymentCollection()
    {
    }

    internal MachineLearningOnlineDeploymentCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningOnlineDeploymentResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads a deployment.</summary>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such deployment, or it may not be read.</exception>
    public virtual Response<MachineLearningOnlineDeploymentResource> Get(
        string deploymentName, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, deploymentName), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningOnlineDeploymentResource>> GetAsync(
        string deploymentName, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, deploymentName), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads a deployment, or nothing when there is none.</summary>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The deployment may not be read.</exception>
    public virtual NullableResponse<MachineLearningOnlineDeploymentResource> GetIfExists(
        string deploymentName, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, deploymentName), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningOnlineDeploymentResource>> GetIfExistsAsync(
        string deploymentName, CancellationToken cancellationToken = default) =>
        IfExists(await _connection.SendAsync(Message(RequestMethod.Get, deploymentName), true, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether there is such a deployment.</summary>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The deployment may not be read.</exception>
    public virtual Response<bool> Exists(string deploymentName, CancellationToken cancellationToken = default)
    {
        var answer = GetIfExists(deploymentName, cancellationToken);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <inheritdoc cref="Exists"/>
    public virtual async Task<Response<bool>> ExistsAsync(string deploymentName, CancellationToken cancellationToken = default)
    {
        var answer = await GetIfExistsAsync(deploymentName, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <summary>Lists the deployments.</summary>
    /// <param name="orderBy">The order.</param>
    /// <param name="top">The most to give on a page.</param>
    /// <param name="skip">Where to go on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningOnlineDeploymentResource> GetAll(
        string? orderBy = null, int? top = null, string? skip = null, CancellationToken cancellationToken = default) =>
        new ArmPageable<ArmEnvelope<MachineLearningOnlineDeploymentProperties>, MachineLearningOnlineDeploymentResource>(
            _connection, () => ListMessage(orderBy, top, skip), Make, cancellationToken);

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningOnlineDeploymentResource> GetAllAsync(
        string? orderBy = null, int? top = null, string? skip = null, CancellationToken cancellationToken = default) =>
        new ArmAsyncPageable<ArmEnvelope<MachineLearningOnlineDeploymentProperties>, MachineLearningOnlineDeploymentResource>(
            _connection, () => ListMessage(orderBy, top, skip), Make, cancellationToken);

    /// <summary>Creates a deployment, or puts this in the place of what is there.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="data">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The deployment was refused, or its making failed.</exception>
    public virtual ArmOperation<MachineLearningOnlineDeploymentResource> CreateOrUpdate(
        WaitUntil waitUntil, string deploymentName, MachineLearningOnlineDeploymentData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, deploymentName, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningOnlineDeploymentResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="CreateOrUpdate"/>
    public virtual async Task<ArmOperation<MachineLearningOnlineDeploymentResource>> CreateOrUpdateAsync(
        WaitUntil waitUntil, string deploymentName, MachineLearningOnlineDeploymentData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, deploymentName, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningOnlineDeploymentResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    IEnumerator<MachineLearningOnlineDeploymentResource> IEnumerable<MachineLearningOnlineDeploymentResource>.GetEnumerator() =>
        GetAll().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll().GetEnumerator();

    IAsyncEnumerator<MachineLearningOnlineDeploymentResource> IAsyncEnumerable<MachineLearningOnlineDeploymentResource>.GetAsyncEnumerator(
        CancellationToken cancellationToken) => GetAllAsync(cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string deploymentName, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(deploymentName);
        return _connection.CreateMessage(method, Id.AppendChildResource("deployments", deploymentName), body: body);
    }

    private HttpMessage ListMessage(string? orderBy, int? top, string? skip) => _connection.CreateMessage(
        RequestMethod.Get,
        Id,
        "deployments",
        [
            new("$orderBy", orderBy),
            new("$top", top?.ToString(CultureInfo.InvariantCulture)),
            new("$skip", skip),
        ]);

    private MachineLearningOnlineDeploymentResource Make(Response response) =>
        new(Client, MachineLearningOnlineDeploymentData.Read(response));

    private MachineLearningOnlineDeploymentResource Make(ArmEnvelope<MachineLearningOnlineDeploymentProperties> body) =>
        new(Client, new MachineLearningOnlineDeploymentData(body));

    private NullableResponse<MachineLearningOnlineDeploymentResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningOnlineDeploymentResource>(response)
            : Response.FromValue(Make(response), response);
}
