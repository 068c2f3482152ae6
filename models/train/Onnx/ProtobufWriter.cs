using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace HeartClassifier.Trainer.Onnx;

/// <summary>
/// Writes fields in the protobuf wire format, in the order of the calls. Enough of it for an ONNX file, and, unlike a general
/// serializer, with a byte order that no library version can change.
/// </summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>An integer field; negative numbers take ten bytes, as the format wants for int64.</summary>
    public void Write(int field, long value)
    {
        WriteTag(field, Varint);
        WriteVarint((ulong)value);
    }

    /// <summary>A float field.</summary>
    public void Write(int field, float value)
    {
        WriteTag(field, Fixed32);
        WriteFixed32(value);
    }

    /// <summary>A string field, or a bytes field that holds UTF-8.</summary>
    public void Write(int field, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        WriteTag(field, LengthDelimited);
        WriteVarint((ulong)utf8.Length);
        _bytes.Write(utf8);
    }

    /// <summary>A message field.</summary>
    public void Write(int field, Action<ProtobufWriter> message)
    {
        var inner = new ProtobufWriter();
        message(inner);
        WriteTag(field, LengthDelimited);
        WriteVarint((ulong)inner._bytes.WrittenCount);
        _bytes.Write(inner._bytes.WrittenSpan);
    }

    /// <summary>A packed repeated integer field.</summary>
    public void Write(int field, IEnumerable<long> values) => Write(field, packed =>
    {
        foreach (var value in values)
        {
            packed.WriteVarint((ulong)value);
        }
    });

    /// <summary>A packed repeated float field.</summary>
    public void Write(int field, IEnumerable<float> values) => Write(field, packed =>
    {
        foreach (var value in values)
        {
            packed.WriteFixed32(value);
        }
    });

    /// <summary>A repeated string field.</summary>
    public void Write(int field, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Write(field, value);
        }
    }

    /// <summary>Everything written so far.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void WriteTag(int field, int wireType) => WriteVarint((ulong)((field << 3) | wireType));

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }

    private void WriteFixed32(float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }
}
