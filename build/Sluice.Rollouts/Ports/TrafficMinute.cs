using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Ports;

/// <summary>What the callers of one deployment met in one minute.</summary>
/// <param name="Start">When the minute began.</param>
/// <param name="Deployment">The deployment that answered.</param>
/// <param name="Answers">The number of answers by status class (<c>2xx</c>, <c>4xx</c>, <c>5xx</c>); a class without answers may be missing.</param>
/// <param name="LatencyMilliseconds">Quantiles of the latency in milliseconds by percent (50, 90, 95, 99); empty where none are known.</param>
public sealed record TrafficMinute(
    DateTimeOffset Start,
    string Deployment,
    ImmutableSortedDictionary<string, long> Answers,
    ImmutableSortedDictionary<int, double> LatencyMilliseconds)
{
    /// <summary>The start of the minute that a time lies in, in UTC.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    /// <summary>All answers.</summary>
    [JsonIgnore]
    public long Requests => Answers.Values.Sum();

    /// <summary>The answers that are none of 2xx: a failing model is a 424, so a failure may be of either class.</summary>
    [JsonIgnore]
    public long Errors => Answers.Where(answers => answers.Key != "2xx").Sum(answers => answers.Value);
}
