using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Azure.Core;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Faults;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Telemetry;

/// <summary>The endpoint's telemetry out of Azure Monitor's platform metrics, which every endpoint has without a setting.</summary>
/// <param name="connection">The way to the workspace. It stays the caller's to dispose of.</param>
/// <remarks>
/// <para>
/// <c>RequestsPerMinute</c> has the unit Count, the time grain PT1M and Average as its only aggregation; it is "the number of requests sent
/// to online endpoint within a minute" ("Supported metrics for Microsoft.MachineLearningServices/workspaces/onlineEndpoints"). So a sample
/// is a minute's number already, and its Average over that minute is the number of requests; Total would count a request once for each
/// sample that tells it, and Count gives the number of samples. Published canary gates ask for Average with PT1M, too. No exchange with the
/// service is on record: were there several samples a minute, each with a part of the requests, the numbers would be too small, by the same
/// factor in every deployment.
/// </para>
/// <para>
/// An Average over several values of a dimension is their mean, no sum. So the requests are split down to the status code and added up
/// here. They are not split by <c>modelStatusCode</c>: a request that no container answered has none, and must not be left out.
/// </para>
/// <para>A minute's number grows while the minute lasts and some minutes longer, until all that it is made of has arrived.</para>
/// </remarks>
public sealed class MonitorTelemetry(AzureConnection connection) : ITelemetry
{
    private const string Average = "Average";
    private const string RequestsMetric = "RequestsPerMinute";
    private const string LatencyMetric = "RequestLatency_P";
    private const string DeploymentDimension = "deployment";
    private const string ClassDimension = "statusCodeClass";
    private const string Requirement =
        "Reading metrics needs the permission Microsoft.Insights/metrics/read on the endpoint, which the role Monitoring Reader has.";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly ImmutableArray<int> Percents = [50, 90, 95, 99];

    private static readonly MetricRequest Requests = new(
        [RequestsMetric], Average, $"{DeploymentDimension} eq '*' and {ClassDimension} eq '*' and statusCode eq '*'", Minute);

    private static readonly MetricRequest Latencies = new(
        [.. Percents.Select(percent => $"{LatencyMetric}{percent}")], Average, $"{DeploymentDimension} eq '*'", Minute);

