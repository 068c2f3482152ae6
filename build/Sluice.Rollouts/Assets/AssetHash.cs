using System.Security.Cryptography;
using System.Text;

namespace Sluice.Rollouts.Assets;

/// <summary>
/// The hash that <c>az ml</c> tells one folder's content from another's by, in its present and in its older form, over one reading.
/// </summary>
/// <remarks>
/// From Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml</c>, <c>_asset_utils.py</c>: a fixed seed, then what the caller appends. The
/// releases whose source could be read use MD5; the present one is described as using SHA-256 over the same bytes. Both are
/// computed, so that what either has uploaded is found. Where a machine forbids MD5 (FIPS), only the present form is.
/// </remarks>
internal sealed class AssetHash : IDisposable
{
    private readonly IncrementalHash _present = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _older = TryCreateMd5();

    public AssetHash() => Append("Initialize for october 2021 AML CLI version"u8);

    /// <summary>Appends an entry's name.</summary>
    public void Append(string name) => Append(Encoding.UTF8.GetBytes(name));

    /// <summary>Appends a piece of a file.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _present.AppendData(bytes);
        _older?.AppendData(bytes);
    }

    /// <summary>Both forms in lower-case hex; the older one is null where the machine forbids it.</summary>
    public (string Present, string? Older) Finish() => (
        Convert.ToHexStringLower(_present.GetHashAndReset()),
        _older is null ? null : Convert.ToHexStringLower(_older.GetHashAndReset()));

    public void Dispose()
    {
        _present.Dispose();
        _older?.Dispose();
    }

    private static IncrementalHash? TryCreateMd5()
    {
        try
        {
            return IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
