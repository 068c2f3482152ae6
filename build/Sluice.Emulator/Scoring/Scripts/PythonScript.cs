using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>
/// A scoring script in Python processes: as many for each instance as the inference server has workers, which <c>WORKER_COUNT</c> says, one
/// by default. Each runs one request after the other, and one that has died is started anew for the next request.
/// </summary>
internal sealed class PythonScript : IEntryScript
{
    /// <summary>As long as the service's probes wait for a container: a first look after 10 s and 30 more, 10 s apart.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(310);

    /// <summary>The inference server's own limit.</summary>
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(300);

    private const string WorkerCount = "WORKER_COUNT";

    private readonly ScriptLaunch _launch;
    private readonly ContainerLog _log;
    private readonly TimeProvider _time;
    private readonly WorkerPool _workers;

    private PythonScript(ScriptLaunch launch, ContainerLog log, TimeProvider time)
    {
        _launch = launch;
        _log = log;
        _time = time;
        _workers = new WorkerPool(StartWorker);
    }

    /// <summary>Starts the script in each of its processes and waits until <c>init()</c> has ended in all of them.</summary>
    /// <param name="launch">What is started.</param>
    /// <param name="instances">The deployment's instances.</param>
    /// <param name="log">Takes what the script prints.</param>
    /// <param name="time">The clock of the limits.</param>
    /// <param name="cancellationToken">Ends an <c>init()</c> that is under way.</param>
    /// <exception cref="ScriptStartException">There is no Python, or the script or its <c>init()</c> failed.</exception>
    public static PythonScript Start(
        ScriptLaunch launch, int instances, ContainerLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var script = new PythonScript(launch, log, time);
        script.Scale(instances, cancellationToken);
        return script;
    }

    /// <inheritdoc/>
    public void Scale(int instances, CancellationToken cancellationToken)
    {
        var asked = (long)instances * WorkersPerInstance();
        var wanted = (int)Math.Min(asked, WorkerPool.Most);
        if (wanted < asked)
        {
            _log.Warning($"Instances and {WorkerCount} ask for {asked} processes; here {wanted} run.");
        }

        _workers.Resize(wanted, cancellationToken);
    }

    /// <inheritdoc/>
    public Func<PooledBuffer, ValueTask> Read(ContainerRequest request)
    {
        var body = request.Method == "POST" ? request.Body.Memory : JsonOf(request.Query);
        if (FirstBadByte(body.Span) is { } position)
        {
            throw new BadInputException(
                $"Input cannot be decoded as UTF-8: 'utf-8' codec can't decode byte 0x{body.Span[position]:x2} in position {position}");
        }

        var headers = HeadersOf(request);
        return answer => RunAsync(headers, body, answer);
    }

    /// <inheritdoc/>
    public void Abandon() => _workers.Abandon();

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();

    private int WorkersPerInstance()
    {
        if (!_launch.Variables.TryGetValue(WorkerCount, out var text))
        {
            return 1;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers > 0)
        {
            return workers;
        }

        _log.Warning($"{WorkerCount} is '{text}'; expected is an integer of 1 or more. Each instance has one worker.");
        return 1;
    }

    private async ValueTask RunAsync(byte[] headers, ReadOnlyMemory<byte> body, PooledBuffer answer)
    {
        WorkerReply? reply = null;
        await _workers.RunAsync(worker => (reply = Ask(worker, headers, body.Span)) is not null).ConfigureAwait(false);

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

    private PythonWorker StartWorker(CancellationToken cancellationToken)
    {
        var worker = PythonWorker.Start(_launch, _log);
        WorkerReply? reply;
        using (_time.CreateTimer(_ => worker.Kill(), null, StartLimit, Timeout.InfiniteTimeSpan))
        using (cancellationToken.Register(worker.Kill))
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
        cancellationToken.ThrowIfCancellationRequested();
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

    /// <summary>All headers, named as a WSGI server names them, with the ids that the front door gave the request.</summary>
    private static byte[] HeadersOf(ContainerRequest request)
    {
        var headers = new Dictionary<string, string?>();
        foreach (var (name, value) in request.Headers)
        {
            headers[Titled(name)] = value;
        }

        headers["Content-Type"] = request.ContentType;
        headers["X-Request-Id"] = request.RequestId;
        headers["X-Ms-Request-Id"] = request.LegacyRequestId;
        headers["X-Ms-Client-Request-Id"] = request.ClientRequestId;
        headers["Traceid"] = request.TraceId;
        return JsonSerializer.SerializeToUtf8Bytes(headers.Where(header => header.Value is not null).ToDictionary());
    }

    /// <summary>Python's <c>str.title()</c>: each letter that follows no letter is upper case, the others are lower case.</summary>
    private static string Titled(string name) => string.Create(name.Length, name, static (titled, name) =>
    {
        for (var i = 0; i < name.Length; i++)
        {
            titled[i] = i > 0 && char.IsAsciiLetter(name[i - 1]) ? char.ToLowerInvariant(name[i]) : char.ToUpperInvariant(name[i]);
        }
    });

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
