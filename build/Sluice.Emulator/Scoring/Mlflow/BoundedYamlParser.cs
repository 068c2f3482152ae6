using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>Passes YAML events on until the nesting grows deeper than any honest file's: a hostile one cannot exhaust the stack.</summary>
internal sealed class BoundedYamlParser : IParser
{
    private const int MaxDepth = 32;

    private readonly Parser _parser;
    private int _depth;

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

        _depth += Current!.NestingIncrease;
        return _depth <= MaxDepth
            ? true
            : throw new YamlException(Current.Start, Current.End, $"nested deeper than {MaxDepth} levels");
    }
}
