using System.Collections.Immutable;
using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Callers whose requests are told by script, minute by minute; those that the rollout sends are counted with them.</summary>
internal sealed class InMemoryTelemetry : ITelemetry
{
    /// <summary>What callers of all deployments met in the minute that begins then.</summary>
    public Func<DateTimeOffset, IEnumerable<TrafficMinute>> Minutes { get; set; } = _ => [];

    /// <summary>What the rollout itself has sent.</summary>
    public Func<IEnumerable<ScoredRequest>> Sent { get; set; } = () => [];

    /// <summary>A metric's value at a time; null for none.</summary>
    public Func<MetricQuery, double?> Values { get; set; } = _ => null;

    /// <summary>Why nothing can be read; null when it can.</summary>
    public string? Fault { get; set; }

    /// <summary>The spans of time that were read, in order.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Reads { get; } = [];

    /// <summary>A minute of a deployment, with one quantile of its latencies.</summary>
    public static TrafficMinute Minute(DateTimeOffset start, string deployment, long good, long failed, double p95 = 20, int percent = 95) => new(
        start,
        deployment,
        ImmutableSortedDictionary<string, long>.Empty.Add("2xx", good).Add("4xx", failed),
        ImmutableSortedDictionary<int, double>.Empty.Add(percent, p95));

    public Task<ImmutableArray<TrafficMinute>> ReadTrafficAsync(
        string endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        Reads.Add((from, to));
        var minutes = ImmutableArray.CreateBuilder<TrafficMinute>();
        for (var minute = from; minute < to; minute += TimeSpan.FromMinutes(1))
        {
            var sent = Sent().Where(request => TrafficMinute.StartOf(request.Time) == minute).ToLookup(request => request.Deployment);
            var callers = Minutes(minute).Where(one => one.Requests > 0).ToArray();
            minutes.AddRange(callers.Select(one => With(one, sent[one.Deployment])));
            minutes.AddRange(sent.Where(own => callers.All(one => one.Deployment != own.Key)).Select(own => With(Minute(minute, own.Key, 0, 0), own)));
        }

        return Task.FromResult(minutes.ToImmutable());
    }

    public Task<ImmutableArray<MetricPoint>> ReadMetricAsync(MetricQuery query, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult<ImmutableArray<MetricPoint>>(Values(query) is { } value ? [new MetricPoint(query.From, value)] : []);
    }

    private static TrafficMinute With(TrafficMinute minute, IEnumerable<ScoredRequest> sent) => minute with
    {
        Answers = sent.Aggregate(minute.Answers, (answers, request) =>
        {
            var kind = request.Answered ? "2xx" : "4xx";
            return answers.SetItem(kind, answers.GetValueOrDefault(kind) + 1);
        }),
    };

    private void ThrowIfBroken()
    {
        if (Fault is not null)
        {
            throw new WorkspaceCallException("read the telemetry", null, Fault);
        }
    }
}
