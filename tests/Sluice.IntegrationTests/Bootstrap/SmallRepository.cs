namespace Sluice.IntegrationTests.Bootstrap;

/// <summary>A repository with the real scripts and a program so small that it is built in seconds.</summary>
internal sealed class SmallRepository : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
        </Project>
        """;

    private const string Program = """
        using System.Text.Json;

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            Arguments = args,
            Directory = Environment.CurrentDirectory,
            Root = Environment.GetEnvironmentVariable("SLUICE_ROOT"),
            Folder = AppContext.BaseDirectory,
            Environment.ProcessId,
            Greeting = "hello",
        }));
        if (args is ["--wait"])
        {
            Console.In.ReadLine();
        }

        return args is [.., var last] && last.StartsWith("--exit=") ? int.Parse(last["--exit=".Length..]) : 0;
        """;

    private readonly Dictionary<string, string?> _original = [];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sluice-start-");

    private readonly string _above;

    public SmallRepository(string script)
    {
        // macOS keeps its temporary folder behind a link; programs see where it leads.
        _above = _directory.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? _directory.FullName;

        // A space in the path is part of the test.
        Root = Directory.CreateDirectory(Path.Combine(_above, "a repository")).FullName;
        Script = Path.Combine(Root, script);
        Hosts = Path.Combine(Root, ".sluice", "host");
        Source = Path.Combine(Root, "build", "Sluice", "Program.cs");

        Directory.CreateDirectory(Path.GetDirectoryName(Source)!);
        File.WriteAllText(Path.ChangeExtension(Path.Combine(Root, "build", "Sluice", "Sluice"), "csproj"), Project);
        File.WriteAllText(Source, Program);
        foreach (var file in new[] { script, "global.json" })
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(Root, file));
        }
    }

    public string Root { get; }

    public string Script { get; }

    /// <summary>Where the scripts keep what they build.</summary>
    public string Hosts { get; }

    public string Source { get; }

    /// <summary>Replaces a word of the program's source.</summary>
    public void Edit(string old, string replacement) => Write(Source, File.ReadAllText(Source).Replace(old, replacement));

    /// <summary>Writes a file at the root.</summary>
    public void Add(string file, string content) => Write(Path.Combine(Root, file), content);

    public void UndoEdits()
    {
        foreach (var (path, content) in _original)
        {
            if (content is null)
            {
                File.Delete(path);
            }
            else
            {
                File.WriteAllText(path, content);
            }
        }

        _original.Clear();
    }

    /// <summary>Makes an empty directory beside the repository.</summary>
    public string CreateElsewhere(string name) => Directory.CreateDirectory(Path.Combine(_above, name)).FullName;

    public void Dispose() => _directory.Delete(recursive: true);

    private void Write(string path, string content)
    {
        _original.TryAdd(path, File.Exists(path) ? File.ReadAllText(path) : null);
        File.WriteAllText(path, content);
    }
}
