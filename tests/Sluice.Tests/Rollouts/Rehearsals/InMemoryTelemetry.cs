using System.Collections.Immutable;
using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Callers whose requests are told by script, minute by minute.</summary>
internal sealed class InMemoryTelemetry : ITelemetry
{
    /// <summary>What callers of all deployments met in the minute that begins then.</summary>
    public Func<DateTimeOffset, IEnumerable<TrafficMinute>> Minutes { get; set; } = _ => [];

    /// <summary>A metric's value at a time; null for none.</summary>
    public Func<MetricQuery, double?> Values { get; set; } = _ => null;

    /// <summary>Why nothing can be read; null when it can.</summary>
    public string? Fault { get; set; }

    /// <summary>The spans of time that were read, in order.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Reads { get; } = [];

    /// <summary>A minute of a deployment.</summary>
    public static TrafficMinute Minute(DateTimeOffset start, string deployment, long good, long failed, double p95 = 20) => new(
        start,
        deployment,
        ImmutableSortedDictionary<string, long>.Empty.Add("2xx", good).Add("4xx", failed),
        ImmutableSortedDictionary<int, double>.Empty.Add(95, p95));

    public Task<ImmutableArray<TrafficMinute>> ReadTrafficAsync(
        string endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        Reads.Add((from, to));
        var minutes = ImmutableArray.CreateBuilder<TrafficMinute>();
        for (var minute = from; minute < to; minute += TimeSpan.FromMinutes(1))
        {
            minutes.AddRange(Minutes(minute).Where(one => one.Requests > 0));
        }

        return Task.FromResult(minutes.ToImmutable());
    }

    public Task<ImmutableArray<MetricPoint>> ReadMetricAsync(MetricQuery query, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult<ImmutableArray<MetricPoint>>(Values(query) is { } value ? [new MetricPoint(query.From, value)] : []);
    }

    private void ThrowIfBroken()
    {
        if (Fault is not null)
        {
            throw new WorkspaceCallException("read the telemetry", null, Fault);
        }
    }
}
