using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sluice.Emulator.Scoring;

/// <summary>What stands between a client and the containers of an endpoint: keys, the traffic split, limits, status codes.</summary>
internal sealed class FrontDoor
{
    /// <summary>
    /// Bytes that a request body may have; above it the answer is 413. Azure's number has changed over the years, and older pages of its
    /// documentation name 1.5 MB; this one is far above what a batch of rows needs and far below what would strain a laptop.
    /// </summary>
    internal const int MaxBodyBytes = 10 * 1024 * 1024;

    private const string DeploymentHeader = "azureml-model-deployment";
    private const string ReasonHeader = "ms-azureml-model-error-reason";
    private const string ModelStatusHeader = "ms-azureml-model-error-statuscode";
    private const string RequestIdHeader = "x-request-id";
    private const string ClientRequestIdHeader = "x-ms-client-request-id";
    private const int ClientRequestIdLimit = 40;

    private static readonly SearchValues<char> ClientRequestIdLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly IEndpointRoutes _routes;
    private readonly DeploymentPassage _passage;
    private readonly TimeProvider _serviceTime;
    private readonly ConcurrentDictionary<string, EndpointState> _endpoints = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens the front door.</summary>
    /// <param name="routes">The endpoints.</param>
    /// <param name="clocks">The clocks: timeouts and latencies are the request's, the minutes of the metrics the service's.</param>
    /// <param name="seed">Makes the traffic split repeatable; null draws a seed.</param>
    /// <param name="faults">What goes wrong in containers; null for nothing.</param>
    internal FrontDoor(IEndpointRoutes routes, Clocks clocks, int? seed, IContainerFaults? faults = null)
    {
        _routes = routes;
        _passage = new DeploymentPassage(clocks.Request, faults);
        _serviceTime = clocks.Service;
        Seed = seed ?? Random.Shared.Next();
    }

    /// <summary>The seed of the traffic split.</summary>
    internal int Seed { get; }

    /// <summary>The endpoints that a request ever reached, deleted ones too.</summary>
    internal IEnumerable<string> Endpoints => _endpoints.Keys;

    /// <summary>The metrics of an endpoint's deployments that a request ever reached, deleted ones too.</summary>
    internal IEnumerable<(string Deployment, DeploymentMetrics Metrics)> MetricsOf(string endpointName)
        => _endpoints.TryGetValue(endpointName, out var endpoint)
            ? endpoint.All.Select(found => (found.Deployment, found.State.Metrics))
            : [];

    /// <summary>Takes over a minute of a deployment's metrics from an earlier process. Before the first request.</summary>
    internal void Restore(string endpointName, string deployment, MetricsMinute minute) =>
        StateOf(endpointName).Of(deployment).Metrics.Restore(minute);

    /// <summary>Answers one request to an endpoint's data plane.</summary>
    /// <param name="context">The exchange.</param>
    /// <param name="endpointName">The endpoint's name, from the host or the path.</param>
    /// <param name="path">What follows it, without a leading slash: <c>score</c>, <c>swagger.json</c> or empty.</param>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    internal async Task HandleAsync(HttpContext context, string endpointName, string path)
    {
        var response = context.Response;
        var requestId = RequestIdOf(context.Request);
        response.Headers.Server = "azureml-frontdoor";
        response.Headers[RequestIdHeader] = requestId;
        if (_routes.Find(endpointName) is not { } endpoint)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!BearerKey.Opens(context.Request.Headers.Authorization, endpoint.AcceptedKeys))
        {
            await RefuseAsync(context, endpoint.EndedTokens).ConfigureAwait(false);
            return;
        }

