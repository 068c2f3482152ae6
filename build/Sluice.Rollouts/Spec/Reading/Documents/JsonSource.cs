using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Newtonsoft.Json;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>Reads JSON with comments into nodes that know their places.</summary>
internal sealed partial class JsonSource
{
    private const int MaximumDepth = 32;

    private readonly string _file;
    private readonly string[] _lines;
    private readonly Mistakes _mistakes;
    private readonly JsonTextReader _reader;
    private int _endLine = 1;
    private int _endColumn;

    private JsonSource(string file, string text, JsonTextReader reader, Mistakes mistakes) =>
        (_file, _lines, _reader, _mistakes) = (file, text.Split('\n'), reader, mistakes);

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file as messages show it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="mistakes">Takes keys that occur twice.</param>
    /// <exception cref="SyntaxException">It is not JSON, or nested more deeply than 32 levels.</exception>
    public static SpecNode Parse(string file, string text, Mistakes mistakes)
    {
        // The reader counts a lone carriage return as a line too; with one kind of line end, its lines and ours are the same.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        RefuseNul(file, lines);
        using var reader = new JsonTextReader(new StringReader(lines))
        {
            DateParseHandling = DateParseHandling.None,
            MaxDepth = MaximumDepth,
        };
        try
        {
            var source = new JsonSource(file, lines, reader, mistakes);
            var root = source.ReadValue(source.Next());
            if (source.TryNext() is { } place)
            {
                throw new SyntaxException(place, "There is text after the end of the document.");
            }

            return root;
        }
        catch (JsonReaderException e)
        {
            // The library ends its messages with the path and the position, which the place says already.
            var end = e.Message.IndexOf(" Path '", StringComparison.Ordinal);
            throw new SyntaxException(
                new Place(file, Math.Max(e.LineNumber, 1), e.LinePosition + 1),
                $"This is not JSON: {(end < 0 ? e.Message : e.Message[..end])}");
        }
    }

    /// <summary>The library passes over a NUL where it stands between tokens, and loses count of the columns.</summary>
    private static void RefuseNul(string file, string text)
    {
        var at = text.IndexOf('\0', StringComparison.Ordinal);
        if (at >= 0)
        {
            var lineStart = text.LastIndexOf('\n', at) + 1;
            throw new SyntaxException(
                new Place(file, text.AsSpan(0, at).Count('\n') + 1, at - lineStart + 1),
                "This is not JSON: there is a NUL, as in a file that is no text in UTF-8.");
        }
    }

    private SpecNode ReadValue(Place place) => _reader.TokenType switch
    {
        JsonToken.StartObject => ReadMap(place),
        JsonToken.StartArray => ReadList(place),
        JsonToken.String => new SpecScalar(place, (string)_reader.Value!, ScalarTypes.Text),
        JsonToken.Integer or JsonToken.Float => ReadNumber(place),
        JsonToken.Boolean => new SpecScalar(place, Literal(place), ScalarTypes.Boolean),
        JsonToken.Null => new SpecScalar(place, "null", ScalarTypes.None),
        _ => throw new SyntaxException(place, "This is not JSON: a map, a list, a string, a number, true, false or null is allowed."),
    };

    /// <summary>The library reads hexadecimal and octal numbers and NaN too, which no other program takes for JSON.</summary>
    private SpecScalar ReadNumber(Place place) => Literal(place) is var literal && Number().IsMatch(literal)
        ? new SpecScalar(place, literal, ScalarTypes.Number)
        : throw new SyntaxException(place, $"This is not JSON: {literal} is no number.");

    private SpecMap ReadMap(Place place)
    {
        var map = new MapBuilder(place, _mistakes);
        while (Next() is var key && _reader.TokenType != JsonToken.EndObject)
        {
            var name = (string)_reader.Value!;
            map.Add(new SpecEntry(name, key, ReadValue(Next())));
        }

        return map.Build();
    }

    private SpecList ReadList(Place place)
    {
        var items = ImmutableArray.CreateBuilder<SpecNode>();
        while (Next() is var item && _reader.TokenType != JsonToken.EndArray)
        {
            items.Add(ReadValue(item));
        }

        return new SpecList(place, items.ToImmutable());
    }

    private Place Next() => TryNext() ?? throw new SyntaxException(
        new Place(_file, _endLine, _endColumn + 1),
        "The document ends too early: a value or a closing bracket is missing.");

    /// <summary>Goes to the next token that is no comment; null at the end.</summary>
    private Place? TryNext()
    {
        while (_reader.Read())
        {
            var start = SkipToToken();
            (_endLine, _endColumn) = (_reader.LineNumber, _reader.LinePosition);
            if (_reader.TokenType != JsonToken.Comment)
            {
                return start;
            }
        }

        return null;
    }

    /// <summary>The reader says where a token ends. It starts after the one before, past white space and commas.</summary>
    private Place SkipToToken()
    {
        var (line, column) = (_endLine, _endColumn);
        while (line <= _lines.Length)
        {
            var text = _lines[line - 1];
            while (column < text.Length && (char.IsWhiteSpace(text[column]) || text[column] == ','))
            {
                column++;
            }

            if (column < text.Length)
            {
                break;
            }

            (line, column) = (line + 1, 0);
        }

        return new Place(_file, line, column + 1);
    }

    private string Literal(Place start) => _lines[_endLine - 1][(start.Column!.Value - 1).._endColumn];

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
