using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>Requests to one ARM end point in one api-version.</summary>
internal sealed class ArmConnection(HttpPipeline pipeline, Uri endpoint, string? apiVersion)
{
    /// <summary>The api-version of the package's 1.2 line.</summary>
    private const string DefaultApiVersion = "2024-04-01";

    private readonly string _apiVersion = apiVersion ?? DefaultApiVersion;

    /// <summary>A request to a resource, or to an action or a list below it.</summary>
    /// <param name="method">The verb.</param>
    /// <param name="id">The resource.</param>
    /// <param name="below">What follows the resource's path, for example <c>listKeys</c>; or null.</param>
    /// <param name="query">Further query parameters; those without a value are left out.</param>
    /// <param name="body">The body, or null for none.</param>
    public HttpMessage CreateMessage(
        RequestMethod method,
        ResourceIdentifier id,
        string? below = null,
        IEnumerable<KeyValuePair<string, string?>>? query = null,
        BinaryData? body = null)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(endpoint);
        foreach (var segment in id.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            request.Uri.AppendPath("/", escape: false);
            request.Uri.AppendPath(segment, escape: true);
        }

        if (below is not null)
        {
            request.Uri.AppendPath("/" + below, escape: false);
        }

        request.Uri.AppendQuery("api-version", _apiVersion, escapeValue: true);
        foreach (var (name, value) in query ?? [])
        {
            if (value is not null)
            {
                request.Uri.AppendQuery(name, value, escapeValue: true);
            }
        }

        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (body is not null)
        {
            request.Headers.Add(HttpHeader.Names.ContentType, "application/json");
            request.Content = RequestContent.Create(body);
        }

        return message;
    }

    /// <summary>A GET of an address that the service gave: followed to the letter, its signed query included.</summary>
    public HttpMessage CreateMessage(string address)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(Uri.TryCreate(address, UriKind.Absolute, out var absolute) ? absolute : new Uri(endpoint, address));
        message.Request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        return message;
    }

    /// <summary>Sends a request.</summary>
    /// <param name="message">The request; disposed of afterwards.</param>
    /// <param name="missingIsAnAnswer">Whether 404 is given back instead of thrown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">The status is not one of success.</exception>
    public Response Send(HttpMessage message, bool missingIsAnAnswer, CancellationToken cancellationToken)
    {
        using (message)
        {
            pipeline.Send(message, cancellationToken);
            return Checked(message.Response, missingIsAnAnswer);
        }
    }

    /// <inheritdoc cref="Send(HttpMessage, bool, CancellationToken)"/>
    public async ValueTask<Response> SendAsync(HttpMessage message, bool missingIsAnAnswer, CancellationToken cancellationToken)
    {
        using (message)
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return Checked(message.Response, missingIsAnAnswer);
        }
    }

    /// <inheritdoc cref="Send(HttpMessage, bool, CancellationToken)"/>
    public Response Send(HttpMessage message, CancellationToken cancellationToken) => Send(message, false, cancellationToken);

    /// <inheritdoc cref="Send(HttpMessage, bool, CancellationToken)"/>
    public ValueTask<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken) =>
        SendAsync(message, false, cancellationToken);

    private static Response Checked(Response response, bool missingIsAnAnswer) =>
        response.Status is >= 200 and < 300 || (missingIsAnAnswer && response.Status == 404)
            ? response
            : throw new RequestFailedException(response);
}
