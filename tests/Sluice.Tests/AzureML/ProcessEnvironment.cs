namespace Sluice.Tests.AzureML;

/// <summary>
/// Environment variables of this process for one test, for credentials that read them themselves: all that concern signing in are unset
/// but the given ones, and as they were afterwards.
/// </summary>
internal sealed class ProcessEnvironment : IDisposable
{
    private static readonly string[] Prefixes = ["AZURE", "ARM_", "ACTIONS_", "GITHUB_", "SYSTEM_", "IDENTITY_", "MSI_", "IMDS_", "TF_BUILD", "CI"];

    private readonly Dictionary<string, string?> _before = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-sign-in-").FullName;

    public ProcessEnvironment(params (string Name, string Value)[] variables)
    {
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (var name in names.Where(name => Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            Set(name, null);
        }

        foreach (var (name, value) in variables)
        {
            Set(name, value);
        }

        Set("PATH", _folder);
    }

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Puts a shell script on the PATH, on which nothing else is.</summary>
    public void Install(string name, string script)
    {
        var path = Write(name, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What a script of the test wrote to a file beside it.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(_folder, name));

    /// <summary>The path of a file beside the scripts.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
