namespace Sluice.Rollouts.Assets;

/// <summary>
/// Walks over a folder in the order in which <c>az ml</c> hashes it: each folder's entries by their lower-case names, a folder's own
/// name before what is in it. What an ignore file names is left out; links are followed within the folder, and one that leaves it is
/// refused, because it would upload something that nobody put there. So is what is no file, and a name that a blob cannot keep.
/// </summary>
/// <param name="root">The folder, not itself reached by a link.</param>
internal sealed class AssetWalk(DirectoryInfo root)
{
    private const int MaximumDepth = 32;

    /// <summary>Links within the folder can make a few folders look like more than anybody can count.</summary>
    private const int MaximumEntries = 200_000;

    private readonly IgnoreRules _ignored = IgnoreRules.Of(root.FullName);
    private int _entries;

    /// <summary>The entries, one by one as they are asked for.</summary>
    /// <exception cref="AssetException">
    /// A link leaves the folder or leads nowhere; something is no file, or a blob could not have its name; the folder is nested more deeply
    /// than 32 levels, or has more than 200,000 entries.
    /// </exception>
    public IEnumerable<AssetEntry> Entries()
    {
        _entries = 0;
        return Enter(root, "", 1);
    }

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

            if (++_entries > MaximumEntries)
            {
                throw new AssetException(root.FullName, $"The folder has more than {MaximumEntries} entries, each link followed.");
            }

            CheckName(entry);
            var followed = Follow(entry);
            yield return new AssetEntry(entry.Name, path, followed as FileInfo);
            foreach (var below in followed is DirectoryInfo child ? Enter(child, path + "/", depth + 1) : [])
            {
                yield return below;
            }
        }
    }

    /// <summary>
    /// Such a name would be another one in the blob store, which takes <c>\</c> for <c>/</c> and drops a dot at the end, and so perhaps the
    /// name of another file.
    /// </summary>
    private static void CheckName(FileSystemInfo entry)
    {
        if (entry.Name.EndsWith('.') || entry.Name.Any(letter => letter == '\\' || char.IsControl(letter)))
        {
            throw new AssetException(
                entry.FullName, @"The name cannot be a blob's; allowed: no \, no control characters, and no dot at the end.");
        }
    }

    private FileSystemInfo Follow(FileSystemInfo entry)
    {
        if (entry.LinkTarget is not { } target)
        {
            return Checked(entry);
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

        return Checked(Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real));
    }

    private static FileSystemInfo Checked(FileSystemInfo found) => found is FileInfo file && !RegularFile.Is(file)
        ? throw new AssetException(file.FullName, "This is a pipe, a socket or a device; allowed: files and folders.")
        : found;
}
