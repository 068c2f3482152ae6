using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Ports;

/// <summary>What one deployment answered in one minute.</summary>
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

    /// <summary>Answers that were taken out, see <see cref="Without"/>; the latencies are still those of all.</summary>
    [JsonIgnore]
    public long TakenOut { get; private init; }

    /// <summary>Whether another reading of the minute says the same.</summary>
    public bool IsLike(TrafficMinute other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Start == other.Start
            && Deployment == other.Deployment
            && Answers.SequenceEqual(other.Answers)
            && LatencyMilliseconds.SequenceEqual(other.LatencyMilliseconds);
    }

    /// <summary>Whether a quantile proves something of what is left: when no more than <see cref="MostOwnShare"/> of all was taken out.</summary>
    /// <param name="percent">The quantile in percent, above 0 and below 100.</param>
    public bool Tells(int percent) => TakenOut <= (Requests + TakenOut) * MostOwnShare(percent);

    /// <summary>
    /// Which share of a minute's answers may be taken out, so that a quantile still proves something of what is left: a quarter of those above it.
    /// Even if all of them were the slowest, as a few large rows may well be, what is given as p95 would be the p96.25 at most.
    /// </summary>
    /// <param name="percent">The quantile in percent, above 0 and below 100.</param>
    public static decimal MostOwnShare(int percent) => (100 - percent) / 400m;

    /// <summary>The minute without some of its answers, and those that it does not have: they were counted in another minute.</summary>
    /// <param name="answers">The number of answers by status class, as in <see cref="Answers"/>.</param>
    /// <remarks>
    /// Quantiles can't be taken apart. They go with the answers when more than half of the minute's are taken out; with fewer,
    /// <see cref="Tells"/> says how far to trust them.
    /// </remarks>
    public (TrafficMinute Left, ImmutableSortedDictionary<string, long> Missing) Without(ImmutableSortedDictionary<string, long> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var found = answers.ToImmutableSortedDictionary(taken => taken.Key, taken => Math.Min(taken.Value, Answers.GetValueOrDefault(taken.Key)));
        var takenOut = found.Values.Sum();
        return (
            this with
            {
                Answers = Answers.ToImmutableSortedDictionary(all => all.Key, all => all.Value - found.GetValueOrDefault(all.Key)),
                LatencyMilliseconds = takenOut * 2 > Requests ? LatencyMilliseconds.Clear() : LatencyMilliseconds,
                TakenOut = takenOut,
            },
            answers.ToImmutableSortedDictionary(taken => taken.Key, taken => taken.Value - found[taken.Key]));
    }
}
