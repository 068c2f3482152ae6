using System.Collections.Concurrent;

namespace Sluice.Emulator.Scoring;

/// <summary>What a deployment did in one minute. Grows while the minute lasts; for several threads.</summary>
internal sealed class MetricsMinute
{
    private readonly ConcurrentDictionary<RequestOutcome, int> _requests;

    /// <summary>Opens a minute.</summary>
    /// <param name="start">Its first moment.</param>
    internal MetricsMinute(DateTimeOffset start)
    {
        Start = start;
        _requests = new ConcurrentDictionary<RequestOutcome, int>();
        Latency = new LatencyHistogram();
    }

    /// <summary>Opens a minute again.</summary>
    /// <param name="start">Its first moment.</param>
    /// <param name="requests">The requests before.</param>
    /// <param name="latency">Their durations.</param>
    internal MetricsMinute(DateTimeOffset start, IEnumerable<KeyValuePair<RequestOutcome, int>> requests, LatencyCounts latency)
    {
        Start = start;
        _requests = new ConcurrentDictionary<RequestOutcome, int>(requests);
        Latency = new LatencyHistogram(latency);
    }

    /// <summary>The minute's first moment.</summary>
    internal DateTimeOffset Start { get; }

    /// <summary>Requests by outcome.</summary>
    internal IReadOnlyDictionary<RequestOutcome, int> Requests => _requests;

    /// <summary>From a request's last byte to the answer, for the requests that were let into the deployment.</summary>
    internal LatencyHistogram Latency { get; }

    /// <summary>Counts a request that the deployment did not get to.</summary>
    internal void Count(RequestOutcome outcome) => _requests.AddOrUpdate(outcome, 1, static (_, count) => count + 1);

    /// <summary>Counts a request and its duration.</summary>
    internal void Count(RequestOutcome outcome, TimeSpan latency)
    {
        Count(outcome);
        Latency.Add(latency);
    }
}
