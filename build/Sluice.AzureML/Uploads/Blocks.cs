using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Sluice.Rollouts.Assets;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// How a file is cut into blocks. The cut follows from the size alone and a block's id from its place and content, so that a second
/// upload of the same file finds the blocks that an earlier one left.
/// </summary>
/// <remarks>
/// A file of up to 16 MiB is sent in one piece: the service has one request to answer and nothing to put together.
/// 8 MiB is above the 4 MiB from which on a standard account takes blocks with high throughput, and small enough that little is sent
/// twice after a break and that eight at once stay at 64 MiB of memory. A blob has at most 50,000 blocks, so files above 390 GiB get
/// larger ones (learn.microsoft.com/azure/storage/blobs/scalability-targets).
/// </remarks>
internal static class Blocks
{
    private const int LongestPiece = 16 * 1024 * 1024;
    private const int UsualSize = 8 * 1024 * 1024;
    private const int MostBlocks = 50_000;

    /// <summary>Whether a file is sent as it is, without blocks.</summary>
    public static bool IsOnePiece(AssetFile file) => file.Bytes <= LongestPiece;

    /// <summary>The size of a file's blocks; the last one may be shorter.</summary>
    public static int SizeOf(AssetFile file)
    {
        var steps = Math.Max(1, (file.Bytes + ((long)UsualSize * MostBlocks) - 1) / ((long)UsualSize * MostBlocks));
        return checked((int)(steps * UsualSize));
    }

    /// <summary>A file's blocks.</summary>
    public static ImmutableArray<(long Offset, int Length)> Of(AssetFile file)
    {
        var size = SizeOf(file);
        var blocks = ImmutableArray.CreateBuilder<(long, int)>();
        for (var offset = 0L; offset < file.Bytes; offset += size)
        {
            blocks.Add((offset, (int)Math.Min(size, file.Bytes - offset)));
        }

        return blocks.ToImmutable();
    }

    /// <summary>
    /// The id of a block: its offset, length and SHA-256. With 64 characters it is as long as the ids of the official clients; a
    /// blob's blocks must have ids of one length, whoever sent them.
    /// </summary>
    public static string IdOf(long offset, ReadOnlySpan<byte> content)
    {
        Span<byte> id = stackalloc byte[2 * sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(id, offset);
        BinaryPrimitives.WriteInt64BigEndian(id[sizeof(long)..], content.Length);
        SHA256.HashData(content, id[(2 * sizeof(long))..]);
        return Convert.ToBase64String(id);
    }
}
