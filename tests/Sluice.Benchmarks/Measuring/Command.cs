using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Sluice.Benchmarks.Figures;

namespace Sluice.Benchmarks.Measuring;

/// <summary>A command, measured as a whole process from outside.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Where it runs.</param>
internal sealed record Command(string Program, ImmutableArray<string> Arguments, string Folder)
{
    /// <summary>Environment variables beside this process's own.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="MissingToolException">The program is not on this machine.</exception>
    /// <exception cref="InvalidOperationException">It ended badly; what it wrote is in the message.</exception>
    public async Task<CommandRun> RunAsync(CancellationToken cancellationToken)
    {
        var begin = Stopwatch.GetTimestamp();
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var wall = Stopwatch.GetElapsedTime(begin);
        return process.ExitCode == 0
            ? new(wall, await output, await error)
            : throw new InvalidOperationException($"{this} ended with {process.ExitCode}:\n{await output}\n{await error}");
    }

    /// <summary>Runs it to its end, and gives the wall's milliseconds alone.</summary>
    /// <exception cref="MissingToolException">The program is not on this machine.</exception>
    /// <exception cref="InvalidOperationException">It ended badly; what it wrote is in the message.</exception>
    public async Task<double> MillisecondsAsync(CancellationToken cancellationToken) => (await RunAsync(cancellationToken)).Wall.TotalMilliseconds;

    /// <summary>Starts it; the caller reads what it writes, and ends it.</summary>
    /// <exception cref="MissingToolException">The program is not on this machine.</exception>
    public Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception error)
        {
            throw new MissingToolException($"{Program} can't be started: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));
}
