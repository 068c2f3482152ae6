using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The endpoints of a workspace.</summary>
public class MachineLearningOnlineEndpointCollection
    : ArmCollection, IEnumerable<MachineLearningOnlineEndpointResource>, IAsyncEnumerable<MachineLearningOnlineEndpointResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningOnlineEndpointCollection()
    {
    }

    internal MachineLearningOnlineEndpointCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningOnlineEndpointResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads an endpoint.</summary>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such endpoint, or it may not be read.</exception>
    public virtual Response<MachineLearningOnlineEndpointResource> Get(string endpointName, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, endpointName), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningOnlineEndpointResource>> GetAsync(
        string endpointName, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, endpointName), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads an endpoint, or nothing when there is none.</summary>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint may not be read.</exception>
    public virtual NullableResponse<MachineLearningOnlineEndpointResource> GetIfExists(
        string endpointName, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, endpointName), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningOnlineEndpointResource>> GetIfExistsAsync(
        string endpointName, CancellationToken cancellationToken = default) =>
        IfExists(await _connection.SendAsync(Message(RequestMethod.Get, endpointName), true, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether there is such an endpoint.</summary>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint may not be read.</exception>
    public virtual Response<bool> Exists(string endpointName, CancellationToken cancellationToken = default)
    {
        var answer = GetIfExists(endpointName, cancellationToken);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <inheritdoc cref="Exists"/>
    public virtual async Task<Response<bool>> ExistsAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        var answer = await GetIfExistsAsync(endpointName, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <summary>Lists the endpoints.</summary>
    /// <param name="options">Which to list, and in what order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningOnlineEndpointResource> GetAll(
        MachineLearningOnlineEndpointCollectionGetAllOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ArmPageable<ArmEnvelope<MachineLearningOnlineEndpointProperties>, MachineLearningOnlineEndpointResource>(
            _connection, () => ListMessage(options), Make, cancellationToken);
    }

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningOnlineEndpointResource> GetAllAsync(
        MachineLearningOnlineEndpointCollectionGetAllOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ArmAsyncPageable<ArmEnvelope<MachineLearningOnlineEndpointProperties>, MachineLearningOnlineEndpointResource>(
            _connection, () => ListMessage(options), Make, cancellationToken);
    }

    /// <summary>Creates an endpoint, or puts this in the place of what is there.</summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="data">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The endpoint was refused, or its making failed.</exception>
    public virtual ArmOperation<MachineLearningOnlineEndpointResource> CreateOrUpdate(
        WaitUntil waitUntil, string endpointName, MachineLearningOnlineEndpointData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, endpointName, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningOnlineEndpointResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="CreateOrUpdate"/>
    public virtual async Task<ArmOperation<MachineLearningOnlineEndpointResource>> CreateOrUpdateAsync(
        WaitUntil waitUntil, string endpointName, MachineLearningOnlineEndpointData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, endpointName, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningOnlineEndpointResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    IEnumerator<MachineLearningOnlineEndpointResource> IEnumerable<MachineLearningOnlineEndpointResource>.GetEnumerator() =>
        GetAll(new()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll(new()).GetEnumerator();

    IAsyncEnumerator<MachineLearningOnlineEndpointResource> IAsyncEnumerable<MachineLearningOnlineEndpointResource>.GetAsyncEnumerator(
        CancellationToken cancellationToken) =>
            GetAllAsync(new(), cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string endpointName, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        return _connection.CreateMessage(method, Id.AppendChildResource("onlineEndpoints", endpointName), body: body);
    }

    private HttpMessage ListMessage(MachineLearningOnlineEndpointCollectionGetAllOptions options) => _connection.CreateMessage(
        RequestMethod.Get,
        Id,
        "onlineEndpoints",
        [
            new("name", options.Name),
            new("count", options.Count?.ToString(CultureInfo.InvariantCulture)),
            new("computeType", options.ComputeType?.ToString()),
            new("$skip", options.Skip),
            new("tags", options.Tags),
            new("properties", options.Properties),
            new("orderBy", options.OrderBy?.ToString()),
        ]);

    private MachineLearningOnlineEndpointResource Make(Response response) => new(Client, MachineLearningOnlineEndpointData.Read(response));

    private MachineLearningOnlineEndpointResource Make(ArmEnvelope<MachineLearningOnlineEndpointProperties> body) =>
        new(Client, new MachineLearningOnlineEndpointData(body));

    private NullableResponse<MachineLearningOnlineEndpointResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningOnlineEndpointResource>(response)
            : Response.FromValue(Make(response), response);
}
