using System.Buffers.Binary;

namespace Sluice.Emulator.Blobs;

/// <summary>
/// The CRC-64 of the service, which is that of NVM Express: the reflected polynomial <c>0x9A6C9329AC4BC9B5</c>, with all bits set at the
/// beginning and turned at the end. Eight bytes are taken at once, each from a table of its own.
/// </summary>
internal sealed class Crc64
{
    /// <summary>Its length in bytes. They are sent in little-endian order, in headers as base64.</summary>
    public const int Length = sizeof(ulong);

    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;
    private const int Step = sizeof(ulong);
    private const int Values = 256;
    private static readonly ulong[] Tables = MakeTables();
    private ulong _state = ulong.MaxValue;

    /// <summary>The sum of what came so far.</summary>
    public ulong Value => ~_state;

    /// <summary>Takes bytes that come next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var word = state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            state = 0;
            for (var place = 0; place < Step; place++)
            {
                state ^= Tables[((Step - 1 - place) * Values) + (byte)(word >> (8 * place))];
            }
        }

        foreach (var one in bytes)
        {
            state = Tables[(byte)(state ^ one)] ^ (state >> 8);
        }

        _state = state;
    }

    /// <summary>The sum as it is written in a header.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Value);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The sums of each byte (the first table), and of each byte with one to seven zeros behind it (the others).</summary>
    private static ulong[] MakeTables()
    {
        var tables = new ulong[Step * Values];
        for (var value = 0; value < Values; value++)
        {
            var sum = (ulong)value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
            }

            tables[value] = sum;
        }

        for (var at = Values; at < tables.Length; at++)
        {
            var before = tables[at - Values];
            tables[at] = tables[(byte)before] ^ (before >> 8);
        }

        return tables;
    }
}
