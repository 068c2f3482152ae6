namespace Sluice.Emulator.Operations;

/// <summary>Where in a folder a file with somebody else's name may lie.</summary>
internal static class FolderPath
{
    private const int LongestName = 255;

    /// <summary>The path, or null when the name leads out of the folder, or may be the name of another file too, here or elsewhere.</summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="name">The name, with <c>/</c> between its parts.</param>
    public static string? TryCombine(string folder, string name)
    {
        var parts = name.Split('/');
        return Array.TrueForAll(parts, IsPlain) ? Path.Combine([folder, .. parts]) : null;
    }

    // Without "." and "..", by the dot; a colon is a drive or a second stream of the same file on Windows.
    private static bool IsPlain(string part) =>
        part.Length is > 0 and <= LongestName
        && !part.EndsWith('.')
        && !part.EndsWith(' ')
        && !part.Any(letter => letter is '\\' or ':' || char.IsControl(letter));
}
