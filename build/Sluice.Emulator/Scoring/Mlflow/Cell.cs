using System.Text;
using System.Text.Json;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>One value of a request, left where it stands in the JSON text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins; for a text, behind the quote.</param>
/// <param name="Length">Its bytes; for a text, without the quotes.</param>
internal readonly record struct Cell(CellKind Kind, int Start, int Length)
{
    /// <summary>The value under a reader. A list or an object is stepped over.</summary>
    /// <param name="reader">Stands on the value's first token, and afterwards on its last.</param>
    /// <param name="offset">Where the reader's text begins in the whole one.</param>
    internal static Cell Read(ref Utf8JsonReader reader, int offset)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new Cell(
                    reader.ValueIsEscaped ? CellKind.EscapedText : CellKind.Text, offset + start + 1, reader.ValueSpan.Length);
            case JsonTokenType.Number:
                var kind = reader.ValueSpan.IndexOfAny(".eE"u8) < 0 ? CellKind.Integer : CellKind.Float;
                return new Cell(kind, offset + start, reader.ValueSpan.Length);
            case JsonTokenType.True:
                return new Cell(CellKind.True, offset + start, reader.ValueSpan.Length);
            case JsonTokenType.False:
                return new Cell(CellKind.False, offset + start, reader.ValueSpan.Length);
            case JsonTokenType.Null:
                return new Cell(CellKind.Null, offset + start, reader.ValueSpan.Length);
            default:
                reader.Skip();
                return new Cell(CellKind.Nested, offset + start, (int)reader.BytesConsumed - start);
        }
    }

    /// <summary>The value's bytes, escapes and all.</summary>
    internal ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json.Slice(Start, Length);

    /// <summary>The text of a <see cref="CellKind.Text"/> or <see cref="CellKind.EscapedText"/>.</summary>
    /// <exception cref="ScoringException">An escape makes half a surrogate pair.</exception>
    internal string ToText(ReadOnlySpan<byte> json)
    {
        if (Kind == CellKind.Text)
        {
            return Encoding.UTF8.GetString(Of(json));
        }

        var reader = new Utf8JsonReader(json.Slice(Start - 1, Length + 2));
        reader.Read();
        return TextAt(ref reader);
    }

    /// <summary>The text, or a member's name, that a reader stands on.</summary>
    /// <exception cref="ScoringException">An escape makes half a surrogate pair.</exception>
    internal static string TextAt(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ScoringException("UnicodeEncodeError", "'utf-8' codec can't encode a text of the input: surrogates not allowed");
        }
    }

    /// <summary>What Python's <c>str()</c> makes of the value: that is what a text input of a graph gets.</summary>
    /// <exception cref="ScoringException">The value is a list or an object.</exception>
    internal string ToPythonText(ReadOnlySpan<byte> json) => Kind switch
    {
        CellKind.Text or CellKind.EscapedText => ToText(json),
        CellKind.Null => "None",
        CellKind.Nan => "nan",
        CellKind.True => "True",
        CellKind.False => "False",
        CellKind.Integer => Of(json).SequenceEqual("-0"u8) ? "0" : Encoding.ASCII.GetString(Of(json)),
        CellKind.Float => Repr(Of(json)),
        _ => throw new ScoringException("ValueError", "a list or an object stands where a single value is expected"),
    };

    private static string Repr(ReadOnlySpan<byte> number)
    {
        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        return Encoding.ASCII.GetString(text[..PythonFloat.Format(PythonFloat.ParseJson(number), text)]);
    }
}
