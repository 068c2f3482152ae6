using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Emulator.Arm;

namespace Sluice.Emulator.Monitoring;

/// <summary>Writes metrics as Azure Monitor does.</summary>
internal static class MetricsDocument
{
    private const string Provider = "providers/Microsoft.Insights";

    /// <summary>The answer to a query.</summary>
    /// <param name="resource">The resource's ARM id.</param>
    /// <param name="region">Where it is.</param>
    /// <param name="catalogue">The metrics that it has.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="samplesOf">Gives the samples of a metric in the span.</param>
    public static JsonObject Of(
        string resource,
        string region,
        MetricCatalogue catalogue,
        MetricQuery query,
        Func<MetricDefinition, IEnumerable<MetricSample>> samplesOf) => new()
        {
            ["cost"] = 0,
            ["timespan"] = $"{Time(query.From)}/{Time(query.To)}",
            ["interval"] = WireTime.Duration(query.Interval),
            ["value"] = new JsonArray([.. query.Metrics.Select(metric => Metric(resource, metric, query, samplesOf(metric)))]),
            ["namespace"] = catalogue.Namespace,
            ["resourceregion"] = region,
        };

    /// <summary>A metric that could be asked for.</summary>
    public static JsonObject Definition(string resource, MetricCatalogue catalogue, MetricDefinition metric)
    {
        var document = new JsonObject
        {
            ["id"] = $"{resource}/{Provider}/metricdefinitions/{metric.Name}",
            ["resourceId"] = resource,
            ["namespace"] = catalogue.Namespace,
            ["category"] = "Traffic",
            ["name"] = Name(metric.Name, metric.DisplayName),
            ["displayDescription"] = metric.Description,
            ["isDimensionRequired"] = false,
            ["unit"] = metric.Unit,
            ["primaryAggregationType"] = MetricPoint.Primary,
            ["supportedAggregationTypes"] = Texts(MetricPoint.Aggregations),
            ["metricAvailabilities"] = new JsonArray(
                [.. MetricQuery.Intervals.Select(grain => new JsonObject { ["timeGrain"] = grain, ["retention"] = "P93D" })]),
        };
        if (metric.Dimensions.Count > 0)
        {
            document["dimensions"] = new JsonArray([.. metric.Dimensions.Select(dimension => Name(dimension, dimension))]);
        }

        return document;
    }

    /// <summary>
    /// A metric namespace that a resource has. Its own name, which is in its id, has no slashes (recorded: Azure/azure-cli,
    /// <c>test_monitor_metrics_scenario.yaml</c>).
    /// </summary>
    public static JsonObject Namespace(string resource, MetricCatalogue catalogue)
    {
        var name = catalogue.Namespace.Replace('/', '-');
        return new JsonObject
        {
            ["id"] = $"{resource}/{Provider}/metricNamespaces/{name}",
            ["name"] = name,
            ["type"] = "Microsoft.Insights/metricNamespaces",
            ["classification"] = "Platform",
            ["properties"] = new JsonObject { ["metricNamespaceName"] = catalogue.Namespace },
        };
    }

    private static JsonObject Metric(string resource, MetricDefinition metric, MetricQuery query, IEnumerable<MetricSample> samples)
    {
        var filter = DimensionFilter.Parse(query.Filter, metric, query.HasKnownDimensions);
        var dimensions = filter.Dimensions;
        var found = samples
            .Where(filter.Passes)
            .GroupBy(
                sample => string.Join('\n', dimensions.Select(dimension => sample.Dimensions[dimension])), StringComparer.OrdinalIgnoreCase)
            .Select(group => (Values: group.Key.Split('\n'), Samples: group.ToList()));
        var series = query.Order.Sort(found, one => one.Samples)
            .ThenBy(one => one.Values[0], StringComparer.Ordinal)
            .Take(query.Top);

        // Where nothing happened there is no series, also without a split (recorded: Azure/azure-cli, test_monitor_metrics_scenario.yaml).
        return new JsonObject
        {
            ["id"] = $"{resource}/{Provider}/metrics/{metric.Name}",
            ["type"] = "Microsoft.Insights/metrics",
            ["name"] = Name(metric.Name, metric.DisplayName),
            ["displayDescription"] = metric.Description,
            ["unit"] = metric.Unit,
            ["timeseries"] = new JsonArray([.. series.Select(one => Series(query, dimensions, one.Values, one.Samples))]),
            ["errorCode"] = "Success",
        };
    }

    private static JsonObject Series(
        MetricQuery query, IReadOnlyList<string> dimensions, string[] values, IReadOnlyList<MetricSample> samples)
    {
        var document = new JsonObject
        {
            ["metadatavalues"] = new JsonArray(
            [
                .. dimensions.Select((dimension, at) => new JsonObject
                {
                    ["name"] = Name(dimension.ToLowerInvariant(), dimension.ToLowerInvariant()),
                    ["value"] = values[at],
                }),
            ]),
        };
        if (!query.WithData)
        {
            return document;
        }

        var intervals = samples.ToLookup(sample => (int)((sample.Minute - query.Start) / query.Interval));
        var data = new JsonArray();
        for (var at = 0; at < query.Points; at++)
        {
            var point = new JsonObject { ["timeStamp"] = Time(query.Start + (at * query.Interval)) };
            MetricPoint.Of(intervals[at])?.Write(point, query.Aggregations);
            data.Add(point);
        }

        document["data"] = data;
        return document;
    }

    private static JsonObject Name(string value, string localized) => new() { ["value"] = value, ["localizedValue"] = localized };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
