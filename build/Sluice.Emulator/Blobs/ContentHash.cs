using System.Security.Cryptography;

namespace Sluice.Emulator.Blobs;

/// <summary>The hashes of a content, computed while it passes.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly Crc64 _crc64 = new();

    /// <summary>Takes bytes that come next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        _crc64.Append(bytes);
    }

    /// <summary>The hashes of all that came.</summary>
    public ContentHashes Complete() => new(Convert.ToBase64String(_md5.GetHashAndReset()), _crc64.ToBase64());

    /// <summary>The hashes of a content that is there as a whole.</summary>
    public static ContentHashes Of(ReadOnlySpan<byte> content)
    {
        using var hash = new ContentHash();
        hash.Append(content);
        return hash.Complete();
    }

    public void Dispose() => _md5.Dispose();
}
