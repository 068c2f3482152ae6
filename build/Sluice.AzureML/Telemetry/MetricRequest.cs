using System.Globalization;
using System.Xml;

namespace Sluice.AzureML.Telemetry;

/// <summary>One question to Azure Monitor's metrics API, Metrics - List.</summary>
/// <param name="Metrics">The metrics, at most 20 by the service's rule.</param>
/// <param name="Aggregation">The aggregation of all of them.</param>
/// <param name="Filter">The filter on dimensions, which all metrics must have; null for none.</param>
/// <param name="Interval">The time that a point covers.</param>
internal sealed record MetricRequest(IReadOnlyList<string> Metrics, string Aggregation, string? Filter, TimeSpan Interval)
{
    /// <summary>The series of a metric that are asked for: far more than there are deployments and status codes, or instances.</summary>
    /// <remarks>
    /// Of a metric that a filter splits the service shows the 10 largest series where nobody asks for more, and does not say that it left
    /// some out (Metrics - List, parameter <c>top</c>). The failures of a new version are the smallest of all.
    /// </remarks>
    public const int MostSeries = 1000;

    /// <summary>The points of a series that are asked for at once: a day of minutes.</summary>
    public const int MostPoints = 1440;

    private const string ApiVersion = "2023-10-01";

    /// <summary>The query of a span, from its question mark on.</summary>
    public string QueryOf(DateTimeOffset from, DateTimeOffset to)
    {
        var query = $"?api-version={ApiVersion}&metricnames={Escaped(string.Join(',', Metrics))}&aggregation={Escaped(Aggregation)}"
            + $"&interval={XmlConvert.ToString(Interval)}&timespan={Escaped($"{Time(from)}/{Time(to)}")}&top={MostSeries}";
        return Filter is null ? query : $"{query}&$filter={Escaped(Filter)}";
    }

    /// <summary>The spans to ask for one after the other: the intervals that lie as a whole between two moments.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(DateTimeOffset from, DateTimeOffset to)
    {
        var step = Interval.Ticks;
        var end = to.UtcTicks / step * step;
        for (var start = (from.UtcTicks + step - 1) / step * step; start < end; start += step * MostPoints)
        {
            yield return (new(start, TimeSpan.Zero), new(Math.Min(start + (step * MostPoints), end), TimeSpan.Zero));
        }
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
