namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>The machine's Python.</summary>
internal static class PythonInterpreter
{
    /// <summary>Finds <c>python3</c> on a search path; on Windows, where that is a shop window, <c>python</c>.</summary>
    /// <param name="searchPath">The value of <c>PATH</c>; null for none.</param>
    /// <exception cref="ScriptStartException">There is none.</exception>
    public static string Find(string? searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "python.exe" : "python3";
        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new ScriptStartException(
                $"There is no {name} on the PATH. The local Azure ML runs scoring scripts with this machine's Python: install Python 3, "
                + "put it on the PATH and start the local Azure ML again.");
    }
}
