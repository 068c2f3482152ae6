using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The models of a workspace.</summary>
public class MachineLearningModelContainerCollection
    : ArmCollection, IEnumerable<MachineLearningModelContainerResource>, IAsyncEnumerable<MachineLearningModelContainerResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningModelContainerCollection()
    {
    }

    internal MachineLearningModelContainerCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningModelContainerResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such model, or it may not be read.</exception>
    public virtual Response<MachineLearningModelContainerResource> Get(string name, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, name), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningModelContainerResource>> GetAsync(
        string name, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, name), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads a model, or nothing when there is none.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The model may not be read.</exception>
    public virtual NullableResponse<MachineLearningModelContainerResource> GetIfExists(
        string name, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, name), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningModelContainerResource>> GetIfExistsAsync(
        string name, CancellationToken cancellationToken = default) =>
        IfExists(await _connection.SendAsync(Message(RequestMethod.Get, name), true, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether there is such a model.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The model may not be read.</exception>
    public virtual Response<bool> Exists(string name, CancellationToken cancellationToken = default)
    {
        var answer = GetIfExists(name, cancellationToken);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <inheritdoc cref="Exists"/>
    public virtual async Task<Response<bool>> ExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        var answer = await GetIfExistsAsync(name, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(answer.HasValue, answer.GetRawResponse());
    }

    /// <summary>Lists the models.</summary>
    /// <param name="skip">Where to go on.</param>
    /// <param name="count">The most to give on a page.</param>
    /// <param name="listViewType">Which to show.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningModelContainerResource> GetAll(
        string? skip = null,
        int? count = null,
        MachineLearningListViewType? listViewType = null,
        CancellationToken cancellationToken = default) =>
        new ArmPageable<ArmEnvelope<MachineLearningModelContainerProperties>, MachineLearningModelContainerResource>(
            _connection, () => ListMessage(skip, count, listViewType), Make, cancellationToken);

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningModelContainerResource> GetAllAsync(
        string? skip = null,
        int? count = null,
        MachineLearningListViewType? listViewType = null,
        CancellationToken cancellationToken = default) =>
        new ArmAsyncPageable<ArmEnvelope<MachineLearningModelContainerProperties>, MachineLearningModelContainerResource>(
            _connection, () => ListMessage(skip, count, listViewType), Make, cancellationToken);

    /// <summary>
    /// Creates a model, or puts this in the place of what is there. The service answers at once, so the operation that comes
    /// back has ended.
    /// </summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="name">The model.</param>
    /// <param name="data">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The model was refused, or its making failed.</exception>
    public virtual ArmOperation<MachineLearningModelContainerResource> CreateOrUpdate(
        WaitUntil waitUntil, string name, MachineLearningModelContainerData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, name, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningModelContainerResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="CreateOrUpdate"/>
    public virtual async Task<ArmOperation<MachineLearningModelContainerResource>> CreateOrUpdateAsync(
        WaitUntil waitUntil, string name, MachineLearningModelContainerData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, name, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningModelContainerResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    IEnumerator<MachineLearningModelContainerResource> IEnumerable<MachineLearningModelContainerResource>.GetEnumerator() =>
        GetAll().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll().GetEnumerator();

    IAsyncEnumerator<MachineLearningModelContainerResource> IAsyncEnumerable<MachineLearningModelContainerResource>.GetAsyncEnumerator(
        CancellationToken cancellationToken) => GetAllAsync(cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string name, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _connection.CreateMessage(method, Id.AppendChildResource("models", name), body: body);
    }

    private HttpMessage ListMessage(string? skip, int? count, MachineLearningListViewType? listViewType) => _connection.CreateMessage(
        RequestMethod.Get,
        Id,
        "models",
        [
            new("$skip", skip),
            new("count", count?.ToString(CultureInfo.InvariantCulture)),
            new("listViewType", listViewType?.ToString()),
        ]);

    private MachineLearningModelContainerResource Make(Response response) => new(Client, MachineLearningModelContainerData.Read(response));

    private MachineLearningModelContainerResource Make(ArmEnvelope<MachineLearningModelContainerProperties> body) =>
        new(Client, new MachineLearningModelContainerData(body));

    private NullableResponse<MachineLearningModelContainerResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningModelContainerResource>(response)
            : Response.FromValue(Make(response), response);
}
