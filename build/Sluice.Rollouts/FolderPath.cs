namespace Sluice.Rollouts;

/// <summary>Paths from a folder on.</summary>
public static class FolderPath
{
    /// <summary>Whether a path leads to the folder that it starts from, or to something below it.</summary>
    /// <param name="relative">As <see cref="Path.GetRelativePath(string, string)"/> gives it: without detours.</param>
    public static bool IsBelow(string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        return !Path.IsPathRooted(relative)
            && relative != ".."
            && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
    }
}
