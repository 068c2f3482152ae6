using Sluice.Rollouts;

namespace Sluice.Output;

/// <summary>
/// The folder that a run leaves its journal and its test results in. It holds no secret; all the same, what a rollout does is nobody else's
/// business on a machine that several people share. On Windows it has the rights of the folder above it.
/// </summary>
internal static class ArtifactsFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where the folder is, whether it is there or not.</summary>
    /// <param name="root">The folder of the checkout.</param>
    public static string Of(string root) => Path.Combine(root, "artifacts");

    /// <summary>Makes the folder for its owner only when it is missing; one that is there keeps the rights that somebody gave it.</summary>
    /// <param name="root">The folder of the checkout.</param>
    /// <returns>Its path.</returns>
    public static string Open(string root) => Make(Of(root));

    /// <summary>The same for a folder of any other place.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Its absolute path.</returns>
    public static string Make(string folder) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly)).FullName;

    /// <summary>A path as it is typed in the working directory: from there on where it is below it, else whole.</summary>
    /// <param name="path">The absolute path.</param>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return FolderPath.IsBelow(relative) ? relative.Replace('\\', '/') : path;
    }

    /// <summary>How a file of it is opened for writing: one that is new is its owner's only.</summary>
    /// <param name="mode">What becomes of a file that is there.</param>
    public static FileStreamOptions ForOwner(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
