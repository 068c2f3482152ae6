using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Monitoring;

/// <summary>By what a metric's series are sorted before the first <c>top</c> of them are shown: <c>orderby</c>, for example <c>sum asc</c>.</summary>
/// <param name="Aggregation">The aggregation over the whole span, in official spelling.</param>
/// <param name="IsAscending">Whether the smallest comes first.</param>
internal sealed record SeriesOrder(string Aggregation, bool IsAscending)
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = "Total",
        ["avg"] = "Average",
        ["min"] = "Minimum",
        ["max"] = "Maximum",
    };

    /// <summary>The order when none is asked for.</summary>
    public static SeriesOrder LargestFirst { get; } = new("Total", IsAscending: false);

    /// <summary>Reads a parameter.</summary>
    /// <param name="text">The text; null or blank for none.</param>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public static SeriesOrder Parse(string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => LargestFirst,
            [var name] when AggregationOf(name) is { } aggregation => new SeriesOrder(aggregation, IsAscending: true),
            [var name, var direction] when AggregationOf(name) is { } aggregation && (Is(direction, "asc") || Is(direction, "desc")) =>
                new SeriesOrder(aggregation, Is(direction, "asc")),
            _ => throw Refuse.Query(
                $"The query parameter orderby is '{text}'; expected is one of {string.Join(", ", ShortNames.Keys)}, "
                + $"{string.Join(", ", MetricPoint.Aggregations.Select(known => known.ToLowerInvariant()))}, and asc or desc behind it."),
        };
    }

    /// <summary>Sorts series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="samplesOf">A series' samples, at least one.</param>
    public IOrderedEnumerable<T> Sort<T>(IEnumerable<T> series, Func<T, IEnumerable<MetricSample>> samplesOf)
    {
        return IsAscending ? series.OrderBy(Figure) : series.OrderByDescending(Figure);

        double Figure(T one) => MetricPoint.Of(samplesOf(one))!.Figure(Aggregation);
    }

    private static string? AggregationOf(string name) =>
        ShortNames.GetValueOrDefault(name) ?? MetricPoint.Aggregations.FirstOrDefault(known => Is(known, name));

    private static bool Is(string text, string word) => word.Equals(text, StringComparison.OrdinalIgnoreCase);
}
