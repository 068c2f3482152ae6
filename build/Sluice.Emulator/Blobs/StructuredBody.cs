using System.Buffers;
using System.Buffers.Binary;

namespace Sluice.Emulator.Blobs;

/// <summary>
/// A content with checksums in between, of uploads and downloads (documentation: "Structured body format", version 1). All numbers are
/// little-endian. A head: version (1 byte), length of all (8), flags (2), number of segments (2). Each segment: its number from 1 on (2), length
/// of its content (8), the content, its CRC-64 (8). At the end the CRC-64 of the whole content (8).
/// </summary>
internal static class StructuredBody
{
    /// <summary>The one form that there is.</summary>
    public const string Form = "XSM/1.0; properties=crc64";

    /// <summary>The header that names the form, of requests and answers.</summary>
    public const string FormHeader = "x-ms-structured-body";

    /// <summary>The header that says how long the content is without what is in between.</summary>
    public const string LengthHeader = "x-ms-structured-content-length";

    /// <summary>The bytes of the head.</summary>
    public const int HeadLength = 13;

    /// <summary>The bytes before a segment's content.</summary>
    public const int SegmentHeadLength = 10;

    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>The flag that says that there are checksums.</summary>
    public const ushort HasCrc64 = 1;

    private const int SegmentLength = 4 * 1024 * 1024;
    private const int BufferLength = 128 * 1024;

    /// <summary>How long a content is with all that is in between.</summary>
    /// <param name="content">The content's length.</param>
    /// <param name="segments">How many segments there are, 1 or more.</param>
    public static long LengthOf(long content, long segments) =>
        HeadLength + (segments * (SegmentHeadLength + Crc64.Length)) + content + Crc64.Length;

    /// <summary>How long the answer is that <see cref="WriteAsync"/> writes.</summary>
    public static long LengthOf(long content) => LengthOf(content, SegmentsOf(content));

    /// <summary>Writes a part of a content, from where the stream stands, in constant memory.</summary>
    /// <param name="content">The content.</param>
    /// <param name="length">How many bytes of it.</param>
    /// <param name="target">What is written to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EndOfStreamException">There are fewer bytes.</exception>
    public static async Task WriteAsync(Stream content, long length, Stream target, CancellationToken cancellationToken)
    {
        var segments = SegmentsOf(length);
        var whole = new Crc64();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await target.WriteAsync(Head(LengthOf(length), (ushort)segments), cancellationToken);
            for (var (number, left) = (1, length); number <= segments; number++)
            {
                var size = Math.Min(left, SegmentLength);
                await target.WriteAsync(SegmentHead((ushort)number, size), cancellationToken);
                var sum = new Crc64();
                for (var rest = size; rest > 0;)
                {
                    var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(rest, buffer.Length)), cancellationToken);
                    if (read == 0)
                    {
                        throw new EndOfStreamException($"The content ends {left} bytes too early.");
                    }

                    sum.Append(buffer.AsSpan(0, read));
                    whole.Append(buffer.AsSpan(0, read));
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    (rest, left) = (rest - read, left - read);
                }

                await target.WriteAsync(Sum(sum), cancellationToken);
            }

            await target.WriteAsync(Sum(whole), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long SegmentsOf(long content) => Math.Max(1, (content + SegmentLength - 1) / SegmentLength);

    private static byte[] Head(long length, ushort segments)
    {
        var head = new byte[HeadLength];
        head[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(1), length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(9), HasCrc64);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(11), segments);
        return head;
    }

    private static byte[] SegmentHead(ushort number, long length)
    {
        var head = new byte[SegmentHeadLength];
        BinaryPrimitives.WriteUInt16LittleEndian(head, number);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(2), length);
        return head;
    }

    private static byte[] Sum(Crc64 sum)
    {
        var bytes = new byte[Crc64.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, sum.Value);
        return bytes;
    }
}
