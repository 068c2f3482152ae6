namespace Sluice.CommandLine;

/// <summary>The script that starts the program, as people type it.</summary>
internal static class StartScript
{
    /// <summary>The environment variable by which it says what folder it lies in.</summary>
    public const string FolderVariable = "SLUICE_ROOT";

    private const string PowerShell = "build.ps1";
    private const string Shell = "build.sh";

    /// <summary>The command that starts the script from the folder that a person is in, so that what is suggested there can be copied.</summary>
    /// <param name="checkout">The folder that the script lies in; null when the program was started without it.</param>
    /// <param name="folder">The folder that the person is in.</param>
    /// <param name="isWindows">Whether the script is the one of PowerShell.</param>
    public static string CommandFrom(string? checkout, string folder, bool isWindows)
    {
        var name = isWindows ? PowerShell : Shell;
        var path = checkout is null ? "." : Path.GetRelativePath(folder, checkout).Replace('\\', '/');
        var command = path switch
        {
            "." => $"./{name}",
            _ when Path.IsPathRooted(path) || path.StartsWith("..", StringComparison.Ordinal) => $"{path}/{name}",
            _ => $"./{path}/{name}",
        };
        var word = Word(command, isWindows);

        // PowerShell takes what is quoted for a text, unless it is told to call it.
        return isWindows && word != command ? $"& {word}" : word;
    }

    /// <summary>A value as the shell of a command takes it for one word: as it is, or in single quotes, which each shell doubles in its way.</summary>
    /// <param name="value">The value.</param>
    /// <param name="command">The command that it is an argument of.</param>
    public static string Argument(string value, string command) => Word(value, command.Contains(PowerShell, StringComparison.Ordinal));

    private static string Word(string value, bool isPowerShell) =>
        value.All(sign => char.IsAsciiLetterOrDigit(sign) || "-_./:@+".Contains(sign, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", isPowerShell ? "''" : "'\\''", StringComparison.Ordinal)}'";
}
