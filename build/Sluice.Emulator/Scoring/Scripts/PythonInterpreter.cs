namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>The machine's Python.</summary>
internal static class PythonInterpreter
{
    /// <summary>What it is called: <c>python3</c>; on Windows, where that is a shop window, <c>python</c>.</summary>
    private static string Name => OperatingSystem.IsWindows() ? "python.exe" : "python3";

    /// <summary>Looks for it on a search path.</summary>
    /// <param name="searchPath">The value of <c>PATH</c>; null for none.</param>
    /// <returns>Its path; null when it is not there.</returns>
    public static string? TryFind(string? searchPath) => (searchPath ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(Path.IsPathRooted)
        .Select(folder => Path.Combine(folder, Name))
        .FirstOrDefault(File.Exists);

    /// <summary>Finds it on a search path.</summary>
    /// <param name="searchPath">The value of <c>PATH</c>; null for none.</param>
    /// <exception cref="ScriptStartException">There is none.</exception>
    public static string Find(string? searchPath) => TryFind(searchPath) ?? throw new ScriptStartException(
        $"There is no {Name} on the PATH. The local Azure ML runs scoring scripts with this machine's Python: install Python 3, "
        + "put it on the PATH and start the local Azure ML again.");
}
