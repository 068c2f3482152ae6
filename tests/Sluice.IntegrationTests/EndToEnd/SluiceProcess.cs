using System.Diagnostics;
using System.Text;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The real program in a process of its own.</summary>
public sealed class SluiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private SluiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the program.</summary>
    /// <param name="root">The folder that stands for the checkout: artifacts go below it.</param>
    /// <param name="workingDirectory">Where the person is.</param>
    /// <param name="arguments">The arguments, untouched.</param>
    /// <param name="environment">Environment variables, beyond the test's own.</param>
    public static SluiceProcess Start(
        string root, string workingDirectory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(SluiceProgram.File);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // To the program it is a desk, also where an agent runs the tests: it would tell the agent its secrets.
        start.Environment.Remove("GITHUB_ACTIONS");
        start.Environment.Remove("TF_BUILD");

        // Nobody here has an authority that vouches for him, and to read the machine's store of them takes a tenth of a start.
        start.Environment["SSL_CERT_DIR"] = start.Environment["SSL_CERT_FILE"] = Path.Combine(AppContext.BaseDirectory, "no-authorities");

        // Methods are optimized once none was new for a second, in hexadecimal milliseconds: it pays in runs of minutes, and takes a third of
        // one of seconds.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "3E8";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["SLUICE_ROOT"] = root;
        start.Environment["NO_COLOR"] = "1";
        var sluice = new SluiceProcess(new Process { StartInfo = start });
        sluice._process.Start();
        sluice._process.StandardInput.Close();
        sluice._process.BeginOutputReadLine();
        sluice._process.BeginErrorReadLine();
        return sluice;
    }

    /// <summary>Waits for the end.</summary>
    public async Task<SluiceRun> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new(_process.ExitCode, Output, _error.ToString());
    }

    /// <summary>Waits until standard output holds a text.</summary>
    /// <exception cref="InvalidOperationException">The program ended before.</exception>
    public async Task WaitForOutputAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
            {
                var run = await EndAsync();
                if (run.Output.Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                throw new InvalidOperationException($"It ended without saying '{text}': {run}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Sends a signal, as a terminal or an agent does.</summary>
    /// <param name="signal">Its name for <c>kill</c>: INT, TERM, KILL.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Kills the process outright, at once: not even another process comes in between.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the process, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is not null)
        {
            lock (builder)
            {
                builder.AppendLine(line);
            }
        }
    }
}
