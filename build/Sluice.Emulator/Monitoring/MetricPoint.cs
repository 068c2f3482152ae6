using System.Text.Json.Nodes;

namespace Sluice.Emulator.Monitoring;

/// <summary>What came together in one interval of a series.</summary>
/// <param name="Total">The sum of all values.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
internal sealed record MetricPoint(double Total, int Count, double Minimum, double Maximum)
{
    /// <summary>The aggregations that can be asked for, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Aggregations { get; } = ["Total", "Average", "Minimum", "Maximum", "Count"];

    /// <summary>The aggregation that a metric of online endpoints has by itself.</summary>
    public const string Primary = "Average";

    /// <summary>The point of an interval's samples, or null when there are none.</summary>
    public static MetricPoint? Of(IEnumerable<MetricSample> samples)
    {
        // Counts of one minute add up over deployments and statuses to that minute's one value. Means stay apart, each with its weight.
        var values = samples
            .GroupBy(sample => sample.Weight is null ? (object)sample.Minute : sample)
            .Select(group => (Value: group.Sum(sample => sample.Value), Weight: group.First().Weight ?? 1))
            .ToList();
        return values.Count == 0
            ? null
            : new MetricPoint(
                values.Sum(value => value.Value * value.Weight),
                values.Sum(value => value.Weight),
                values.Min(value => value.Value),
                values.Max(value => value.Value));
    }

    /// <summary>Writes aggregations into a document.</summary>
    public void Write(JsonObject document, IEnumerable<string> aggregations)
    {
        foreach (var aggregation in aggregations)
        {
            document[aggregation.ToLowerInvariant()] = Figure(aggregation);
        }
    }

    /// <summary>What an aggregation of <see cref="Aggregations"/> comes to.</summary>
    public double Figure(string aggregation) => aggregation switch
    {
        "Total" => Total,
        "Average" => Total / Count,
        "Minimum" => Minimum,
        "Maximum" => Maximum,
        _ => Count,
    };
}
