namespace Sluice.Rollouts.Ports;

/// <summary>Which points of which metric.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Deployment">The deployment whose own metric it is; null for a metric of the endpoint.</param>
/// <param name="Metric">The metric's name, such as <c>CpuUtilizationPercentage</c>.</param>
/// <param name="Aggregation">How a point is made of its samples: <c>Average</c>, <c>Minimum</c>, <c>Maximum</c>, <c>Total</c> or <c>Count</c>.</param>
/// <param name="Filter">A filter on dimensions in Azure Monitor's syntax, such as <c>deployment eq 'green'</c>; null for all.</param>
/// <param name="Interval">The time that one point covers, such as a minute.</param>
/// <param name="From">The start of the first point.</param>
/// <param name="To">The end of the last point; later than <paramref name="From"/>.</param>
public sealed record MetricQuery(
    string Endpoint,
    string? Deployment,
    string Metric,
    string Aggregation,
    string? Filter,
    TimeSpan Interval,
    DateTimeOffset From,
    DateTimeOffset To);
