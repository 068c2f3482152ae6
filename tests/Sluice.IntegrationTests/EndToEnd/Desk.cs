using System.Diagnostics;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>An empty folder to start the program in, for runs that need no configuration.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly DirectoryInfo _above = Directory.CreateTempSubdirectory("sluice-desk-");
    private readonly string _program;

    /// <summary>Lays out the desk.</summary>
    /// <param name="withoutAssemblies">
    /// Assemblies that the program can't load, as patterns without the extension: it runs from a copy in which they are empty files.
    /// </param>
    public Desk(params string[] withoutAssemblies)
    {
        Folder = _above.CreateSubdirectory("desk").FullName;
        _program = SluiceProgram.Folder;
        if (withoutAssemblies.Length == 0)
        {
            return;
        }

        var copy = _above.CreateSubdirectory("program").FullName;
        foreach (var file in Directory.EnumerateFiles(_program))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        // A program that was published for this system alone has its native libraries beside it.
        if (Path.Combine(_program, "runtimes") is var natives && Directory.Exists(natives))
        {
            Directory.CreateSymbolicLink(Path.Combine(copy, "runtimes"), natives);
        }

        foreach (var file in withoutAssemblies.SelectMany(name => Directory.EnumerateFiles(copy, $"{name}.dll")))
        {
            File.WriteAllBytes(file, []);
        }

        _program = copy;
    }

    /// <summary>The folder; it stands for the checkout, too.</summary>
    public string Folder { get; }

    /// <summary>Environment variables for the program, beyond the test's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Runs the program to its end.</summary>
    public async Task<SluiceRun> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_program, "Sluice.dll"), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLUICE_ROOT"] = Folder;
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Clears the desk.</summary>
    public ValueTask DisposeAsync()
    {
        _above.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
