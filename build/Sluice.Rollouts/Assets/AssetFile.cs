namespace Sluice.Rollouts.Assets;

/// <summary>A file that is uploaded, as it was when it was read.</summary>
/// <param name="RelativePath">Its path in the folder, with <c>/</c> between the names on every system.</param>
/// <param name="FullPath">Its absolute path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was last written, in UTC, looked up before it was read.</param>
public sealed record AssetFile(string RelativePath, string FullPath, long Bytes, DateTime ModifiedAt)
{
    /// <summary>Whether the file on disk still has the size and the time of its last write that it was read with.</summary>
    public bool IsAsRead()
    {
        var now = new FileInfo(FullPath);
        return now.Exists && now.Length == Bytes && now.LastWriteTimeUtc == ModifiedAt;
    }
}
