namespace Sluice.Rollouts.Assets;

/// <summary>
/// Walks over a folder in the order in which <c>az ml</c> hashes it: each folder's entries by their lower-case names, a folder's own
/// name before what is in it. What an ignore file names is left out; links are followed within the folder, and one that leaves it is
/// refused, because it would upload something that nobody put there.
/// </summary>
/// <param name="root">The folder, not itself reached by a link.</param>
internal sealed class AssetWalk(DirectoryInfo root)
{
    private const int MaximumDepth = 32;

    private readonly IgnoreRules _ignored = IgnoreRules.Of(root.FullName);

    /// <summary>The entries, one by one as they are asked for.</summary>
    /// <exception cref="AssetException">
    /// A link leaves the folder or leads nowhere, or the folder is nested more deeply than 32 levels.
    /// </exception>
    public IEnumerable<AssetEntry> Entries() => Enter(root, "", 1);

    private IEnumerable<AssetEntry> Enter(DirectoryInfo folder, string prefix, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new AssetException(folder.FullName, $"The folder is nested more deeply than {MaximumDepth} levels.");
        }

        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, PythonOrder.LowerCase))
        {
            var path = prefix + entry.Name;
            if (_ignored.Exclude(path))
            {
                continue;
            }

            var followed = Follow(entry);
            yield return new AssetEntry(entry.Name, path, followed as FileInfo);
            foreach (var below in followed is DirectoryInfo child ? Enter(child, path + "/", depth + 1) : [])
            {
                yield return below;
            }
        }
    }

    private FileSystemInfo Follow(FileSystemInfo entry)
    {
        if (entry.LinkTarget is not { } target)
        {
            return entry;
        }

        var real = RealPath.Of(entry.FullName);
        if (!Path.Exists(real))
        {
            throw new AssetException(entry.FullName, $"The link points to {target}, which does not exist.");
        }

        if (!real.StartsWith(root.FullName + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new AssetException(
                entry.FullName, $"The link points to {target}, outside the folder that is uploaded; allowed: links within the folder.");
        }

        return Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
    }
}
