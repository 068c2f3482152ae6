using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>
/// A Python process that runs one scoring script, one request at a time. It speaks with its parent over its standard input and output
/// alone, and ends when its input ends: also when the parent was killed.
/// </summary>
internal sealed class PythonWorker : IDisposable
{
    private const string Program = "worker.py";

    /// <summary>EOT, at the end of the line that closes the log of <c>init()</c>.</summary>
    private const char EndOfInit = '\u0004';

    private const int LongestReply = 512 * 1024 * 1024;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What the process gets of this one's environment: what an interpreter needs to start. A container sees nothing of its host's
    /// variables, which may hold secrets.
    /// </summary>
    private static readonly string[] Inherited =
    [
        "PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX",
        "PYENV_ROOT", "PYENV_VERSION", "PYTHONHOME", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATHEXT",
        "COMSPEC",
    ];

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;

    private readonly ManualResetEventSlim _initEnd;
    private readonly ManualResetEventSlim _logEnd;

    private PythonWorker(Process process, ManualResetEventSlim initEnd, ManualResetEventSlim logEnd)
    {
        _process = process;
        _initEnd = initEnd;
        _logEnd = logEnd;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
    }

    /// <summary>Starts the process. Whether the script came up, its first reply tells.</summary>
    /// <param name="launch">What is started.</param>
    /// <param name="log">Takes what the script prints.</param>
    /// <exception cref="ScriptStartException">There is no Python, or it cannot be started.</exception>
    public static PythonWorker Start(ScriptLaunch launch, ContainerLog log)
    {
        var start = new ProcessStartInfo(PythonInterpreter.Find(Environment.GetEnvironmentVariable("PATH")))
        {
            WorkingDirectory = launch.AppRoot,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add("-u");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(ReadProgram());
        SetVariables(start, launch);
        var process = new Process { StartInfo = start };
        var initEnd = new ManualResetEventSlim();
        var logEnd = new ManualResetEventSlim();
        process.ErrorDataReceived += (_, line) =>
        {
            switch (line.Data)
            {
                case null:
                    initEnd.Set();
                    logEnd.Set();
                    break;
                case [.. var before, EndOfInit]:
                    // What was printed last may have had no line end of its own.
                    if (before.Length > 0)
                    {
                        log.Information(before);
                    }

                    initEnd.Set();
                    break;
                case var text:
                    log.Information(text);
                    break;
            }
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            initEnd.Dispose();
            logEnd.Dispose();
            throw new ScriptStartException($"{start.FileName} cannot be started: {e.Message}");
        }

        process.BeginErrorReadLine();
        return new PythonWorker(process, initEnd, logEnd);
    }

    /// <summary>Sends a request; <see cref="Receive"/> has the reply to it.</summary>
    /// <param name="headers">The request's headers as JSON.</param>
    /// <param name="body">The request's body.</param>
    /// <exception cref="IOException">The process has ended.</exception>
    public void Send(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> body)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, headers.Length);
        _input.Write(length);
        _input.Write(headers);
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        _input.Write(length);
        _input.Write(body);
        _input.Flush();
    }

    /// <summary>Waits for the next reply; null when the process has ended.</summary>
    public WorkerReply? Receive()
    {
        try
        {
            Span<byte> head = stackalloc byte[1 + sizeof(int)];
            _output.ReadExactly(head);
            var length = BinaryPrimitives.ReadInt32BigEndian(head[1..]);
            if (length is < 0 or > LongestReply)
            {
                return null;
            }

            var payload = new byte[length];
            _output.ReadExactly(payload);
            return new WorkerReply((WorkerReplyKind)head[0], payload);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits until what the script printed before it was ready is in the log, which comes by another way than the reply that says so. A
    /// script that has closed the log is not waited for long.
    /// </summary>
    public void AwaitLogOfInit() => _initEnd.Wait(EndLimit);

    /// <summary>Ends the process and all that it has started, whatever they do.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Ends the process, and waits until it is gone and all that it printed is in the log.</summary>
    public void Dispose()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // The pipe was broken already.
        }

        if (!_process.WaitForExit(EndLimit))
        {
            Kill();
            _process.WaitForExit(EndLimit);
        }

        // Something that the script has left running may hold the log open; it is not waited for.
        _logEnd.Wait(EndLimit);
        _process.Dispose();
    }

    private static void SetVariables(ProcessStartInfo start, ScriptLaunch launch)
    {
        var inherited = Inherited.Select(name => (name, value: start.Environment.TryGetValue(name, out var value) ? value : null)).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited.Where(variable => variable.value is not null))
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in launch.Variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["AML_APP_ROOT"] = launch.AppRoot;
        start.Environment["AZUREML_ENTRY_SCRIPT"] = launch.ScoringScript;
        if (launch.ModelFolder is { } model)
        {
            start.Environment["AZUREML_MODEL_DIR"] = model;
        }
    }

    private static string ReadProgram()
    {
        using var stream = typeof(PythonWorker).Assembly.GetManifestResourceStream(Program)
            ?? throw new InvalidOperationException($"The resource {Program} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