        var state = StateOf(endpoint.Name);
        string? pinned = context.Request.Headers[DeploymentHeader];
        var name = pinned ?? TrafficSplit.Draw(endpoint.Traffic, state.Split);
        if (name is null || (pinned is not null && !endpoint.Deployments.ContainsKey(pinned)))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        PooledBuffer? body;
        try
        {
            body = await ReadBodyAsync(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            // Envoy's words again, for a client that has stopped sending.
            response.StatusCode = StatusCodes.Status408RequestTimeout;
            await SayAsync(context, "stream timeout"u8.ToArray()).ConfigureAwait(false);
            return;
        }

        if (body is null)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (!endpoint.Deployments.TryGetValue(name, out var deployment))
        {
            body.Dispose();
            response.Headers[DeploymentHeader] = name;
            NotReady(response, state.Of(name).Metrics);
            return;
        }

        var request = RequestOf(context.Request, path, requestId, body);
        if (pinned is null && path == "score")
        {
            Mirror(endpoint, state, request);
        }

        response.Headers[DeploymentHeader] = deployment.Name;
        await AnswerAsync(context, endpoint, deployment, state.Of(deployment.Name), request).ConfigureAwait(false);
    }

    private EndpointState StateOf(string endpointName) =>
        _endpoints.GetOrAdd(endpointName, static (name, door) => new EndpointState(name, door.Seed, door._serviceTime), this);

    /// <summary>
    /// The id of a request: the one it came with, or a new one in the place of what is no GUID. The source of both rules of ids is
    /// "Request tracing" in Azure's page on troubleshooting online endpoints.
    /// </summary>
    private static string RequestIdOf(HttpRequest request)
    {
        string? given = request.Headers[RequestIdHeader];
        return Guid.TryParseExact(given, "D", out _) ? given : NewRequestId();
    }

    /// <summary>
    /// The id that a client traces its request by: its first 40 characters when they are letters, digits, '-' and '_'; any other is not
    /// accepted, which here means that it goes no further.
    /// </summary>
    private static string? ClientRequestIdOf(HttpRequest request)
    {
        string? given = request.Headers[ClientRequestIdHeader];
        return given.AsSpan().ContainsAnyExcept(ClientRequestIdLetters) ? null
            : given?.Length > ClientRequestIdLimit ? given[..ClientRequestIdLimit]
            : given;
    }

    // Nothing is protected by its being hard to guess, and the operating system's chance would cost a call of it for each request.
    private static string NewRequestId()
    {
        Span<byte> drawn = stackalloc byte[16];
        Random.Shared.NextBytes(drawn);

        // Version 4, variant 1, as RFC 9562 marks what is drawn.
        drawn[6] = (byte)((drawn[6] & 0x0F) | 0x40);
        drawn[8] = (byte)((drawn[8] & 0x3F) | 0x80);
        return new Guid(drawn, bigEndian: true).ToString();
    }

    // These bodies are the ones that clients report: for a wrong key, and from the filter that checks tokens.
    private static Task RefuseAsync(HttpContext context, IReadOnlyCollection<string>? endedTokens)
    {
        string? authorization = context.Request.Headers.Authorization;
        var reason = endedTokens is null ? "key_auth_access_denied"u8.ToArray()
            : string.IsNullOrEmpty(authorization) ? "Jwt is missing"u8.ToArray()
            : BearerKey.Opens(authorization, endedTokens) ? "Jwt is expired"u8.ToArray()
            : "Jwt verification fails"u8.ToArray();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return SayAsync(context, reason);
    }

