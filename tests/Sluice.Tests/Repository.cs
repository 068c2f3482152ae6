namespace Sluice.Tests;

/// <summary>Finds the repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The absolute path of the repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file of the repository.</summary>
    public static string File(string path) => Path.GetFullPath(path, Root);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run outside the repository: no folder above them has Sluice.slnx.");
    }
}
