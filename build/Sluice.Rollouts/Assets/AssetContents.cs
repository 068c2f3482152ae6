using System.Buffers;
using System.Collections.Immutable;

namespace Sluice.Rollouts.Assets;

/// <summary>
/// What is uploaded of a folder of a model or of code, or of a single file, and the hash over it: one walk, so that both always speak of
/// the same files.
/// </summary>
/// <remarks>
/// The hash is the one of <c>az ml model create</c>, see <see cref="AssetHash"/>: of a folder, over each entry's name and, of a file, its
/// bytes, in the order of an <see cref="AssetWalk"/>; of a single file, over its bytes alone. An empty folder counts by its name, and is
/// not uploaded, as a blob store has no folders. Two things are done in other ways than <c>az ml</c> does them: a relative link is
/// looked for beside the link (<c>az ml</c> looks in the current directory), and in a folder that is reached by a link, the ignore file's
/// patterns are held against the path through the link. A folder with such links may thus be uploaded a second time; nothing
/// else comes of it.
/// </remarks>
public sealed class AssetContents
{
    private const int MostFiles = 100_000;
    private const int PieceSize = 128 * 1024;

    private AssetContents(FileSystemInfo root, ImmutableArray<AssetFile> files, (string Present, string? Older) hash)
    {
        (Path, Name, IsFile) = (root.FullName, root.Name, root is FileInfo);
        Files = files;
        (Digest, OlderDigest) = hash;
        Bytes = files.Sum(file => file.Bytes);
    }

    /// <summary>The absolute path, with every link in it followed.</summary>
    public string Path { get; }

    /// <summary>The name of the folder or file itself.</summary>
    public string Name { get; }

    /// <summary>Whether it is a single file.</summary>
    public bool IsFile { get; }

    /// <summary>The files in the order in which they are hashed.</summary>
    public ImmutableArray<AssetFile> Files { get; }

    /// <summary>
    /// The file whose blob says that all are there: the first one by its full path with <c>/</c>, in the order of code points.
    /// </summary>
    public AssetFile Indicator =>
        Files.MinBy(file => file.FullPath.Replace(System.IO.Path.DirectorySeparatorChar, '/'), PythonOrder.Exact)!;

    /// <summary>The hash, SHA-256 in lower-case hex.</summary>
    public string Digest { get; }

    /// <summary>The hash as older releases of <c>az ml</c> compute it, MD5 in lower-case hex; null where the machine forbids MD5.</summary>
    public string? OlderDigest { get; }

    /// <summary>The files' size together.</summary>
    public long Bytes { get; }

    /// <summary>Reads a folder with every file in it, or a single file, in constant memory.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AssetException">
    /// There is neither; something cannot be read or is no file; a link leaves the folder or leads nowhere; a name is none for a blob; the
    /// folder has no files or more than 100,000, or is nested more deeply than 32 levels; an ignore file has a pattern that is none.
    /// </exception>
    public static AssetContents Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var shown = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            var real = RealPath.Of(shown);
            using var hash = new AssetHash();
            FileSystemInfo root = File.Exists(real) ? new FileInfo(real) : new DirectoryInfo(real);
            var files = root switch
            {
                FileInfo file when !RegularFile.Is(file) =>
                    throw new AssetException(shown, "This is a pipe, a socket or a device; allowed: a file or a folder."),
                FileInfo file => [Read(file, file.Name, hash, cancellationToken)],
                DirectoryInfo { Exists: true } folder => Read(folder, hash, cancellationToken),
                _ => throw new AssetException(shown, "There is no such folder or file."),
            };
            return new AssetContents(root, files, hash.Finish());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(shown, $"It cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// The relative paths of files that are other ones, gone or new since the reading, in order; by size and time of the last write,
    /// without reading them again.
    /// </summary>
    /// <exception cref="AssetException">The folder cannot be read any more.</exception>
    public ImmutableArray<string> FindChanges()
    {
        try
        {
            var now = IsFile
                ? Files.Where(file => File.Exists(file.FullPath)).Select(file => file.RelativePath).ToHashSet(StringComparer.Ordinal)
                : new AssetWalk(new DirectoryInfo(Path)).Entries()
                    .Where(entry => entry.File is not null)
                    .Select(entry => entry.RelativePath)
                    .ToHashSet(StringComparer.Ordinal);
            var known = Files.Select(file => file.RelativePath).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. Files.Where(file => !now.Contains(file.RelativePath) || !file.IsAsRead())
                    .Select(file => file.RelativePath)
                    .Concat(now.Where(path => !known.Contains(path)))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(Path, $"It cannot be read any more: {e.Message}", e);
        }
    }

    private static ImmutableArray<AssetFile> Read(DirectoryInfo folder, AssetHash hash, CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<AssetFile>();
        foreach (var entry in new AssetWalk(folder).Entries())
        {
            hash.Append(entry.Name);
            if (entry.File is not { } file)
            {
                continue;
            }

            if (files.Count == MostFiles)
            {
                throw new AssetException(folder.FullName, $"The folder has more than {MostFiles} files.");
            }

            files.Add(Read(file, entry.RelativePath, hash, cancellationToken));
        }

        return files.Count > 0
            ? files.ToImmutable()
            : throw new AssetException(folder.FullName, "The folder has no files, or an ignore file leaves them all out.");
    }

    private static AssetFile Read(FileInfo file, string relativePath, AssetHash hash, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            // Before the reading, so that a write during it shows later on.
            file.Refresh();
            var modifiedAt = file.LastWriteTimeUtc;
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var bytes = 0L;
            for (int read; (read = stream.Read(piece)) > 0; bytes += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.Append(piece.AsSpan(0, read));
            }

            return new AssetFile(relativePath, file.FullName, bytes, modifiedAt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(file.FullName, $"The file cannot be read: {e.Message}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
