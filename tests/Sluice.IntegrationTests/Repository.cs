namespace Sluice.IntegrationTests;

/// <summary>Where the checkout is.</summary>
public static class Repository
{
    /// <summary>The folder with the solution, found upward from the tests.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Sluice.slnx.");
    }
}
