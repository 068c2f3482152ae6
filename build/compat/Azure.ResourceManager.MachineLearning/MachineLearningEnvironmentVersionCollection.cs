using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The versions of an environment.</summary>
public class MachineLearningEnvironmentVersionCollection
    : ArmCollection, IEnumerable<MachineLearningEnvironmentVersionResource>, IAsyncEnumerable<MachineLearningEnvironmentVersionResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningEnvironmentVersionCollection()
    {
    }

    internal MachineLearningEnvironmentVersionCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningEnvironmentVersionResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningEnvironmentVersionResource> Get(string version, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, version), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningEnvironmentVersionResource>> GetAsync(
        string version, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, version), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads a version, or nothing when there is none.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version may not be read.</exception>
    public virtual NullableResponse<MachineLearningEnvironmentVersionResource> GetIfExists(
        string version, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, version), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningEnvironmentVersionResource>> GetIfExistsAsync(
        string version, CancellationToken cancellationToken = default) =>
        IfExists(await _connection.SendAsync(Message(RequestMethod.Get, version), true, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether there is such a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version may not be read.</exception>
    public virtual Response<bool> Exists(string version, CancellationToken cancellationToken = default)
    {
        var answer = GetIfExists(version, cancellationToken);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <inheritdoc cref="Exists"/>
    public virtual async Task<Response<bool>> ExistsAsync(string version, CancellationToken cancellationToken = default)
    {
        var answer = await GetIfExistsAsync(version, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <summary>Lists the versions.</summary>
    /// <param name="orderBy">The order.</param>
    /// <param name="top">The most to give on a page.</param>
    /// <param name="skip">Where to go on.</param>
    /// <param name="listViewType">Which to show.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningEnvironmentVersionResource> GetAll(
        string? orderBy = null,
        int? top = null,
        string? skip = null,
        MachineLearningListViewType? listViewType = null,
        CancellationToken cancellationToken = default) =>
        new ArmPageable<ArmEnvelope<MachineLearningEnvironmentVersionProperties>, MachineLearningEnvironmentVersionResource>(
            _connection, () => ListMessage(orderBy, top, skip, listViewType), Make, cancellationToken);

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningEnvironmentVersionResource> GetAllAsync(
        string? orderBy = null,
        int? top = null,
        string? skip = null,
        MachineLearningListViewType? listViewType = null,
        CancellationToken cancellationToken = default) =>
        new ArmAsyncPageable<ArmEnvelope<MachineLearningEnvironmentVersionProperties>, MachineLearningEnvironmentVersionResource>(
            _connection, () => ListMessage(orderBy, top, skip, listViewType), Make, cancellationToken);

    /// <summary>
    /// Creates a version, or puts this in the place of what is there. The service answers at once, so the operation that
    /// comes back has ended.
    /// </summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="version">The version.</param>
    /// <param name="data">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version was refused, or its making failed.</exception>
    public virtual ArmOperation<MachineLearningEnvironmentVersionResource> CreateOrUpdate(
        WaitUntil waitUntil, string version, MachineLearningEnvironmentVersionData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, version, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningEnvironmentVersionResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="CreateOrUpdate"/>
    public virtual async Task<ArmOperation<MachineLearningEnvironmentVersionResource>> CreateOrUpdateAsync(
        WaitUntil waitUntil, string version, MachineLearningEnvironmentVersionData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, version, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningEnvironmentVersionResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    IEnumerator<MachineLearningEnvironmentVersionResource> IEnumerable<MachineLearningEnvironmentVersionResource>.GetEnumerator() =>
        GetAll().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll().GetEnumerator();

    IAsyncEnumerator<MachineLearningEnvironmentVersionResource>
        IAsyncEnumerable<MachineLearningEnvironmentVersionResource>.GetAsyncEnumerator(CancellationToken cancellationToken) =>
            GetAllAsync(cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string version, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return _connection.CreateMessage(method, Id.AppendChildResource("versions", version), body: body);
    }

    private HttpMessage ListMessage(string? orderBy, int? top, string? skip, MachineLearningListViewType? listViewType) =>
        _connection.CreateMessage(
            RequestMethod.Get,
            Id,
            "versions",
            [
                new("$orderBy", orderBy),
                new("$top", top?.ToString(CultureInfo.InvariantCulture)),
                new("$skip", skip),
                new("listViewType", listViewType?.ToString()),
            ]);

    private MachineLearningEnvironmentVersionResource Make(Response response) =>
        new(Client, MachineLearningEnvironmentVersionData.Read(response));

    private MachineLearningEnvironmentVersionResource Make(ArmEnvelope<MachineLearningEnvironmentVersionProperties> body) =>
        new(Client, new MachineLearningEnvironmentVersionData(body));

    private NullableResponse<MachineLearningEnvironmentVersionResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningEnvironmentVersionResource>(response)
            : Response.FromValue(Make(response), response);
}
