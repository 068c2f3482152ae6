using Sluice.Output;
using Sluice.Rollouts.Diagnosis;

namespace Sluice.Sessions;

/// <summary>The folders of this machine that dotnet and runs write to. What tries them leaves nothing behind.</summary>
internal static class WrittenFolder
{
    /// <summary>The home folder, which has to be there: what dotnet is told to take, else the user's.</summary>
    public static FolderFact Home()
    {
        var told = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME");
        var home = string.IsNullOrEmpty(told)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify)
            : told;
        return new(home, ObstacleIn(home));
    }

    /// <summary>The folder of reports.</summary>
    /// <param name="root">The folder of the checkout.</param>
    public static FolderFact Artifacts(string root) => Made(ArtifactsFolder.Of(root));

    /// <summary>The folder of what is built and of what is kept.</summary>
    /// <param name="root">The folder of the checkout.</param>
    public static FolderFact Workshop(string root) => Made(Path.Combine(root, ".sluice"));

    /// <summary>A folder that is made when it is missing; then the one above must take it.</summary>
    private static FolderFact Made(string folder) =>
        new(folder, ObstacleIn(Path.Exists(folder) ? folder : Path.GetDirectoryName(folder)!));

    private static string? ObstacleIn(string folder)
    {
        try
        {
            using var tried = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return File.Exists(folder) ? "it is a file"
                : !Directory.Exists(folder) ? "it is not there"
                : error is UnauthorizedAccessException ? "access is denied"
                : error.Message;
        }
    }
}
