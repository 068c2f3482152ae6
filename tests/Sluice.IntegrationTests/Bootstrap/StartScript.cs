using System.Diagnostics;

namespace Sluice.IntegrationTests.Bootstrap;

/// <summary>One of the two scripts that start the program.</summary>
internal sealed class StartScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string _interpreter;
    private readonly string[] _options;

    private StartScript(string name, string interpreter, params string[] options)
    {
        Name = name;
        _interpreter = interpreter;
        _options = options;
    }

    public string Name { get; }

    public bool IsShell => _options.Length == 0;

    /// <summary>Finds what runs the script, or skips the test.</summary>
    public static StartScript Named(string name)
    {
        var script = name == "build.sh" ? new StartScript(name, "bash") : new StartScript(name, "pwsh", "-NoProfile", "-File");
        if (FindOnPath(script._interpreter) is null)
        {
            Assert.Ignore($"{name} is not tested, for there is no {script._interpreter} on the PATH.");
        }

        return script;
    }

    public static string? FindOnPath(string program)
    {
        var names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : new[] { program };
        return Environment.GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs the script to its end.</summary>
    /// <param name="path">The script, or a link to it.</param>
    /// <param name="arguments">What is handed to it.</param>
    /// <param name="directory">The directory to start in; the script's own by default.</param>
    /// <param name="searchPath">The PATH to give it; the test's own by default.</param>
    public Task<StartedProcess> RunAsync(
        string path, IEnumerable<string> arguments, string? directory = null, string? searchPath = null) =>
        StartAsync([.. _options, path, .. arguments], directory ?? Path.GetDirectoryName(path)!, searchPath);

    /// <summary>Whether what runs the script starts with that PATH at all: a PowerShell that was installed as a .NET tool needs dotnet itself.</summary>
    public async Task<bool> StartsWithAsync(string searchPath) =>
        IsShell || (await StartAsync(["-NoProfile", "-Command", "exit"], Path.GetTempPath(), searchPath)).ExitCode == 0;

    private async Task<StartedProcess> StartAsync(string[] words, string directory, string? searchPath)
    {
        var start = new ProcessStartInfo(FindOnPath(_interpreter)!, words)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OfficialPackages");
        if (searchPath is not null)
        {
            start.Environment["PATH"] = searchPath;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new StartedProcess(process.Id, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Name} did not end within {Patience.TotalMinutes} minutes.");
        }
    }
}