    /// <inheritdoc/>
    public Task<ImmutableArray<TrafficMinute>> ReadTrafficAsync(
        string endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var resource = IdOf(endpoint);
        return WorkspaceCall.RunAsync(
            $"read the traffic of endpoint {endpoint}",
            async () =>
            {
                var requests = await ReadAsync(resource, Requests, from, to, cancellationToken);
                var latencies = await ReadAsync(resource, Latencies, from, to, cancellationToken);
                return Minutes(requests, latencies);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where the filter splits the metric into several series, those of one interval are put together: numbers of things add up, of Minimum
    /// and Maximum the least and the greatest remain, and of any other Average the plain mean.
    /// </remarks>
    public Task<ImmutableArray<MetricPoint>> ReadMetricAsync(MetricQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.To, query.From);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.Interval, TimeSpan.Zero);
        var resource = query.Deployment is null
            ? IdOf(query.Endpoint)
            : IdOf(query.Endpoint).AppendChildResource("deployments", query.Deployment);
        var request = new MetricRequest([query.Metric], query.Aggregation, query.Filter, query.Interval);
        var owner = query.Deployment is null ? "" : $"deployment {query.Deployment} of ";
        return WorkspaceCall.RunAsync(
            $"read the metric {query.Metric} of {owner}endpoint {query.Endpoint}",
            async () =>
            {
                var answers = await ReadAsync(resource, request, query.From, query.To, cancellationToken);
                return ImmutableArray.CreateRange(
                    from answer in answers
                    from series in answer.Series
                    from point in series.Points
                    group point.Value by (point.Start, answer.Unit) into values
                    orderby values.Key.Start
                    select new MetricPoint(values.Key.Start, Together([.. values], query.Aggregation, values.Key.Unit)));
            },
            cancellationToken);
    }

    private static ImmutableArray<TrafficMinute> Minutes(ImmutableArray<MetricAnswer> requests, ImmutableArray<MetricAnswer> latencies)
    {
        var quantiles = (
            from answer in latencies
            let percent = Percents.First(percent => Is(answer.Name, $"{LatencyMetric}{percent}"))
            from series in answer.Series
            from point in series.Points
            select (Of: (point.Start, Name: DeploymentOf(series)), percent, point.Value)).ToLookup(found => found.Of);
        return
        [
            .. from answer in requests
               from series in answer.Series
               let statusClass = Dimension(series, ClassDimension).ToLowerInvariant()
               from point in series.Points
               let count = CountOf(point.Value)
               where count > 0
               group (Class: statusClass, Count: count) by (point.Start, Name: DeploymentOf(series)) into minute
               orderby minute.Key.Start, minute.Key.Name
               select new TrafficMinute(
                   minute.Key.Start,
                   minute.Key.Name,
                   minute.GroupBy(answers => answers.Class).ToImmutableSortedDictionary(
                       found => found.Key, found => found.Sum(answers => answers.Count), StringComparer.Ordinal),
                   quantiles[minute.Key].ToImmutableSortedDictionary(found => found.percent, found => found.Value)),
        ];
    }

    /// <summary>A number of requests; that of a minute that was seen in part, or was estimated, may have been no whole one.</summary>
    /// <exception cref="OverflowException">It is no number of requests.</exception>
    private static long CountOf(double value) =>
        value >= 0 ? checked((long)Math.Round(value, MidpointRounding.AwayFromZero)) : throw new OverflowException();

    private static double Together(IReadOnlyList<double> values, string aggregation, string unit) => aggregation.ToUpperInvariant() switch
    {
        "MINIMUM" => values.Min(),
        "MAXIMUM" => values.Max(),
        "AVERAGE" when !Is(unit, "Count") => values.Average(),
        _ => values.Sum(),
    };

    private static string DeploymentOf(MetricSeries series) => Dimension(series, DeploymentDimension);

    /// <exception cref="KeyNotFoundException">The series was not split by it.</exception>
    private static string Dimension(MetricSeries series, string name) => series.Dimensions[name];

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the intervals that lie in the span as a whole.</summary>
    private async Task<ImmutableArray<MetricAnswer>> ReadAsync(
        ResourceIdentifier resource, MetricRequest request, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var all = ImmutableArray.CreateBuilder<MetricAnswer>();
        foreach (var span in request.Spans(from, to))
        {
            var document = await AskAsync(resource, request.QueryOf(span.From, span.To), cancellationToken);
            var answers = MetricAnswer.ReadAll(document, request.Aggregation);
            foreach (var metric in request.Metrics)
            {
                var answer = answers.FirstOrDefault(answer => Is(answer.Name, metric))
                    ?? throw Failure("MetricNotFound", $"Azure Monitor has no metric {metric} of {resource.ResourceType}.");
                if (answer.Series.Length >= MetricRequest.MostSeries)
                {
                    throw Failure(
                        "TooManySeries",
                        $"Metric {metric} has {MetricRequest.MostSeries} series, and others may have been left out; a filter is needed.");
                }

                all.Add(answer with { Series = [.. answer.Series.Select(series => series.Within(span.From, span.To))] });
            }
        }

        return all.ToImmutable();
    }

    private static RequestFailedException Failure(string code, string message) => new(0, message, code, innerException: null);

    /// <exception cref="RequestFailedException">The service refused.</exception>
    /// <exception cref="WorkspaceCallException">The caller may not read metrics.</exception>
    private async Task<JsonElement> AskAsync(ResourceIdentifier resource, string query, CancellationToken cancellationToken)
    {
        try
        {
            return await PlainGet.ReadAsync(
                connection, new Uri(connection.Environment.Endpoint, $"{resource}/providers/Microsoft.Insights/metrics{query}"), cancellationToken);
        }
        catch (RequestFailedException refusal) when (refusal.Status == 403)
        {
            var fault = ServiceFault.Of(refusal);
            throw new WorkspaceCallException(
                $"read the metrics of {resource.Name}", fault.Code, $"{fault.Message} {Requirement}", innerException: refusal);
        }
    }

    private ResourceIdentifier IdOf(string endpoint) => connection.Endpoint(endpoint).Id;
}
