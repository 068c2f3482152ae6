using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Fuzz.Documents;

/// <summary>YAML in its block and flow forms, with anchors, aliases and tags now and then.</summary>
internal sealed class YamlSyntax : IDocumentSyntax
{
    private static readonly JsonSyntax Json = new(hasComments: false);

    public IReadOnlyList<string> Signs { get; } =
    [
        "- ", "? ", ": ", ":", ", ", "[", "]", "{", "}", "#", " #", "&a ", "*a", "*b", "!", "!!str ", "!!binary ", "!<x> ", "|", "|+9\n",
        ">-\n", "'", "\"", "%", "%YAML 1.2\n", "%TAG ! x\n", "@", "`", "\t", "---\n", "...\n", "<<: ", "<<: *a\n", "\n", "\n  ", "\r", "~",
        "=", "\u0085", "\u2028", "\0", "\uFEFF", "\\x", "\\u12",
    ];

    public FuzzNode Read(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return Of(stream.Documents.Single().RootNode);
    }

    public string Write(FuzzNode root, Random random)
    {
        var text = new StringBuilder(random.Next(50) == 0 ? "%YAML 1.1\n---" : random.Next(20) == 0 ? "---" : "");
        Write(text, root, indent: 0, random);
        return text.ToString().TrimStart('\n');
    }

    private static FuzzNode Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new FuzzMap(map.Children.Select(entry => (((YamlScalarNode)entry.Key).Value!, Of(entry.Value)))),
        YamlSequenceNode list => new FuzzList(list.Children.Select(Of)),
        YamlScalarNode scalar => new FuzzScalar(scalar.Value!, scalar.Style != ScalarStyle.Plain),
        _ => throw new InvalidOperationException($"A sample has a node of the kind {node.NodeType}."),
    };

    /// <summary>Writes a node behind a key or a hyphen: a scalar and a flow in the same line, a block in the next ones.</summary>
    private static void Write(StringBuilder text, FuzzNode node, int indent, Random random)
    {
        if (random.Next(150) == 0)
        {
            text.Append(random.Next(3) switch { 0 => " &a", 1 => " !!str", _ => " !x" });
        }

        if (random.Next(300) == 0)
        {
            text.Append(" *a\n");
        }
        else if (node is FuzzScalar scalar)
        {
            Write(text.Append(' '), scalar, indent, random);
        }
        else if (node.Children.Count == 0 || random.Next(12) == 0)
        {
            text.Append(' ').Append(Json.Write(node, random)).Append('\n');
        }
        else
        {
            text.Append('\n');
            for (var index = 0; index < node.Children.Count; index++)
            {
                text.Append(' ', indent);
                if (node is FuzzMap map)
                {
                    WriteKey(text, map.Entries[index].Key, random);
                }
                else
                {
                    text.Append('-');
                }

                Write(text, node.Children[index], indent + 2, random);
            }
        }
    }

    private static void WriteKey(StringBuilder text, string key, Random random)
    {
        var isPlain = key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') || random.Next(10) == 0;
        text.Append(isPlain ? key : Quoted(key, random)).Append(':');
    }

    private static void Write(StringBuilder text, FuzzScalar scalar, int indent, Random random)
    {
        if (!scalar.IsText)
        {
            text.Append(scalar.Text).Append('\n');
        }
        else if (random.Next(20) == 0)
        {
            text.Append(random.Next(2) == 0 ? "|-\n" : ">\n").Append(' ', indent + 2);
            text.Append(scalar.Text.Replace("\n", "\n" + new string(' ', indent + 2), StringComparison.Ordinal)).Append('\n');
        }
        else
        {
            text.Append(Quoted(scalar.Text, random)).Append('\n');
        }
    }

    private static string Quoted(string text, Random random) => random.Next(2) == 0
        ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
        : Json.Write(new FuzzScalar(text, IsText: true), random);
}
