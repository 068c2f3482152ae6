namespace Sluice.Rollouts.Assets;

/// <summary>A folder, or a file in it, cannot be uploaded.</summary>
/// <param name="file">The absolute path of the file or folder.</param>
/// <param name="message">What is wrong and what is allowed, in one or two sentences.</param>
/// <param name="innerException">What the file system said; null for a rule of the rollout's own.</param>
public sealed class AssetException(string file, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The absolute path of the file or folder.</summary>
    public string File { get; } = file;
}
