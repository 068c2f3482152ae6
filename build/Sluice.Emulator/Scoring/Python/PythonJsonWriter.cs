using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Sluice.Emulator.Scoring.Python;

/// <summary>Writes JSON as Python's <c>json.dumps</c> does: ASCII only, one space after comma and colon, shortest floats.</summary>
internal readonly struct PythonJsonWriter
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly PooledBuffer _buffer;

    /// <summary>Writes to the end of a buffer.</summary>
    internal PythonJsonWriter(PooledBuffer buffer) => _buffer = buffer;

    /// <summary>Writes bytes as they are.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>Writes what stands between two items.</summary>
    internal void Separator() => _buffer.Write(", "u8);

    /// <summary>Writes a float.</summary>
    internal void Number(double value) => _buffer.Advance(PythonFloat.Format(value, _buffer.GetSpan(PythonFloat.MaxLength)));

    /// <summary>Writes an integer.</summary>
    internal void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _buffer.GetSpan(PythonFloat.MaxLength), out var length);
        _buffer.Advance(length);
    }

    /// <summary>Writes a boolean.</summary>
    internal void Boolean(bool value) => _buffer.Write(value ? "true"u8 : "false"u8);

    /// <summary>Writes the key of an object's member and its colon.</summary>
    internal void Key(string name)
    {
        Text(name);
        _buffer.Write(": "u8);
    }

    /// <summary>Writes a text in quotes.</summary>
    internal void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a text in quotes.</summary>
    /// <param name="text">UTF-8. Broken sequences become the replacement character.</param>
    internal void Text(ReadOnlySpan<byte> text)
    {
        _buffer.Write("\""u8);
        while (!text.IsEmpty)
        {
            var special = text.IndexOfAnyExcept(Plain);
            var plain = special < 0 ? text : text[..special];
            _buffer.Write(plain);
            text = text[plain.Length..];
            if (!text.IsEmpty)
            {
                Rune.DecodeFromUtf8(text, out var rune, out var consumed);
                Escaped(rune);
                text = text[consumed..];
            }
        }

        _buffer.Write("\""u8);
    }

    private void Escaped(Rune rune)
    {
        var named = rune.Value switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            '\f' => "\\f"u8,
            '\b' => "\\b"u8,
            _ => default,
        };
        if (!named.IsEmpty)
        {
            _buffer.Write(named);
            return;
        }

        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            _buffer.Write("\\u"u8);
            ((int)unit).TryFormat(_buffer.GetSpan(4), out var length, "x4", CultureInfo.InvariantCulture);
            _buffer.Advance(length);
        }
    }
}
