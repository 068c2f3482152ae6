using System.Collections;
using System.Globalization;
using Azure.Core;
using Azure.ResourceManager.MachineLearning.Models;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>The versions of a code asset.</summary>
public class MachineLearningCodeVersionCollection
    : ArmCollection, IEnumerable<MachineLearningCodeVersionResource>, IAsyncEnumerable<MachineLearningCodeVersionResource>
{
    private readonly ArmConnection _connection = null!;

    /// <summary>For tests that stand something else in for the collection.</summary>
    protected MachineLearningCodeVersionCollection()
    {
    }

    internal MachineLearningCodeVersionCollection(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(MachineLearningCodeVersionResource.ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningCodeVersionResource> Get(string version, CancellationToken cancellationToken = default)
    {
        var response = _connection.Send(Message(RequestMethod.Get, version), cancellationToken);
        return Response.FromValue(Make(response), response);
    }

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningCodeVersionResource>> GetAsync(
        string version, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(Message(RequestMethod.Get, version), cancellationToken).ConfigureAwait(false);
        return Response.FromValue(Make(response), response);
    }

    /// <summary>Reads a version, or nothing when there is none.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version may not be read.</exception>
    public virtual NullableResponse<MachineLearningCodeVersionResource> GetIfExists(
        string version, CancellationToken cancellationToken = default) =>
        IfExists(_connection.Send(Message(RequestMethod.Get, version), true, cancellationToken));

    /// <inheritdoc cref="GetIfExists"/>
    public virtual async Task<NullableResponse<MachineLearningCodeVersionResource>> GetIfExistsAsync(
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
    /// <param name="hash">The hash of the content that the versions shall have.</param>
    /// <param name="hashVersion">The version of the rule by which that hash was made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual Pageable<MachineLearningCodeVersionResource> GetAll(
        string? orderBy = null,
        int? top = null,
        string? skip = null,
        string? hash = null,
        string? hashVersion = null,
        CancellationToken cancellationToken = default) =>
        new ArmPageable<ArmEnvelope<MachineLearningCodeVersionProperties>, MachineLearningCodeVersionResource>(
            _connection, () => ListMessage(orderBy, top, skip, hash, hashVersion), Make, cancellationToken);

    /// <inheritdoc cref="GetAll"/>
    public virtual AsyncPageable<MachineLearningCodeVersionResource> GetAllAsync(
        string? orderBy = null,
        int? top = null,
        string? skip = null,
        string? hash = null,
        string? hashVersion = null,
        CancellationToken cancellationToken = default) =>
        new ArmAsyncPageable<ArmEnvelope<MachineLearningCodeVersionProperties>, MachineLearningCodeVersionResource>(
            _connection, () => ListMessage(orderBy, top, skip, hash, hashVersion), Make, cancellationToken);

    /// <summary>
    /// Creates a version, or puts this in the place of what is there. The service answers at once, so the operation that
    /// comes back has ended.
    /// </summary>
    /// <param name="waitUntil">Whether to wait for the end of the operation.</param>
    /// <param name="version">The version.</param>
    /// <param name="data">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The version was refused, or its making failed.</exception>
    public virtual ArmOperation<MachineLearningCodeVersionResource> CreateOrUpdate(
        WaitUntil waitUntil, string version, MachineLearningCodeVersionData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, version, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = _connection.Send(message, cancellationToken);
        return new MachineLearningArmOperation<MachineLearningCodeVersionResource>(_connection, RequestMethod.Put, address, response, Make)
            .After(waitUntil, cancellationToken);
    }

    /// <inheritdoc cref="CreateOrUpdate"/>
    public virtual async Task<ArmOperation<MachineLearningCodeVersionResource>> CreateOrUpdateAsync(
        WaitUntil waitUntil, string version, MachineLearningCodeVersionData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var message = Message(RequestMethod.Put, version, data.Write());
        var address = message.Request.Uri.ToUri();
        var response = await _connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await new MachineLearningArmOperation<MachineLearningCodeVersionResource>(
            _connection, RequestMethod.Put, address, response, Make)
            .AfterAsync(waitUntil, cancellationToken).ConfigureAwait(false);
    }

    IEnumerator<MachineLearningCodeVersionResource> IEnumerable<MachineLearningCodeVersionResource>.GetEnumerator() =>
        GetAll().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetAll().GetEnumerator();

    IAsyncEnumerator<MachineLearningCodeVersionResource>
        IAsyncEnumerable<MachineLearningCodeVersionResource>.GetAsyncEnumerator(CancellationToken cancellationToken) =>
            GetAllAsync(cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);

    private HttpMessage Message(RequestMethod method, string version, BinaryData? body = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return _connection.CreateMessage(method, Id.AppendChildResource("versions", version), body: body);
    }

    private HttpMessage ListMessage(string? orderBy, int? top, string? skip, string? hash, string? hashVersion) =>
        _connection.CreateMessage(
            RequestMethod.Get,
            Id,
            "versions",
            [
                new("$orderBy", orderBy),
                new("$top", top?.ToString(CultureInfo.InvariantCulture)),
                new("$skip", skip),
                new("hash", hash),
                new("hashVersion", hashVersion),
            ]);

    private MachineLearningCodeVersionResource Make(Response response) => new(Client, MachineLearningCodeVersionData.Read(response));

    private MachineLearningCodeVersionResource Make(ArmEnvelope<MachineLearningCodeVersionProperties> body) =>
        new(Client, new MachineLearningCodeVersionData(body));

    private NullableResponse<MachineLearningCodeVersionResource> IfExists(Response response) =>
        response.Status == 404
            ? new NoValueResponse<MachineLearningCodeVersionResource>(response)
            : Response.FromValue(Make(response), response);
}
