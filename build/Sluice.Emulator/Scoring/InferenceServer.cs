using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Emulator.Scoring.Mlflow;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring;

/// <summary>
/// The HTTP contract of Azure's inference server (azmlinfsrv), which runs in every container without a server of its own: routes,
/// status codes, headers and bodies to the byte. The source of each is the server's own published code.
/// </summary>
internal sealed class InferenceServer
{
    private const string Version = "azmlinfsrv/sluice";
    private const string Html = "text/html; charset=utf-8";
    private const int IdLimit = 100;
    private const string Failed = "x-ms-run-function-failed";

    private readonly IEntryScript _script;
    private readonly Swagger _swagger;
    private readonly ContainerLog _log;
    private readonly TimeProvider _time;

    /// <summary>Serves a script.</summary>
    /// <param name="script">What scores.</param>
    /// <param name="swagger">The description of the script's input and output.</param>
    /// <param name="log">Gets the reasons that clients are not told.</param>
    /// <param name="time">The clock of the measured run times.</param>
    internal InferenceServer(IEntryScript script, Swagger swagger, ContainerLog log, TimeProvider time)
    {
        _script = script;
        _swagger = swagger;
        _log = log;
        _time = time;
    }

    /// <summary>Answers a request, whatever it is; on the calling thread where the script runs in this process.</summary>
    internal async ValueTask<ContainerAnswer> AnswerAsync(ContainerRequest request)
    {
        // Requests that match no route get none of the headers below.
        if (request.Path is not ("" or "score" or "swagger.json"))
        {
            return Message(
                StatusCodes.Status404NotFound,
                "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.");
        }

        if (request.Method is not ("GET" or "HEAD" or "OPTIONS") && (request.Path, request.Method) != ("score", "POST"))
        {
            return Message(StatusCodes.Status405MethodNotAllowed, "The method is not allowed for the requested URL.");
        }

        var ids = Identification.Of(request, IdLimit);
        var answer = ids.Problem is { } problem
            ? Message(StatusCodes.Status431RequestHeaderFieldsTooLarge, problem)
            : await RoutedAsync(request).ConfigureAwait(false);
        ids.AddTo(answer, request, Version);
        if (answer.Status != StatusCodes.Status200OK)
        {
            // Only what went wrong: a line for each success would soon push the reasons of the failures out of the log.
            _log.Information($"{request.Method} /{request.Path} {answer.Status} {answer.Body.Length}");
        }

        return answer;
    }

    private ValueTask<ContainerAnswer> RoutedAsync(ContainerRequest request) => request switch
    {
        { Path: "score", Method: "POST" or "GET" } => ScoreAsync(request),
        { Path: "score", Method: "OPTIONS" } => new(WithFailed(new ContainerAnswer(StatusCodes.Status200OK, Html), "False")),
        { Path: "score" } => new(Message(StatusCodes.Status405MethodNotAllowed, "Method not allowed")),
        _ => new(Described(request)),
    };

    private ContainerAnswer Described(ContainerRequest request)
    {
        if (request.Method == "OPTIONS")
        {
            var options = new ContainerAnswer(StatusCodes.Status200OK, Html);
            options.Headers.Add(KeyValuePair.Create("Allow", "GET, HEAD, OPTIONS"));
            return options;
        }

        return request.Path.Length == 0 ? Healthy() : SwaggerOf(request.Query);
    }

    private static ContainerAnswer Healthy()
    {
        var answer = new ContainerAnswer(StatusCodes.Status200OK, Html);
        new PythonJsonWriter(answer.Body).Raw("Healthy"u8);
        return answer;
    }

    private ContainerAnswer SwaggerOf(string query)
    {
        var version = QueryHelpers.ParseQuery(query).TryGetValue("version", out var values) ? values[0] ?? "" : "2";
        if (!_swagger.TryGet(version, out var document, out var problem))
        {
            return Message(StatusCodes.Status404NotFound, problem);
        }

        var answer = WithFailed(new ContainerAnswer(StatusCodes.Status200OK, MediaTypeNames.Application.Json), "False");
        new PythonJsonWriter(answer.Body).Raw(document);
        return answer;
    }

