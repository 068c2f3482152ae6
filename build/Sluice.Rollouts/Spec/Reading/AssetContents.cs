using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// The files of a folder of code or of a model that are uploaded, and the hash over them: one walk, so that both always speak of the same
/// files.
/// </summary>
/// <remarks>
/// The hash is the one of <c>az ml model create</c> (Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml</c>, <c>_asset_utils.py</c>):
/// SHA-256 over a fixed seed and then, folder by folder and in the order of the lower-case names, each entry's name and, of a file, its
/// bytes. What <c>.amlignore</c>, or else <c>.gitignore</c>, in the folder names is left out; see <see cref="IgnoreRules"/>. Links are
/// followed within the folder; one that leaves it is refused, because it would upload something that nobody put there.
/// </remarks>
public sealed class AssetContents
{
    private const int MostFiles = 100_000;
    private const int MaximumDepth = 32;

    private AssetContents(ImmutableArray<AssetFile> files, string digest) => (Files, Digest) = (files, digest);

    /// <summary>The files in the order in which they are hashed.</summary>
    public ImmutableArray<AssetFile> Files { get; }

    /// <summary>The hash in lower-case hex.</summary>
    public string Digest { get; }

    /// <summary>The files' size together.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Walks a folder and reads every file in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="AssetException">
    /// The folder is missing; something in it cannot be read; a link leaves it or leads nowhere; it has more than 100,000 files or is
    /// nested more deeply than 32 levels.
    /// </exception>
    public static AssetContents Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var root = new DirectoryInfo(Path.GetFullPath(folder));
        if (!root.Exists)
        {
            throw new AssetException(root.FullName, "The folder does not exist.");
        }

        try
        {
            using var walk = new Walk(root);
            return walk.Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(root.FullName, $"The folder cannot be read: {e.Message}", e);
        }
    }

    private sealed class Walk(DirectoryInfo root) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly byte[] _buffer = new byte[128 * 1024];
        private readonly ImmutableArray<AssetFile>.Builder _files = ImmutableArray.CreateBuilder<AssetFile>();
        private readonly IgnoreRules _ignored = IgnoreRules.Of(root.FullName);
        private readonly string _realRoot = RealPath.Of(root.FullName);

        public AssetContents Run()
        {
            _hash.AppendData("Initialize for october 2021 AML CLI version"u8);
            Enter(root, "", 1);
            return new AssetContents(_files.ToImmutable(), Convert.ToHexStringLower(_hash.GetHashAndReset()));
        }

        public void Dispose() => _hash.Dispose();

        private void Enter(DirectoryInfo folder, string prefix, int depth)
        {
            if (depth > MaximumDepth)
            {
                throw new AssetException(folder.FullName, $"The folder is nested more deeply than {MaximumDepth} levels.");
            }

            foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, PythonLowerCaseOrder.Instance))
            {
                var path = prefix + entry.Name;
                if (_ignored.Exclude(path))
                {
                    continue;
                }

                _hash.AppendData(Encoding.UTF8.GetBytes(entry.Name));
                switch (Follow(entry))
                {
                    case DirectoryInfo child:
                        Enter(child, path + "/", depth + 1);
                        break;
                    case FileInfo file:
                        Add(file, path);
                        break;
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

            if (!real.StartsWith(_realRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new AssetException(
                    entry.FullName,
                    $"The link points to {target}, outside the model folder; allowed: links within the folder.");
            }

            return Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
        }

        private void Add(FileInfo file, string path)
        {
            if (_files.Count == MostFiles)
            {
                throw new AssetException(root.FullName, $"The folder has more than {MostFiles} files.");
            }

            try
            {
                using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                var bytes = 0L;
                for (int read; (read = stream.Read(_buffer)) > 0; bytes += read)
                {
                    _hash.AppendData(_buffer, 0, read);
                }

                _files.Add(new AssetFile(path, file.FullName, bytes));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new AssetException(file.FullName, $"The file cannot be read: {e.Message}", e);
            }
        }
    }
}
