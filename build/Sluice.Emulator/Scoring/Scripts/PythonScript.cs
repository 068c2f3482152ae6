using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>
/// A scoring script in a Python process. As with the one worker that the inference server starts by default, requests are run one after
/// the other, and a worker that has died is started anew for the next one.
/// </summary>
internal sealed class PythonScript : IEntryScript
{
    /// <summary>As long as the service's probes wait for a container: a first look after 10 s and 30 more, 10 s apart.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(310);

    /// <summary>The inference server's own limit.</summary>
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(300);

    private readonly Lock _turn = new();
    private readonly ScriptLaunch _launch;
    private readonly ContainerLog _log;
    private readonly TimeProvider _time;
    private PythonWorker? _worker;

    private PythonScript(ScriptLaunch launch, ContainerLog log, TimeProvider time)
    {
        _launch = launch;
        _log = log;
        _time = time;
    }

    /// <summary>Starts the script and waits until its <c>init()</c> has ended.</summary>
    /// <exception cref="ScriptStartException">There is no Python, or the script or its <c>init()</c> failed.</exception>
    public static PythonScript Start(ScriptLaunch launch, ContainerLog log, TimeProvider time)
    {
        var script = new PythonScript(launch, log, time);
        script._worker = script.StartWorker();
        return script;
    }

    /// <inheritdoc/>
    public Action<PooledBuffer> Read(ContainerRequest request)
    {
        var body = request.Method == "POST" ? request.Body.Memory : JsonOf(request.Query);
        if (FirstBadByte(body.Span) is { } position)
        {
            throw new BadInputException(
                $"Input cannot be decoded as UTF-8: 'utf-8' codec can't decode byte 0x{body.Span[position]:x2} in position {position}");
        }

        var headers = HeadersOf(request);
        return answer => Run(headers, body.Span, answer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_turn)
        {
            _worker?.Dispose();
            _worker = null;
        }
    }

    private void Run(byte[] headers, ReadOnlySpan<byte> body, PooledBuffer answer)
    {
        WorkerReply? reply;
        lock (_turn)
        {
            _worker ??= StartWorker();
            reply = Ask(_worker, headers, body);
            if (reply is null)
            {
                _worker.Dispose();
                _worker = null;
            }
        }

        switch (reply)
        {
            case { Kind: WorkerReplyKind.Answer, Payload: var json }:
                answer.Write(json);
                break;
            case { Kind: WorkerReplyKind.Unserializable, Payload: var reason }:
                throw new UnserializableAnswerException(Encoding.UTF8.GetString(reason));
            case { Payload: var reason }:
                throw new ScoringException("run", Encoding.UTF8.GetString(reason));
            default:
                throw new ScoringException("run", "The worker has ended in the middle of the request.");
        }
    }

    private WorkerReply? Ask(PythonWorker worker, byte[] headers, ReadOnlySpan<byte> body)
    {
        using var limit = _time.CreateTimer(_ => worker.Kill(), null, RunLimit, Timeout.InfiniteTimeSpan);
        try
        {
            worker.Send(headers, body);
        }
        catch (IOException)
        {
            return null;
        }

        return worker.Receive();
    }

    private PythonWorker StartWorker()
    {
        var worker = PythonWorker.Start(_launch, _log);
        WorkerReply? reply;
        using (_time.CreateTimer(_ => worker.Kill(), null, StartLimit, Timeout.InfiniteTimeSpan))
        {
            reply = worker.Receive();
        }

        if (reply is { Kind: WorkerReplyKind.Ready })
        {
            worker.AwaitLogOfInit();
            return worker;
        }

        // Disposed of first: then all that it wrote is in the log.
        worker.Dispose();
        throw new ScriptStartException(reply is { Kind: WorkerReplyKind.NotStarted, Payload: var reason }
            ? Encoding.UTF8.GetString(reason)
            : $"{_launch.ScoringScript}: the Python process has ended before init() did.");
    }

    /// <summary>The query as the inference server gives it on: values as JSON where they are JSON, a repeated one as a list.</summary>
    private static ReadOnlyMemory<byte> JsonOf(string query)
    {
        var members = new JsonObject();
        foreach (var (name, values) in QueryHelpers.ParseQuery(query))
        {
            members[name] = values is [var only]
                ? Parsed(only)
                : new JsonArray([.. values.Select(Parsed)]);
        }

        return JsonSerializer.SerializeToUtf8Bytes(members);
    }

    private static JsonNode? Parsed(string? value)
    {
        try
        {
            return JsonNode.Parse(value ?? "");
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static byte[] HeadersOf(ContainerRequest request)
    {
        var headers = new Dictionary<string, string?>
        {
            ["Content-Type"] = request.ContentType,
            ["X-Request-Id"] = request.RequestId,
            ["X-Ms-Request-Id"] = request.LegacyRequestId,
            ["X-Ms-Client-Request-Id"] = request.ClientRequestId,
            ["Traceid"] = request.TraceId,
        };
        return JsonSerializer.SerializeToUtf8Bytes(headers.Where(header => header.Value is not null).ToDictionary());
    }

    private static int? FirstBadByte(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (position < text.Length)
        {
            if (Rune.DecodeFromUtf8(text[position..], out _, out var read) != OperationStatus.Done)
            {
                return position;
            }

            position += read;
        }

        return null;
    }
}
