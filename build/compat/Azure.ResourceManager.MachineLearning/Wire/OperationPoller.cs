using System.Text.Json;
using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>
/// Follows one long-running operation: the <c>Azure-AsyncOperation</c> address where the first answer gave one, else
/// <c>Location</c>, else the resource itself until its <c>provisioningState</c> has ended. One call, one poll: the pauses
/// are the caller's.
/// </summary>
internal sealed class OperationPoller
{
    private const string LocationHeader = "Location";

    private static readonly string[] OperationHeaders = ["Azure-AsyncOperation", "Operation-Location"];

    private readonly ArmConnection _connection;
    private readonly RequestMethod _method;
    private readonly string _resource;
    private readonly string? _pollHeader;
    private string? _location;
    private string? _poll;

    /// <summary>Begins with the answer to the request that started the operation.</summary>
    /// <param name="connection">Where to poll.</param>
    /// <param name="method">The verb of that request.</param>
    /// <param name="requestUri">The address of that request.</param>
    /// <param name="answer">The answer.</param>
    public OperationPoller(ArmConnection connection, RequestMethod method, Uri requestUri, Response answer)
    {
        _connection = connection;
        _method = method;
        _resource = requestUri.AbsoluteUri;
        _location = Header(answer, LocationHeader);
        _pollHeader = OperationHeaders.FirstOrDefault(name => Header(answer, name) is not null);
        LastResponse = answer;
        if (_pollHeader is not null)
        {
            _poll = Header(answer, _pollHeader);
            return;
        }

        // Without an operation resource a 202 points on through Location; a body that shows a state tells it itself.
        var status = StatusOf(answer);
        if (answer.Status == 202 && _location is not null)
        {
            _pollHeader = LocationHeader;
            _poll = _location;
        }

        if (_poll is null && status.State is not null && IsPut)
        {
            _poll = _resource;
        }

        HasCompleted = _poll is null || (answer.Status != 202 && status.HasSucceeded);
        ThrowIfFailed(status, answer);
    }

    /// <summary>The last answer; the one that holds the resource once the operation has succeeded.</summary>
    public Response LastResponse { get; private set; }

    /// <summary>Whether the operation has ended.</summary>
    public bool HasCompleted { get; private set; }

    /// <summary>Whether it ended well.</summary>
    public bool HasSucceeded => HasCompleted && _failure is null;

    /// <summary>The last segment of the operation's address: what its support would ask for. Empty when there is none.</summary>
    public string Id => _poll is null ? string.Empty : new Uri(_poll).Segments[^1];

    private bool IsPut => _method == RequestMethod.Put;

    private RequestFailedException? _failure;

    /// <summary>Polls once; the resource is fetched in the same call when the operation has just succeeded.</summary>
    /// <exception cref="RequestFailedException">The operation failed, with the code and message that the service gave; or the
    /// poll itself was refused, in which case a later one may go well.</exception>
    public Response Update(CancellationToken cancellationToken)
    {
        if (Ended() is { } last)
        {
            return last;
        }

        if (Judge(_connection.Send(_connection.CreateMessage(_poll!), cancellationToken)))
        {
            foreach (var address in FinalAddresses())
            {
                if (Accept(_connection.Send(_connection.CreateMessage(address), cancellationToken)))
                {
                    break;
                }
            }

            HasCompleted = true;
        }

        return LastResponse;
    }

    /// <inheritdoc cref="Update"/>
    public async ValueTask<Response> UpdateAsync(CancellationToken cancellationToken)
    {
        if (Ended() is { } last)
        {
            return last;
        }

        if (Judge(await _connection.SendAsync(_connection.CreateMessage(_poll!), cancellationToken).ConfigureAwait(false)))
        {
            foreach (var address in FinalAddresses())
            {
                if (Accept(await _connection.SendAsync(_connection.CreateMessage(address), cancellationToken).ConfigureAwait(false)))
                {
                    break;
                }
            }

            HasCompleted = true;
        }

        return LastResponse;
    }

    private Response? Ended() => _failure is not null ? throw _failure : HasCompleted ? LastResponse : null;

    /// <summary>Takes the answer to a poll; true when it says that the operation has succeeded.</summary>
    private bool Judge(Response answer)
    {
        LastResponse = answer;
        var status = StatusOf(answer);
        ThrowIfFailed(status, answer);

        // An answer under way may name new addresses, as signed ones that expire do.
        _poll = _pollHeader is null ? _poll : Header(answer, _pollHeader) ?? _poll;
        _location = Header(answer, LocationHeader) ?? _location;
        return status.HasSucceeded || (status.State is null && answer.Status != 202);
    }

    /// <summary>Takes the answer to the final GET; false when it holds nothing, as an operation's result may.</summary>
    private bool Accept(Response answer)
    {
        LastResponse = answer;
        return answer.Status is 200 or 201 && !answer.Content.ToMemory().IsEmpty;
    }

    /// <summary>
    /// Where the resource is read after success: itself after PUT; after PATCH the result address first. DELETE and POST
    /// leave nothing to read. A poll of the resource itself has just read it.
    /// </summary>
    private IEnumerable<string> FinalAddresses()
    {
        if (IsPut && _poll != _resource)
        {
            yield return _resource;
        }

        if (_method == RequestMethod.Patch)
        {
            if (_location is not null && _location != _poll)
            {
                yield return _location;
            }

            yield return _resource;
        }
    }

    private void ThrowIfFailed(OperationStatus status, Response answer)
    {
        if (status.HasFailed)
        {
            HasCompleted = true;
            _failure = new RequestFailedException(answer, null, new FailedOperationParser(status.State!));
            throw _failure;
        }
    }

    private static string? Header(Response answer, string name) =>
        answer.Headers.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    private static OperationStatus StatusOf(Response answer)
    {
        if (answer.ContentStream is null || answer.Content.ToMemory().IsEmpty)
        {
            return new OperationStatus();
        }

        try
        {
            return JsonSerializer.Deserialize<OperationStatus>(answer.Content, WireJson.Options) ?? new OperationStatus();
        }
        catch (JsonException)
        {
            // A body of another shape tells no state: the HTTP status alone decides.
            return new OperationStatus();
        }
    }
}
