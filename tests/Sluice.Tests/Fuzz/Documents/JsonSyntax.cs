using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Fuzz.Documents;

/// <summary>JSON, dense or with white space, and with comments where they are allowed.</summary>
/// <param name="hasComments">Whether the readers of the document skip comments.</param>
internal sealed partial class JsonSyntax(bool hasComments) : IDocumentSyntax
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip };

    public IReadOnlyList<string> Signs { get; } =
    [
        "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\\u", "\\ud800", "//", "/*", "*/", "-", "+", "e", ".", "NaN", "undefined", "\0",
        "\uFEFF",
    ];

    public FuzzNode Read(string text)
    {
        using var document = JsonDocument.Parse(text, Lenient);
        return Of(document.RootElement);
    }

    public string Write(FuzzNode root, Random random)
    {
        var text = new StringBuilder();
        Write(text, root, random.Next(2) == 0 ? -1 : 0, random);
        return text.ToString();
    }

    private static FuzzNode Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new FuzzMap(element.EnumerateObject().Select(member => (member.Name, Of(member.Value)))),
        JsonValueKind.Array => new FuzzList(element.EnumerateArray().Select(Of)),
        JsonValueKind.String => new FuzzScalar(element.GetString()!, IsText: true),
        _ => new FuzzScalar(element.GetRawText(), IsText: false),
    };

    /// <param name="text">Takes the text.</param>
    /// <param name="node">What is written.</param>
    /// <param name="level">The level of indentation; below zero for none.</param>
    /// <param name="random">Chooses comments and escapes.</param>
    private void Write(StringBuilder text, FuzzNode node, int level, Random random)
    {
        switch (node)
        {
            case FuzzScalar { IsText: true } scalar:
                Write(text, scalar.Text, random);
                break;
            case FuzzScalar scalar when Literal().IsMatch(scalar.Text) || random.Next(8) == 0:
                text.Append(scalar.Text);
                break;
            case FuzzScalar scalar:
                // Reading would end at a literal that JSON does not have, so most of them become texts.
                Write(text, scalar.Text, random);
                break;
            default:
                var map = node as FuzzMap;
                text.Append(map is null ? '[' : '{');
                for (var index = 0; index < node.Children.Count; index++)
                {
                    text.Append(index == 0 ? "" : ",");
                    BreakLine(text, level + 1, random);
                    if (map is not null)
                    {
                        Write(text, map.Entries[index].Key, random);
                        text.Append(level < 0 ? ":" : ": ");
                    }

                    Write(text, node.Children[index], level < 0 ? level : level + 1, random);
                }

                BreakLine(text, level, random);
                text.Append(map is null ? ']' : '}');
                break;
        }
    }

    private void BreakLine(StringBuilder text, int level, Random random)
    {
        if (level > 0)
        {
            text.Append(random.Next(200) == 0 ? "\r\n" : "\n").Append(' ', 2 * level);
        }

        if (hasComments && random.Next(100) == 0)
        {
            text.Append(random.Next(2) == 0 ? "/* a { comment */" : "// a \" comment\n");
        }
    }

    [GeneratedRegex(@"\A(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();

    private static void Write(StringBuilder text, string value, Random random)
    {
        text.Append('"');
        for (var index = 0; index < value.Length; index++)
        {
            var letter = value[index];
            var isPair = char.IsHighSurrogate(letter) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]);
            if (isPair)
            {
                text.Append(letter).Append(value[++index]);
            }
            else if (letter < ' ' || char.IsSurrogate(letter) || (char.IsLetter(letter) && random.Next(500) == 0))
            {
                text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(letter is '"' or '\\' ? "\\" : "").Append(letter);
            }
        }

        text.Append('"');
    }
}
