using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Telemetry;

/// <summary>What Azure Monitor said of one metric.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Unit">Its unit, such as <c>Count</c> or <c>MilliSeconds</c>; empty where none was said.</param>
/// <param name="Series">Its series, none where nothing was measured.</param>
internal sealed record MetricAnswer(string Name, string Unit, ImmutableArray<MetricSeries> Series)
{
    /// <summary>Reads an answer.</summary>
    /// <param name="document">The body: <c>MetricCollection</c> of the specification Microsoft.Insights.</param>
    /// <param name="aggregation">The one aggregation that was asked for.</param>
    /// <exception cref="InvalidOperationException">A value is of another kind than the service writes.</exception>
    /// <exception cref="KeyNotFoundException">A value is missing.</exception>
    /// <exception cref="RequestFailedException">The service could not say anything of a metric.</exception>
    public static ImmutableArray<MetricAnswer> ReadAll(JsonElement document, string aggregation) =>
        [.. document.GetProperty("value").EnumerateArray().Select(metric => Read(metric, aggregation))];

    private static MetricAnswer Read(JsonElement metric, string aggregation)
    {
        var name = Value(metric.GetProperty("name"));

        // Each metric has an answer of its own: the request as a whole succeeds when one of them fails.
        if (metric.TextOf("errorCode") is { } code && !code.Equals("Success", StringComparison.OrdinalIgnoreCase))
        {
            var why = metric.TextOf("errorMessage") ?? "The service gave no reason.";
            throw new RequestFailedException(0, $"Metric {name}: {why}", code, innerException: null);
        }

        return new MetricAnswer(
            name,
            metric.TextOf("unit") ?? "",
            [.. metric.GetProperty("timeseries").EnumerateArray().Select(series => ReadSeries(series, aggregation.ToLowerInvariant()))]);
    }

    private static MetricSeries ReadSeries(JsonElement series, string aggregation)
    {
        var dimensions = series.TryGetProperty("metadatavalues", out var values) && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().ToImmutableDictionary(
                value => Value(value.GetProperty("name")), value => value.TextOf("value") ?? "", StringComparer.OrdinalIgnoreCase)
            : ImmutableDictionary<string, string>.Empty;
        var points = series.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? data.EnumerateArray()
                .Where(point => point.TryGetProperty(aggregation, out var value) && value.ValueKind != JsonValueKind.Null)
                .Select(point => new MetricPoint(
                    point.GetProperty("timeStamp").GetDateTimeOffset(), point.GetProperty(aggregation).GetDouble()))
                .OrderBy(point => point.Start)
            : Enumerable.Empty<MetricPoint>();
        return new MetricSeries(dimensions, [.. points]);
    }

    private static string Value(JsonElement name) => name.GetProperty("value").GetString() ?? "";
}
