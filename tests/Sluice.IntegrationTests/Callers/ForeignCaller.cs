using System.Diagnostics;
using System.Globalization;
using Sluice.IntegrationTests.Conformance;

namespace Sluice.IntegrationTests.Callers;

/// <summary>A program in another language that calls an endpoint without pause until it is told to end.</summary>
internal sealed class ForeignCaller : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _answersFile;
    private Task<string> _error = Task.FromResult("");
    private Task _listening = Task.CompletedTask;
    private int _answered;

    private ForeignCaller(string name, Process process, string answersFile)
    {
        Name = name;
        _process = process;
        _answersFile = answersFile;
    }

    /// <summary>The language and its version.</summary>
    public string Name { get; }

    /// <summary>Requests that are over, as it last said.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Starts a caller.</summary>
    /// <param name="program">The interpreter.</param>
    /// <param name="script">The script, a file in the folder of this type.</param>
    /// <param name="environment">What the script asks of its environment.</param>
    /// <returns>The caller; null when there is no such interpreter.</returns>
    public static async Task<ForeignCaller?> TryStartAsync(
        string program, string script, IReadOnlyDictionary<string, string> environment)
    {
        if (await ClientRun.TryAsync(program, ["--version"]) is not { ExitCode: 0 } version)
        {
            return null;
        }

        var path = Path.Combine(Repository.Root, "tests", "Sluice.IntegrationTests", "Callers", script);
        var start = new ProcessStartInfo(program, [path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var name = $"{program} {version.Output.Trim().Split(' ')[^1]}";
        var caller = new ForeignCaller(name, new Process { StartInfo = start }, environment["SLUICE_ANSWERS"]);
        await caller.StartAsync();
        return caller;
    }

    /// <summary>Fails the test when the caller has ended by itself.</summary>
    public async Task AssertCallsAsync() =>
        Assert.That(_process.HasExited, Is.False, $"{Name} has ended by itself. {(_process.HasExited ? await _error : "")}");

    /// <summary>Lets it receive the answers to what it has sent, ends it, and reads what it noted.</summary>
    public async Task<IReadOnlyList<CallerAnswer>> EndAsync()
    {
        _process.StandardInput.Close();
        await _listening;
        await _process.WaitForExitAsync();
        Assert.That(_process.ExitCode, Is.Zero, $"{Name} broke. {await _error}");
        return [.. File.ReadLines(_answersFile).Select(CallerAnswer.Parse)];
    }

    /// <summary>Ends the process, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>Starts the process, and sees that its clock is the one that routes are noted by.</summary>
    private async Task StartAsync()
    {
        var before = MonotonicClock.Now;
        _process.Start();
        _error = _process.StandardError.ReadToEndAsync();
        var line = await _process.StandardOutput.ReadLineAsync();
        var after = MonotonicClock.Now;
        Assert.That(line, Is.Not.Null, line is null ? $"{Name} did not start. {await _error}" : "");
        Assert.That(long.Parse(line!, CultureInfo.InvariantCulture), Is.InRange(before, after), $"{Name} reads another clock.");
        _listening = ListenAsync();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Volatile.Write(ref _answered, int.Parse(line, CultureInfo.InvariantCulture));
        }
    }
}
