using System.Text.RegularExpressions;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Monitoring;

/// <summary>
/// Azure Monitor's <c>$filter</c>: conditions on dimensions with <c>eq</c>, <c>ne</c> and <c>sw</c>; those on one dimension are joined by
/// <c>or</c>, dimensions by <c>and</c>. Each dimension that is named splits the result; <c>'*'</c> stands for every value.
/// </summary>
internal sealed partial class DimensionFilter
{
    private readonly IReadOnlyList<Condition> _conditions;

    private DimensionFilter(IReadOnlyList<Condition> conditions) => _conditions = conditions;

    /// <summary>The dimensions to split by, in the order in which they are first named, in the metric's own spelling.</summary>
    public IReadOnlyList<string> Dimensions => [.. _conditions.Select(condition => condition.Dimension).Distinct()];

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The text; null or blank filters nothing.</param>
    /// <param name="metric">The metric that is to be filtered.</param>
    /// <param name="hasKnownDimensions">
    /// Whether a dimension that the metric does not have is refused; else what it asks for is left out (documentation: "Metrics - List",
    /// <c>ValidateDimensions</c>).
    /// </param>
    /// <exception cref="RefusedException">It cannot be read, or the metric has no such dimension.</exception>
    public static DimensionFilter Parse(string? text, MetricDefinition metric, bool hasKnownDimensions = true)
    {
        var conditions = new List<Condition>();
        var rest = (text ?? "").Trim();
        var join = "";
        var open = 0;
        while (rest.Length > 0)
        {
            var match = Term().Match(rest);
            if (!match.Success)
            {
                throw Refuse.Query(
                    $"The filter '{text}' cannot be read at '{rest}'; "
                    + "expected is, for example, deployment eq 'green' and statusCodeClass eq '*'.");
            }

            open += match.Groups["open"].Value.Count(letter => letter == '(');
            open -= match.Groups["close"].Value.Count(letter => letter == ')');
            if (open < 0)
            {
                throw Unbalanced(text, "closes a parenthesis that it has not opened");
            }

            var dimension = DimensionOf(match.Groups["dimension"].Value, metric, hasKnownDimensions);
            if (join.Equals("or", StringComparison.OrdinalIgnoreCase) && dimension != conditions[^1].Dimension)
            {
                throw Refuse.Query(
                    $"The filter '{text}' joins {conditions[^1].Dimension} and {dimension} by 'or'; "
                    + "two dimensions can only be joined by 'and'.");
            }

            var value = match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal);
            conditions.Add(new Condition(dimension, match.Groups["operator"].Value.ToLowerInvariant(), value));
            join = match.Groups["join"].Value;
            rest = rest[match.Length..];
            if (join.Length == 0 != (rest.Length == 0))
            {
                throw Refuse.Query(
                    $"The filter '{text}' cannot be read at '{join} {rest}'; expected is 'and' or 'or' and a condition.");
            }
        }

        return open == 0
            ? new DimensionFilter([.. conditions.Where(condition => metric.Dimensions.Contains(condition.Dimension))])
            : throw Unbalanced(text, "opens a parenthesis that it does not close");
    }

    /// <summary>Whether a sample passes.</summary>
    public bool Passes(MetricSample sample) => _conditions
        .GroupBy(condition => condition.Dimension)
        .All(group => Passes(sample.Dimensions.GetValueOrDefault(group.Key, ""), [.. group]));

    private static bool Passes(string value, IReadOnlyList<Condition> conditions)
    {
        var wanted = conditions.Where(condition => condition.Operator != "ne").ToList();
        return conditions.Where(condition => condition.Operator == "ne").All(condition => !Equal(condition.Value, value))
            && (wanted.Count == 0 || wanted.Exists(condition => condition.Operator == "sw"
                ? value.StartsWith(condition.Value, StringComparison.OrdinalIgnoreCase)
                : condition.Value == "*" || Equal(condition.Value, value)));
    }

    private static RefusedException Unbalanced(string? text, string how) => Refuse.Query($"The filter '{text}' {how}.");

    private static bool Equal(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static string DimensionOf(string name, MetricDefinition metric, bool isKnown) =>
        metric.Dimensions.FirstOrDefault(dimension => Equal(dimension, name))
        ?? (isKnown
            ? throw Refuse.Query(
                $"Metric: {metric.Name} does not support requested dimension combination: {name}, "
                + $"supported ones are: {string.Join(",", metric.Dimensions)}")
            : name);

    [GeneratedRegex(
        @"^(?<open>[\s(]*)(?<dimension>\w+)\s+(?<operator>eq|ne|sw)\s+'(?<value>(?:[^']|'')*)'(?<close>[\s)]*)(?:(?<join>and|or)(?=[\s(]))?\s*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Term();

    private sealed record Condition(string Dimension, string Operator, string Value);
}
