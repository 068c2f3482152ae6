using System.Text;

namespace Sluice.Emulator.Scoring.Python;

/// <summary>
/// What Python's <c>json.loads</c> makes of bytes that are not plain JSON in UTF-8: it reads UTF-16 and UTF-32, skips a byte order
/// mark, takes NaN and Infinity for numbers, and reports errors by code point. Only for bytes that a fast reader has refused.
/// </summary>
internal sealed class PythonJson
{
    /// <summary>Nesting that Python's own reader allows, about; deeper ends in its RecursionError.</summary>
    internal const int MaxDepth = 990;

    private readonly int[] _text;
    private readonly StringBuilder _plain = new();

    private PythonJson(int[] text) => _text = text;

    /// <summary>Reads the bytes and writes them again as plain JSON in UTF-8. NaN becomes null, an infinity a number too large.</summary>
    /// <exception cref="PythonJsonException">Python refuses the bytes.</exception>
    internal static byte[] Normalize(ReadOnlySpan<byte> bytes)
    {
        var reader = new PythonJson([.. Decode(bytes).EnumerateRunes().Select(rune => rune.Value)]);
        var end = reader.SkipSpace(reader.Value(reader.SkipSpace(0), depth: 0));
        if (end < reader._text.Length)
        {
            throw reader.Error("Extra data", end);
        }

        return Encoding.UTF8.GetBytes(reader._plain.ToString());
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = Detect(bytes);
        try
        {
            var text = encoding.GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException e)
        {
            throw PythonJsonException.Crash($"UnicodeDecodeError: '{encoding.WebName}' codec can't decode the body: {e.Message}");
        }
    }

    // The rule of json.detect_encoding: byte order marks first, then the places of zero bytes among the first four.
    private static Encoding Detect(ReadOnlySpan<byte> bytes)
    {
        var utf32Big = new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);
        var utf32Little = new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);
        var utf16Big = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
        var utf16Little = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
        return bytes switch
        {
            [0x00, 0x00, 0xFE, 0xFF, ..] => utf32Big,
            [0xFF, 0xFE, 0x00, 0x00, ..] => utf32Little,
            [0xFE, 0xFF, ..] => utf16Big,
            [0xFF, 0xFE, ..] => utf16Little,
            [0, 0, _, _, ..] => utf32Big,
            [0, _, _, _, ..] => utf16Big,
            [_, 0, 0, 0, ..] => utf32Little,
            [_, 0, _, _, ..] => utf16Little,
            [0, _] => utf16Big,
            [_, 0] => utf16Little,
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        };
    }

    private PythonJsonException Error(string problem, int position) => PythonJsonException.At(problem, _text, position);

    private int SkipSpace(int at)
    {
        while (at < _text.Length && _text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }

        return at;
    }

    private bool Is(int at, char expected) => at < _text.Length && _text[at] == expected;

    private bool Follows(int at, string word)
    {
        if (_text.Length - at < word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (_text[at + i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    private int Value(int at, int depth)
    {
        if (depth > MaxDepth)
        {
            throw PythonJsonException.Crash("RecursionError: maximum recursion depth exceeded while decoding a JSON value");
        }

        if (Is(at, '"'))
        {
            return Text(at);
        }

        if (Is(at, '{'))
        {
            return Members(at + 1, depth);
        }

        if (Is(at, '['))
        {
            return Items(at + 1, depth);
        }

        ReadOnlySpan<(string Python, string Plain)> words =
        [
            ("null", "null"), ("true", "true"), ("false", "false"),
            ("NaN", "null"), ("Infinity", "1e999"), ("-Infinity", "-1e999"),
        ];
        foreach (var (python, plain) in words)
        {
            if (Follows(at, python))
            {
                _plain.Append(plain);
                return at + python.Length;
            }
        }

        return Number(at);
    }

    private int Members(int at, int depth)
    {
        _plain.Append('{');
        at = SkipSpace(at);
        if (!Is(at, '}'))
        {
            while (true)
            {
                if (!Is(at, '"'))
                {
                    throw Error("Expecting property name enclosed in double quotes", at);
                }

                at = SkipSpace(Text(at));
                if (!Is(at, ':'))
                {
                    throw Error("Expecting ':' delimiter", at);
                }

                _plain.Append(':');
                at = SkipSpace(Value(SkipSpace(at + 1), depth + 1));
                if (Is(at, '}'))
                {
                    break;
                }

                at = Comma(at);
            }
        }

        _plain.Append('}');
        return at + 1;
    }

    private int Items(int at, int depth)
    {
        _plain.Append('[');
        at = SkipSpace(at);
        if (!Is(at, ']'))
        {
            while (true)
            {
                at = SkipSpace(Value(at, depth + 1));
                if (Is(at, ']'))
                {
                    break;
                }

                at = Comma(at);
            }
        }

        _plain.Append(']');
        return at + 1;
    }

    private int Comma(int at)
    {
        if (!Is(at, ','))
        {
            throw Error("Expecting ',' delimiter", at);
        }

        _plain.Append(',');
        return SkipSpace(at + 1);
    }

    private int Text(int start)
    {
        for (var at = start + 1; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '"')
            {
                for (var i = start; i <= at; i++)
                {
                    _plain.Append(new Rune(_text[i]).ToString());
                }

                return at + 1;
            }

            if (c < 0x20)
            {
                throw Error("Invalid control character at", at);
            }

            if (c == '\\')
            {
                at = Escape(start, at + 1);
            }
        }

        throw Error("Unterminated string starting at", start);
    }

    /// <returns>Where the escape's last character stands.</returns>
    private int Escape(int start, int at)
    {
        if (at >= _text.Length)
        {
            throw Error("Unterminated string starting at", start);
        }

        if (_text[at] is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
        {
            return at;
        }

        if (_text[at] != 'u')
        {
            throw Error("Invalid \\escape", at - 1);
        }

        for (var i = at + 1; i <= at + 4; i++)
        {
            // A fifth character must follow: the text cannot end within its string.
            if (at + 5 >= _text.Length || _text[i] > 'f' || !char.IsAsciiHexDigit((char)_text[i]))
            {
                throw Error("Invalid \\uXXXX escape", at);
            }
        }

        return at + 4;
    }

    private int Number(int start)
    {
        var at = Is(start, '-') ? start + 1 : start;
        if (Is(at, '0'))
        {
            at++;
        }
        else if (IsDigit(at))
        {
            at = SkipDigits(at);
        }
        else
        {
            throw Error("Expecting value", start);
        }

        if (Is(at, '.') && IsDigit(at + 1))
        {
            at = SkipDigits(at + 1);
        }

        if (Is(at, 'e') || Is(at, 'E'))
        {
            var digits = Is(at + 1, '+') || Is(at + 1, '-') ? at + 2 : at + 1;
            at = IsDigit(digits) ? SkipDigits(digits) : at;
        }

        for (var i = start; i < at; i++)
        {
            _plain.Append((char)_text[i]);
        }

        return at;
    }

    private bool IsDigit(int at) => at < _text.Length && _text[at] is >= '0' and <= '9';

    private int SkipDigits(int at)
    {
        while (IsDigit(at))
        {
            at++;
        }

        return at;
    }
}
