using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The datastores of a workspace.</summary>
public class MachineLearningDatastoreCollection
    : ArmCollection, IEnumerable<MachineLearningDatastoreResource>, IAsyncEnumerable<MachineLearningDatastoreResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningDatastoreCollection()
    {
    }

    internal MachineLearningDatastoreCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningDatastoreResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads a datastore.</summary>
    /// <param name="name">The datastore.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such datastore, or it may not be read.</exception>
    public virtual Response<MachineLearningDatastoreResource> Get(string name, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, name), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningDatastoreResource>> GetAsync(
        string name, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, name), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads a datastore, or nothing when there is none.</summary>
    /// <param name="name">The datastore.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The datastore may not be read.</exception>
    public virtual NullableResponse<MachineLearningDatastoreResource> GetIfExists(
        string name, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, name), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningDatastoreResource>> GetIfExistsAsync(
        string name, CancellationToken cancellationToken = default) =>
        IfExists(await _connection.SendAsync(Message(RequestMethod.Get, name), true, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether there is such a datastore.</summary>
    /// <param name="name">The datastore.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The datastore may not be read.</exception>
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

    /// <summary>Lists the datastores.</summary>
    /// <param name="options">Which to list, and in what order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningDatastoreResource> GetAll(
        MachineLearningDatastoreCollectionGetAllOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ArmPageable<ArmEnvelope<MachineLearningDatastoreProperties>, MachineLearningDatastoreResource>(
            _connection, () => ListMessage(options), Make, cancellationToken);
    }

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningDatastoreResource> GetAllAsync(
        MachineLearningDatastoreCollectionGetAllOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ArmAsyncPageable<ArmEnvelope<MachineLearningDatastoreProperties>, MachineLearningDatastoreResource>(
            _connection, () => ListMessage(options), Make, cancellationToken);
    }

    IEnumerator<MachineLearningDatastoreResource> IEnumerable<MachineLearningDatastoreResource>.GetEnumerator() =>
        GetAll(new()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll(new()).GetEnumerator();

    IAsyncEnumerator<MachineLearningDatastoreResource> IAsyncEnumerable<MachineLearningDatastoreResource>.GetAsyncEnumerator(
        CancellationToken cancellationToken) =>
            GetAllAsync(new(), cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string name, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _connection.CreateMessage(method, Id.AppendChildResource("datastores", name), body: body);
    }

    private HttpMessage ListMessage(MachineLearningDatastoreCollectionGetAllOptions options) => _connection.CreateMessage(
        RequestMethod.Get,
        Id,
        "datastores",
        [
            new("$skip", options.Skip),
            new("count", options.Count?.ToString(CultureInfo.InvariantCulture)),
            new("isDefault", options.IsDefault is { } isDefault ? (isDefault ? "true" : "false") : null),
            new("names", options.Names.Count > 0 ? string.Join(',', options.Names) : null),
            new("searchText", options.SearchText),
            new("orderBy", options.OrderBy),
            new("orderByAsc", options.OrderByAsc is { } ascending ? (ascending ? "true" : "false") : null),
        ]);

    private MachineLearningDatastoreResource Make(Response response) => new(Client, MachineLearningDatastoreData.Read(response));

    private MachineLearningDatastoreResource Make(ArmEnvelope<MachineLearningDatastoreProperties> body) =>
        new(Client, new MachineLearningDatastoreData(body));

    private NullableResponse<MachineLearningDatastoreResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningDatastoreResource>(response)
            : Response.FromValue(Make(response), response);
}