    private static async Task SayAsync(HttpContext context, byte[] text)
    {
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static void NotReady(HttpResponse response, DeploymentMetrics metrics)
    {
        response.StatusCode = StatusCodes.Status424FailedDependency;
        response.Headers[ReasonHeader] = "model_not_ready";
        metrics.Now.Count(new RequestOutcome(StatusCodes.Status424FailedDependency, ModelStatus: 0));
    }

    private static ContainerRequest RequestOf(HttpRequest request, string path, string requestId, PooledBuffer body)
        => new(request.Method, path, request.QueryString.Value ?? "", body)
        {
            Headers = HeadersOf(request.Headers),
            ContentType = request.ContentType,
            RequestId = requestId,
            LegacyRequestId = request.Headers["x-ms-request-id"],
            ClientRequestId = ClientRequestIdOf(request),
            TraceId = request.Headers["TraceId"],
        };

    // Copied, for a mirror outlives the exchange.
    private static List<KeyValuePair<string, string>> HeadersOf(IHeaderDictionary headers)
    {
        var copy = new List<KeyValuePair<string, string>>(headers.Count);
        foreach (var (name, values) in headers)
        {
            if (!name.Equals(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase))
            {
                copy.Add(KeyValuePair.Create(name, values.ToString()));
            }
        }

        return copy;
    }

    private static async Task<PooledBuffer?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBodyBytes)
        {
            return null;
        }

        var body = new PooledBuffer((int)(context.Request.ContentLength ?? 0) + 1);
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(body.GetMemory(), context.RequestAborted).ConfigureAwait(false)) > 0)
            {
                body.Advance(read);
                if (body.Length > MaxBodyBytes)
                {
                    body.Dispose();
                    return null;
                }
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private void Mirror(EndpointRoute endpoint, EndpointState state, ContainerRequest request)
    {
        foreach (var (name, percent) in endpoint.MirrorTraffic)
        {
            if (percent > 0 && TrafficSplit.IsMirrored(percent, state.Mirror) && endpoint.Deployments.TryGetValue(name, out var deployment))
            {
                // Nobody waits for a mirror. What it is still busy with is bounded by its own gate.
                _ = MirrorAsync(endpoint, deployment, state.Of(deployment.Name), request.Copy());
            }
        }
    }

    private async Task MirrorAsync(EndpointRoute endpoint, DeploymentRoute deployment, DeploymentState state, ContainerRequest request)
    {
        if (_passage.TryEnterAtOnce(deployment, state, request))
        {
            // The thread has a client to answer.
            await Task.Yield();
            var (_, answer) = await _passage.PassHereAsync(endpoint, deployment, state, request, CancellationToken.None).ConfigureAwait(false);
            answer?.Dispose();
        }
        else
        {
            var (_, answer) = await _passage.PassAsync(endpoint, deployment, state, request, CancellationToken.None).ConfigureAwait(false);
            answer?.Dispose();
        }
    }

    private async Task AnswerAsync(
        HttpContext context, EndpointRoute endpoint, DeploymentRoute deployment, DeploymentState state, ContainerRequest request)
    {
        var (outcome, answer) = _passage.TryEnterAtOnce(deployment, state, request)
            ? await _passage.PassHereAsync(endpoint, deployment, state, request, context.RequestAborted).ConfigureAwait(false)
            : await _passage.PassAsync(endpoint, deployment, state, request, context.RequestAborted).ConfigureAwait(false);
        using (answer)
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            var response = context.Response;
            response.StatusCode = outcome.Status;
            var statuses = deployment.Statuses;
            if (outcome.Status == statuses.TimedOut)
            {
                // Envoy's words, which is the front door of managed endpoints; clients report them.
                await SayAsync(context, "upstream request timeout"u8.ToArray()).ConfigureAwait(false);
            }
            else if (outcome.Status == statuses.Overloaded)
            {
                response.Headers[ReasonHeader] = "too_many_pending_request";
                response.ContentType = MediaTypeNames.Text.Plain;
            }
            else if (outcome.Status == statuses.ModelError)
            {
                response.Headers[ReasonHeader] = answer is null ? "model_not_ready" : "model_error";
                if (answer is not null)
                {
                    response.Headers[ModelStatusHeader] = answer.Status.ToString(CultureInfo.InvariantCulture);
                }
            }

            if (answer is not null)
            {
                await SendAsync(context, answer).ConfigureAwait(false);
            }
        }
    }

    private static async Task SendAsync(HttpContext context, ContainerAnswer answer)
    {
        var response = context.Response;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(answer.Body.Memory, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
