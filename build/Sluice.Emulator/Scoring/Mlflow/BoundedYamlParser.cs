using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Passes YAML events on until the nesting grows deeper, or the values become more, than in any honest file: a hostile one cannot exhaust
/// the stack or the time of whoever walks over what is made of them. An alias counts as all that it stands for.
/// </summary>
internal sealed class BoundedYamlParser : IParser
{
    private const int MaxDepth = 32;
    private const int MaxValues = 1_000_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (int Values, int Levels)> _anchors = [];
    private readonly Stack<(AnchorName Anchor, int ValuesBefore, int DeepestBeside)> _open = [];
    private int _depth;
    private int _deepest;
    private int _values;

    /// <summary>Reads events from a text.</summary>
    internal BoundedYamlParser(TextReader text) => _parser = new Parser(text);

    /// <inheritdoc/>
    public ParsingEvent? Current => _parser.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!_parser.MoveNext())
        {
            return false;
        }

        var current = Current!;
        _depth += current.NestingIncrease;
        switch (current)
        {
            case AnchorAlias alias:
                var (values, levels) = _anchors.GetValueOrDefault(alias.Value);
                Count(current, values, _depth + levels);
                break;
            case YamlDotNet.Core.Events.Scalar scalar:
                Count(current, 1, _depth);
                Keep(scalar.Anchor, (1, 0));
                break;
            case NodeEvent start:
                _open.Push((start.Anchor, _values, _deepest));
                _deepest = _depth;
                Count(current, 1, _depth);
                break;
            case SequenceEnd or MappingEnd:
                var (anchor, before, beside) = _open.Pop();
                Keep(anchor, (_values - before, _deepest - _depth));
                _deepest = Math.Max(_deepest, beside);
                break;
        }

        return true;
    }

    private void Keep(AnchorName anchor, (int Values, int Levels) size)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = size;
        }
    }

    private void Count(ParsingEvent current, int values, int deepest)
    {
        if (deepest > MaxDepth)
        {
            throw new YamlException(current.Start, current.End, $"nested deeper than {MaxDepth} levels");
        }

        if (values > MaxValues - _values)
        {
            throw new YamlException(
                current.Start, current.End, $"more than {MaxValues} values, each alias counted as all that it stands for");
        }

        _values += values;
        _deepest = Math.Max(_deepest, deepest);
    }
}
