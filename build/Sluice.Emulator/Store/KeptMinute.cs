using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Store;

/// <summary>A minute of a deployment's metrics, as the database has it.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Deployment">The deployment's name.</param>
/// <param name="Start">The minute's first moment.</param>
/// <param name="Requests">Requests by outcome.</param>
/// <param name="Latency">The durations of those that were let into the deployment.</param>
internal sealed record KeptMinute(
    string Endpoint, string Deployment, DateTimeOffset Start, IReadOnlyList<RequestCount> Requests, LatencyCounts Latency)
{
    /// <summary>A minute as it is now.</summary>
    public static KeptMinute Of(string endpoint, string deployment, MetricsMinute minute)
    {
        // Durations first: a request is counted before its duration is.
        var latency = minute.Latency.Counts;
        return new KeptMinute(
            endpoint,
            deployment,
            minute.Start,
            [.. minute.Requests.Select(found => new RequestCount(found.Key.Status, found.Key.ModelStatus, found.Value))],
            latency);
    }

    /// <summary>Whether nothing has been counted since.</summary>
    public bool IsStill(MetricsMinute minute) =>
        Latency.Count == minute.Latency.Count && Requests.Sum(found => found.Count) == minute.Requests.Values.Sum();

    /// <summary>The minute, to be gone on with.</summary>
    public MetricsMinute Open() => new(
        Start, Requests.Select(found => KeyValuePair.Create(new RequestOutcome(found.Status, found.ModelStatus), found.Count)), Latency);
}