    private async ValueTask<ContainerAnswer> ScoreAsync(ContainerRequest request)
    {
        try
        {
            var run = _script.Read(request);
            return await RunAsync(request.Failure is { } failure ? _ => throw new ScoringException("RuntimeError", failure) : run)
                .ConfigureAwait(false);
        }
        catch (BadInputException e)
        {
            return Message(StatusCodes.Status400BadRequest, e.Message);
        }
        catch (UnsupportedInputException e)
        {
            return Message(StatusCodes.Status415UnsupportedMediaType, e.Message);
        }
        catch (Exception e)
        {
            Log(e);
            return Message(
                StatusCodes.Status500InternalServerError, "An unexpected internal error occurred. Check the logs for more info.");
        }
    }

    private async ValueTask<ContainerAnswer> RunAsync(Func<PooledBuffer, ValueTask> run)
    {
        var answer = new ContainerAnswer(StatusCodes.Status200OK, MediaTypeNames.Application.Json);
        var started = _time.GetTimestamp();
        try
        {
            await run(answer.Body).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not UnserializableAnswerException)
        {
            // Whatever a script throws is its failure, not the server's: the next request is served.
            answer.Dispose();
            Log(e);
            return Message(
                StatusCodes.Status500InternalServerError,
                "An unexpected error occurred in scoring script. Check the logs for more info.",
                failed: "True");
        }

        // Milliseconds with three digits after the point. As whole microseconds they are written several times as fast.
        var (milliseconds, rest) = Math.DivRem((long)Math.Round(_time.GetElapsedTime(started).TotalMicroseconds), 1000);
        WithFailed(answer, "False").Headers.Add(
            KeyValuePair.Create("x-ms-run-fn-exec-ms", string.Create(CultureInfo.InvariantCulture, $"{milliseconds}.{rest:000}")));
        return answer;
    }

    private void Log(Exception e)
    {
        var isPythons = e is ScoringException or PythonJsonException or UnserializableAnswerException;
        var reason = isPythons ? e.Message : $"{e.GetType().Name}: {e.Message}";
        _log.Error($"Encountered Exception: {reason}");
    }

    private static ContainerAnswer Message(int status, string message, string failed = "False")
    {
        var answer = new ContainerAnswer(status, MediaTypeNames.Application.Json);
        var writer = new PythonJsonWriter(answer.Body);
        writer.Raw("{"u8);
        writer.Key("message");
        writer.Text(message);
        writer.Raw("}"u8);
        return WithFailed(answer, failed);
    }

    private static ContainerAnswer WithFailed(ContainerAnswer answer, string failed)
    {
        answer.Headers.Add(KeyValuePair.Create(Failed, failed));
        return answer;
    }

    /// <summary>The ids of a request: which it came with, which it gets, and which are too long to be repeated.</summary>
    private readonly record struct Identification(string? RequestId, string? MsRequestId, string? ClientRequestId, string? Problem)
    {
        internal static Identification Of(ContainerRequest request, int limit)
        {
            var requestId = request.RequestId ?? Guid.NewGuid().ToString();
            if (requestId.Length > limit)
            {
                return new Identification(null, null, null, $"x-request-id must not exceed {limit} characters");
            }

            var client = string.IsNullOrEmpty(request.ClientRequestId) ? null : request.ClientRequestId;
            var legacy = string.IsNullOrEmpty(request.LegacyRequestId) ? null : request.LegacyRequestId;
            client ??= legacy;
            legacy ??= client ?? requestId;
            return legacy.Length > limit || client?.Length > limit
                ? new Identification(
                    requestId, null, null, $"x-ms-request-id and x-ms-client-request-id must not exceed {limit} characters")
                : new Identification(requestId, legacy, client, null);
        }

        internal void AddTo(ContainerAnswer answer, ContainerRequest request, string version)
        {
            Add(answer, "x-ms-server-version", version);
            Add(answer, "x-request-id", RequestId);
            Add(answer, "x-ms-request-id", MsRequestId);
            Add(answer, "x-ms-client-request-id", ClientRequestId);
            Add(answer, "TraceId", request.TraceId);
        }

        private static void Add(ContainerAnswer answer, string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                answer.Headers.Add(KeyValuePair.Create(name, value));
            }
        }
    }
}
