using System.Globalization;
using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Monitoring;

/// <summary>What the metrics are made of: the requests that the front door really passed on.</summary>
internal static class Measures
{
    /// <summary>Dimension of endpoint metrics: the deployment's name.</summary>
    public const string Deployment = "deployment";

    /// <summary>Dimension of endpoint metrics: the status that the client saw.</summary>
    public const string StatusCode = "statusCode";

    /// <summary>Dimension of endpoint metrics: that status's class, for example <c>5xx</c>.</summary>
    public const string StatusCodeClass = "statusCodeClass";

    /// <summary>Dimension of endpoint metrics: the status that the container gave.</summary>
    public const string ModelStatusCode = "modelStatusCode";

    /// <summary>Dimension of deployment metrics: the status that the client saw.</summary>
    public const string EnvoyResponseCode = "envoy_response_code";

    /// <summary>Requests, split by everything that is known about them.</summary>
    public static IEnumerable<MetricSample> Requests(string deployment, MetricsMinute minute) =>
        from outcome in minute.Requests
        select new MetricSample(minute.Start, outcome.Value, Weight: null, new Dictionary<string, string>
        {
            [Deployment] = deployment,
            [StatusCode] = Text(outcome.Key.Status),
            [StatusCodeClass] = outcome.Key.StatusClass,

            // What Azure writes for a request that no container answered is not known.
            [ModelStatusCode] = outcome.Key.ModelStatus == 0 ? "" : Text(outcome.Key.ModelStatus),
            [EnvoyResponseCode] = Text(outcome.Key.Status),
        });

    /// <summary>The mean duration of a minute's requests, in milliseconds.</summary>
    public static IEnumerable<MetricSample> MeanLatency(string deployment, MetricsMinute minute) =>
        Latency(deployment, minute, minute.Latency.Mean, minute.Latency.Count);

    /// <summary>The duration that a share of a minute's requests did not exceed, in milliseconds.</summary>
    /// <param name="share">0 to 1.</param>
    public static Measure LatencyQuantile(double share) =>
        (deployment, minute) => Latency(deployment, minute, minute.Latency.Quantile(share), weight: 1);

    private static IEnumerable<MetricSample> Latency(string deployment, MetricsMinute minute, TimeSpan latency, int weight) =>
        minute.Latency.Count == 0
            ? []
            : [new MetricSample(minute.Start, latency.TotalMilliseconds, weight, new Dictionary<string, string> { [Deployment] = deployment })];

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
