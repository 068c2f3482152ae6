using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Sluice.Emulator.Scoring.Python;

/// <summary>Numbers as Python reads and writes them.</summary>
internal static class PythonFloat
{
    /// <summary>Enough for every double and every 64-bit integer.</summary>
    internal const int MaxLength = 32;

    private const double FirstWithExponent = 1e16;

    /// <summary>
    /// Writes what <c>json.dumps</c> writes for a float: the shortest digits that read back as the same double, a fraction or an
    /// exponent always, exponents below -4 and from 16 on, and the names NaN and Infinity, which are not JSON but what Python sends.
    /// </summary>
    /// <returns>Bytes written.</returns>
    internal static int Format(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
            name.CopyTo(destination);
            return name.Length;
        }

        value.TryFormat(destination, out var length, "R", CultureInfo.InvariantCulture);
        var written = destination[..length];
        var exponentAt = written.IndexOf((byte)'E');
        if (exponentAt >= 0)
        {
            written[exponentAt] = (byte)'e';
            return length;
        }

        if (Math.Abs(value) >= FirstWithExponent)
        {
            return WithExponent(written, destination);
        }

        if (written.Contains((byte)'.'))
        {
            return length;
        }

        ".0"u8.CopyTo(destination[length..]);
        return length + 2;
    }

    /// <summary>Reads a text as Python's <c>float()</c> does: spaces around, underscores between digits, nan, inf and infinity.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        text = TrimSpace(text);
        var unsigned = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        var sign = text.Length > 0 && text[0] == (byte)'-' ? -1.0 : 1.0;
        if (Ascii.EqualsIgnoreCase(unsigned, "nan"u8))
        {
            value = double.NaN;
            return true;
        }

        if (Ascii.EqualsIgnoreCase(unsigned, "inf"u8) || Ascii.EqualsIgnoreCase(unsigned, "infinity"u8))
        {
            value = sign * double.PositiveInfinity;
            return true;
        }

        value = 0;
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return WithoutUnderscores(text, out var digits) && double.TryParse(digits, styles, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a text as Python's <c>int()</c> does, within 64 bits: spaces around, underscores between digits.</summary>
    internal static bool TryParseInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return WithoutUnderscores(TrimSpace(text), out var digits)
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a JSON number without fraction and exponent.</summary>
    internal static bool TryParseJsonInteger(ReadOnlySpan<byte> text, out long value)
        => Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;

    /// <summary>Whether 64 bits hold a JSON number without fraction and exponent, with a sign or, when it is positive, without one.</summary>
    internal static bool FitsIn64Bits(ReadOnlySpan<byte> text)
        => TryParseJsonInteger(text, out _) || (Utf8Parser.TryParse(text, out ulong _, out var consumed) && consumed == text.Length);

    /// <summary>Reads a JSON number of any form. One too large is an infinity, as in Python.</summary>
    internal static double ParseJson(ReadOnlySpan<byte> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // .NET turns to exponents one power of ten later than Python: these numbers have 17 digits and no fraction.
    private static int WithExponent(ReadOnlySpan<byte> written, Span<byte> destination)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        written.CopyTo(digits);
        digits = digits[..written.Length];
        var length = digits[0] == (byte)'-' ? 2 : 1;
        var fraction = digits[length..].TrimEnd((byte)'0');
        if (!fraction.IsEmpty)
        {
            destination[length++] = (byte)'.';
            fraction.CopyTo(destination[length..]);
            length += fraction.Length;
        }

        "e+16"u8.CopyTo(destination[length..]);
        return length + 4;
    }

    private static ReadOnlySpan<byte> TrimSpace(ReadOnlySpan<byte> text) => text.Trim(" \t\n\r\v\f"u8);

    private static bool WithoutUnderscores(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> digits)
    {
        digits = text;
        if (!text.Contains((byte)'_'))
        {
            return text.Length > 0;
        }

        var kept = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'_')
            {
                kept[count++] = text[i];
            }
            else if (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit((char)text[i - 1]) || !char.IsAsciiDigit((char)text[i + 1]))
            {
                return false;
            }
        }

        digits = kept.AsSpan(0, count);
        return true;
    }
}
