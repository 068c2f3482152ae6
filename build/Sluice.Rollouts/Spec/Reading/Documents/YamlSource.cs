using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>
/// Reads one YAML document into nodes that know their places. An alias refers to its anchor's node and is never copied, so a few lines
/// cannot grow into gigabytes; and it counts as all that it stands for, so that whoever walks over the nodes comes to an end.
/// </summary>
internal sealed class YamlSource
{
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 1_000_000;
    private const string MergeKey = "<<";

    private readonly string _file;
    private readonly Mistakes _mistakes;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, Anchored> _anchors = [];

    // Of what was read so far: all nodes, and how deep down the deepest one is below the node that is being read.
    private int _nodes;
    private int _deepest;

    private YamlSource(string file, string text, Mistakes mistakes)
    {
        _file = file;
        _mistakes = mistakes;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file as messages show it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="mistakes">Takes keys that occur twice.</param>
    /// <exception cref="SyntaxException">
    /// It is not YAML, has more than one document, is nested more deeply than 32 levels, or has more than 1,000,000 nodes.
    /// </exception>
    public static SpecNode Parse(string file, string text, Mistakes mistakes)
    {
        var source = new YamlSource(file, text, mistakes);
        try
        {
            return source.ReadDocument();
        }
        catch (YamlException e)
        {
            throw new SyntaxException(PlaceOf(e, file, text), $"This is not YAML: {e.Message.TrimEnd('.')}.");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The parser fails like this on tags that are no names and on some block scalars; it stands behind the last thing read.
            throw new SyntaxException(At(file, source._parser.Current?.End ?? Mark.Empty), "This is not YAML from here on.");
        }
    }

    /// <summary>Of a tab the parser tells where the value began that it breaks off; what is to be changed is the tab.</summary>
    private static Place PlaceOf(YamlException e, string file, string text)
    {
        if (e.Message.Contains(" tab ", StringComparison.Ordinal))
        {
            var lines = text.ReplaceLineEndings("\n").Split('\n');
            for (var line = (int)e.Start.Line - 1; line < lines.Length; line++)
            {
                var indentation = lines[line].AsSpan(0, lines[line].Length - lines[line].TrimStart().Length);
                if (indentation.IndexOf('\t') is var tab and >= 0)
                {
                    return new Place(file, line + 1, tab + 1);
                }
            }
        }

        return At(file, e.Start);
    }

    private SpecNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return SpecMap.Empty(new Place(_file, 1, 1));
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new SyntaxException(At(_file, second.Start), "The file has a second document; one is allowed.");
        }

        return root;
    }

    private SpecNode ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var target = _anchors.TryGetValue(alias.Value, out var found)
                ? found
                : throw new SyntaxException(At(_file, alias.Start), $"The alias *{alias.Value} has no anchor before it.");
            Count(alias.Start, target.Nodes, depth + target.Height);
            return target.Node;
        }

        var start = _parser.Consume<NodeEvent>();
        var place = At(_file, start.Start);
        var (before, beside) = (_nodes, _deepest);
        _deepest = depth;
        Count(start.Start, 1, depth);
        SpecNode node = start switch
        {
            Scalar scalar => ReadScalar(place, scalar),
            SequenceStart => ReadList(place, depth),
            MappingStart => ReadMap(place, depth),
            _ => throw new SyntaxException(place, "A map, a list or a scalar is allowed."),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = new Anchored(node, _nodes - before, _deepest - depth);
        }

        _deepest = Math.Max(_deepest, beside);
        return node;
    }

    private void Count(Mark mark, int nodes, int deepest)
    {
        if (deepest >= MaximumDepth)
        {
            throw new SyntaxException(At(_file, mark), $"This is nested more deeply than {MaximumDepth} levels.");
        }

        if (nodes > MaximumNodes - _nodes)
        {
            throw new SyntaxException(
                At(_file, mark), $"Up to here are more than {MaximumNodes} values, each alias counted as all that it stands for.");
        }

        _nodes += nodes;
        _deepest = Math.Max(_deepest, deepest);
    }

    private static SpecScalar ReadScalar(Place place, Scalar scalar)
    {
        var isNull = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
        return new SpecScalar(place, scalar.Value, isNull ? ScalarTypes.None : ScalarTypes.Any, scalar.Style != ScalarStyle.Plain);
    }

    private SpecList ReadList(Place place, int depth)
    {
        var items = ImmutableArray.CreateBuilder<SpecNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SpecList(place, items.ToImmutable());
    }

    private SpecMap ReadMap(Place place, int depth)
    {
        var map = new MapBuilder(place, _mistakes);
        var merged = new List<SpecNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not SpecScalar { Text: var name })
            {
                throw new SyntaxException(key.Place, "A key is a scalar; a map or a list is not allowed.");
            }

            if (name == MergeKey)
            {
                merged.Add(value);
            }
            else
            {
                map.Add(new SpecEntry(name, key.Place, value));
            }
        }

        // What the map says itself wins over what it merges, wherever the merge stands.
        foreach (var source in merged.SelectMany(node => node is SpecList list ? list.Items : [node]))
        {
            map.Merge(source as SpecMap ?? throw new SyntaxException(source.Place, $"Only maps can be merged with {MergeKey}."));
        }

        return map.Build();
    }

    private static Place At(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    /// <summary>A node with a name.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="Nodes">How many it is, with all below it and aliases followed.</param>
    /// <param name="Height">How many levels are below it.</param>
    private sealed record Anchored(SpecNode Node, int Nodes, int Height);
}
