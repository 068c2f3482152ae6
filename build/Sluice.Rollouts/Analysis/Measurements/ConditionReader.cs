using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>Reads a condition from left to right.</summary>
internal sealed partial class ConditionReader(string text)
{
    private const string Result = "result";
    private int _position;

    /// <summary>Why the text is no condition, where, and what is allowed there; null while it may be one.</summary>
    public string? Mistake { get; private set; }

    /// <summary>The alternatives, each of them comparisons that must all hold; empty after a mistake.</summary>
    public IReadOnlyList<IReadOnlyList<Comparison>> Read()
    {
        var alternatives = new List<IReadOnlyList<Comparison>>();
        var together = new List<Comparison>();
        while (ReadComparison() is { } comparison)
        {
            together.Add(comparison);
            SkipBlanks();
            if (Take("&&"))
            {
                continue;
            }

            alternatives.Add(together);
            together = [];
            if (_position == text.Length)
            {
                return alternatives;
            }

            if (!Take("||"))
            {
                Expect("&&, || or the end");
                break;
            }
        }

        return [];
    }

    private Comparison? ReadComparison()
    {
        SkipBlanks();
        var named = Take(Result);
        SkipBlanks();
        if (Comparison.Operators.FirstOrDefault(Take) is not { } found)
        {
            return Expect(named ? Operators() : $"{Result} or {Operators()}");
        }

        SkipBlanks();
        var match = Number().Match(text, _position);
        if (!match.Success)
        {
            return Expect("a number such as 0.95");
        }

        if (double.Parse(match.ValueSpan, CultureInfo.InvariantCulture) is var number && !double.IsFinite(number))
        {
            return Expect("a number of at most 1.7976931348623157E+308");
        }

        _position += match.Length;
        return new Comparison(found, number);
    }

    private static string Operators() => string.Join(", ", Comparison.Operators.SkipLast(1)) + " or " + Comparison.Operators[^1];

    private Comparison? Expect(string allowed)
    {
        var found = _position < text.Length ? $"'{text[_position..]}'" : "the end";
        Mistake ??= $"At position {_position + 1} is {found}; allowed is {allowed}.";
        return null;
    }

    private bool Take(string word)
    {
        if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    /// <summary>Ends where nothing follows that would make another word of it.</summary>
    [GeneratedRegex(@"\G[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?(?![\w.])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
