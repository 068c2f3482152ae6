using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Analysis;

/// <summary>
/// What callers met, out of what the platform counted: without the requests that the rollout itself sent. Those are more than callers send
/// where they are few, and would speak for a candidate that fails callers only.
/// </summary>
internal static class CallerMinutes
{
    private static readonly ImmutableSortedDictionary<string, long> None = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>A deployment's minutes with requests of callers, oldest first, each once.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="counted">The minutes of all deployments, as they were counted; of a minute that was read twice the last one counts.</param>
    /// <param name="events">What has happened in the rollout, as far as it is known.</param>
    public static ImmutableArray<TrafficMinute> Of(string deployment, IEnumerable<TrafficMinute> counted, IEnumerable<JournalEvent> events)
    {
        var sent = events.OfType<ProbesAnswered>()
            .SelectMany(look => look.Sent)
            .Where(count => IsOfDeployment(count.Deployment))
            .GroupBy(count => count.Minute)
            .ToDictionary(minute => minute.Key, minute => Together(minute.Select(count => KeyValuePair.Create(count.Class, (long)count.Count))));
        var callers = ImmutableArray.CreateBuilder<TrafficMinute>();
        var (missing, missingSince) = (None, DateTimeOffset.MinValue);
        foreach (var minute in counted
            .Where(minute => IsOfDeployment(minute.Deployment))
            .GroupBy(minute => minute.Start)
            .OrderBy(minute => minute.Key)
            .Select(minute => minute.Last()))
        {
            // What was answered at the end of a minute may be counted in the next one.
            var own = sent.GetValueOrDefault(minute.Start, None);
            var isNext = minute.Start - missingSince == TimeSpan.FromMinutes(1);
            (var left, var notThere) = minute.Without(isNext ? Together([.. own, .. missing]) : own);

            // What is missing after that is no longer late: the platform has not counted it, and it would be callers that are taken out for it.
            missing = own.ToImmutableSortedDictionary(sent => sent.Key, sent => Math.Min(sent.Value, notThere.GetValueOrDefault(sent.Key)));
            missingSince = minute.Start;
            if (left.Requests > 0)
            {
                callers.Add(left);
            }
        }

        return callers.ToImmutable();

        bool IsOfDeployment(string name) => name.Equals(deployment, StringComparison.OrdinalIgnoreCase);
    }

    private static ImmutableSortedDictionary<string, long> Together(IEnumerable<KeyValuePair<string, long>> answers) => answers
        .GroupBy(part => part.Key)
        .ToImmutableSortedDictionary(part => part.Key, part => part.Sum(count => count.Value));
}
