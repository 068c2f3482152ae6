using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>
/// What a measured value must be: comparisons such as <c>result &lt;= 0.05</c> joined by <c>&amp;&amp;</c>, which binds closer, and
/// <c>||</c>. The word <c>result</c> may be left out.
/// </summary>
/// <remarks>The part of Argo Rollouts' expressions (<c>utils/evaluate/evaluate.go</c>) that a single number can be held against.</remarks>
public sealed class MetricCondition
{
    private readonly IReadOnlyList<IReadOnlyList<Comparison>> _alternatives;

    private MetricCondition(IReadOnlyList<IReadOnlyList<Comparison>> alternatives) => _alternatives = alternatives;

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The text.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="mistake">Where the text is no condition, counted from 1, and what is allowed there.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out MetricCondition? condition, [NotNullWhen(false)] out string? mistake)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new ConditionReader(text);
        var alternatives = reader.Read();
        mistake = reader.Mistake;
        condition = mistake is null ? new MetricCondition(alternatives) : null;
        return condition is not null;
    }

    /// <summary>Whether a value meets the condition, compared exactly. NaN meets none but <c>!=</c>.</summary>
    public bool Holds(double value) => _alternatives.Any(together => together.All(comparison => comparison.Holds(value)));

    /// <summary>The condition as it was understood.</summary>
    public override string ToString() => string.Join(" || ", _alternatives.Select(together => string.Join(" && ", together)));
}
