namespace Sluice.CommandLine;

/// <summary>The directory that a run works in: paths that arguments name start from it, and artifacts are written into it.</summary>
internal static class WorkingFolder
{
    /// <summary>Makes it the current one, as Cake does, but before anything is read.</summary>
    /// <param name="given">The arguments.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Enter(GivenArguments given)
    {
        if (given.FullPath(Arguments.Working) is not { } folder)
        {
            return null;
        }

        if (!Directory.Exists(folder))
        {
            return $"--{Arguments.Working.Name} is '{folder}', which {(File.Exists(folder) ? "is a file; allowed: a folder" : "does not exist")}.";
        }

        Environment.CurrentDirectory = folder;
        return null;
    }
}
