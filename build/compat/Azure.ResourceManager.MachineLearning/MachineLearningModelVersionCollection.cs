using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The versions of a model.</summary>
public class MachineLearningModelVersionCollection
    : ArmCollection, IEnumerable<MachineLearningModelVersionResource>, IAsyncEnumerable<MachineLearningModelVersionResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningModelVersionCollection()
    {
    }

    internal MachineLearningModelVersionCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningModelVersionResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningModelVersionResource> Get(string version, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, version), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningModelVersionResource>> GetAsync(
        string version, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, version), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads a version, or nothing when there is none.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version may not be read.</exception>
    public virtual NullableResponse<MachineLearningModelVersionResource> GetIfExists(
        string version, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, version), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningModelVersionResource>> GetIfExistsAsync(
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
    /// <param name="options">Which to list, and in what order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningModelVersionResource> GetAll(
        MachineLearningModelVersionCollectionGetAllOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ArmPageable<ArmEnvelope<MachineLearningModelVersionProperties>, MachineLearningModelVersionResource>(
            _connection, () => ListMessage(options), Make, cancellationToken);
    }

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningModelVersionResource> GetAllAsync(
        MachineLearningModelVersionCollectionGetAllOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ArmAsyncPageable<ArmEnvelope<MachineLearningModelVersionProperties>, MachineLearningModelVersionResource>(
            _connection, () => ListMessage(options), Make, cancellationToken);
    }

    /// <summary>
    /// Creates a version, or puts this in the place of what is there. The service answers at once, so the operation that
    /// comes back has ended.
    /// </summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="version">The version.</param>
    /// <param name="data">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version was refused, or its making failed.</exception>
    public virtual ArmOperation<MachineLearningModelVersionResource> CreateOrUpdate(
        WaitUntil waitUntil, string version, MachineLearningModelVersionData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, version, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningModelVersionResource>(_connection, RequestMethod.Put, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="CreateOrUpdate"/>
    public virtual async Task<ArmOperation<MachineLearningModelVersionResource>> CreateOrUpdateAsync(
        WaitUntil waitUntil, string version, MachineLearningModelVersionData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, version, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningModelVersionResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    IEnumerator<MachineLearningModelVersionResource> IEnumerable<MachineLearningModelVersionResource>.GetEnumerator() =>
        GetAll(new()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll(new()).GetEnumerator();

    IAsyncEnumerator<MachineLearningModelVersionResource> IAsyncEnumerable<MachineLearningModelVersionResource>.GetAsyncEnumerator(
        CancellationToken cancellationToken) =>
            GetAllAsync(new(), cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string version, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return _connection.CreateMessage(method, Id.AppendChildResource("versions", version), body: body);
    }

    private HttpMessage ListMessage(MachineLearningModelVersionCollectionGetAllOptions options) => _connection.CreateMessage(
        RequestMethod.Get,
        Id,
        "versions",
        [
            new("$skip", options.Skip),
            new("$orderBy", options.OrderBy),
            new("$top", options.Top?.ToString(CultureInfo.InvariantCulture)),
            new("version", options.Version),
            new("description", options.Description),
            new("offset", options.Offset?.ToString(CultureInfo.InvariantCulture)),
            new("tags", options.Tags),
            new("properties", options.Properties),
            new("feed", options.Feed),
            new("listViewType", options.ListViewType?.ToString()),
        ]);

    private MachineLearningModelVersionResource Make(Response response) => new(Client, MachineLearningModelVersionData.Read(response));

    private MachineLearningModelVersionResource Make(ArmEnvelope<MachineLearningModelVersionProperties> body) =>
        new(Client, new MachineLearningModelVersionData(body));

    private NullableResponse<MachineLearningModelVersionResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningModelVersionResource>(response)
            : Response.FromValue(Make(response), response);
}
