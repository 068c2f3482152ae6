namespace Sluice.Emulator.Blobs;

/// <summary>The hashes that the service computes of a content.</summary>
/// <param name="Md5">Its MD5, base64.</param>
/// <param name="Crc64">Its CRC-64, base64, see <see cref="Blobs.Crc64"/>.</param>
internal sealed record ContentHashes(string Md5, string Crc64)
{
    private const string Md5Header = "Content-MD5";
    private const string Crc64Header = "x-ms-content-crc64";
    private const int Md5Bytes = 16;

    /// <summary>Checks the hash of the content that a request may name: one of the two, not both ("Put Blob").</summary>
    /// <exception cref="BlobRefusedException">It is no hash, or that of another content.</exception>
    public void Check(BlobExchange exchange)
    {
        var (md5, crc64) = (exchange.Header(Md5Header), exchange.Header(Crc64Header));
        if (md5 is not null && crc64 is not null)
        {
            throw BlobRefuse.BothHashes();
        }

        if (md5 is not null)
        {
            CheckMd5(md5);
        }

        if (crc64 is not null)
        {
            CheckCrc64(crc64);
        }
    }

    /// <summary>Gives the MD5 back, so that the client can check it too.</summary>
    public void SetMd5(BlobExchange exchange) => exchange.Set(Md5Header, Md5);

    /// <summary>Gives the CRC-64 back, so that the client can check it too.</summary>
    public void SetCrc64(BlobExchange exchange) => exchange.Set(Crc64Header, Crc64);

    private void CheckMd5(string given)
    {
        if (!IsHash(given, Md5Bytes))
        {
            throw BlobRefuse.InvalidMd5();
        }

        if (given != Md5)
        {
            throw BlobRefuse.Md5Mismatch(given, Md5);
        }
    }

    private void CheckCrc64(string given)
    {
        if (!IsHash(given, Blobs.Crc64.Length))
        {
            throw BlobRefuse.InvalidHeader(Crc64Header, given, $"base64 of {Blobs.Crc64.Length} bytes");
        }

        if (given != Crc64)
        {
            throw BlobRefuse.Crc64Mismatch(given, Crc64);
        }
    }

    private static bool IsHash(string text, int bytes)
    {
        Span<byte> decoded = stackalloc byte[Md5Bytes];
        return Convert.TryFromBase64String(text, decoded, out var length) && length == bytes;
    }
}
