using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Rollouts.Assets;

/// <summary>
/// The hash by which the official client finds code that was registered before (Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml</c>,
/// <c>_utils/_asset_utils.py</c>, <c>get_content_hash</c>): SHA-256 over the number of files, each one's path and size, and then all
/// contents, in the order of the lower-case paths.
/// </summary>
public static class CodeHash
{
    /// <summary>The version of the rule, as it stands beside the hash.</summary>
    public const string Version = "202208";

    private const int BufferSize = 128 * 1024;

    /// <summary>The hash in lower-case hex.</summary>
    /// <param name="contents">The folder, whose files are read once more.</param>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    public static string Of(AssetContents contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = contents.Files.OrderBy(file => file.RelativePath, PythonOrder.LowerCase).ToList();
        Append(hash, files.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var file in files)
        {
            Append(hash, $"#{file.RelativePath}#");
            Append(hash, file.Bytes.ToString(CultureInfo.InvariantCulture));
        }

        var buffer = new byte[BufferSize];
        foreach (var file in files)
        {
            using var stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
