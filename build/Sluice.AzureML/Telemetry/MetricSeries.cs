using System.Collections.Immutable;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Telemetry;

/// <summary>One time series of a metric.</summary>
/// <param name="Dimensions">The value of each dimension that it was split by, by its name in any case.</param>
/// <param name="Points">The points that have a value, oldest first.</param>
internal sealed record MetricSeries(ImmutableDictionary<string, string> Dimensions, ImmutableArray<MetricPoint> Points)
{
    /// <summary>The series with the points that begin in a span: the service may begin earlier, at a border of its own.</summary>
    public MetricSeries Within(DateTimeOffset from, DateTimeOffset to) =>
        this with { Points = [.. Points.Where(point => point.Start >= from && point.Start < to)] };
}
