using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Counts the requests that a run itself sends, by the minute of their answer, as the platform does which counts them among those of callers.
/// Safe for concurrent use.
/// </summary>
internal sealed class SentRequests
{
    private readonly Lock _turn = new();
    private readonly Dictionary<(DateTimeOffset Minute, string Deployment, string Class), int> _counts = [];

    /// <summary>Counts an answer; a request without one is left out, for nobody knows whether it was counted.</summary>
    /// <param name="time">When it came.</param>
    /// <param name="deployment">The deployment that was asked.</param>
    /// <param name="answer">The answer.</param>
    public void Add(DateTimeOffset time, string deployment, ScoringAnswer answer)
    {
        if (answer.Status is 0)
        {
            return;
        }

        // The counts of a whole canary stay in memory, so they share their texts.
        var other = deployment.Equals(answer.Deployment, StringComparison.OrdinalIgnoreCase) ? null : answer.Deployment;
        var key = (TrafficMinute.StartOf(time), other ?? deployment, string.Intern($"{answer.Status / 100}xx"));
        lock (_turn)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>The counts since they were taken last, oldest first.</summary>
    public ImmutableArray<SentCount> Take()
    {
        lock (_turn)
        {
            ImmutableArray<SentCount> taken =
            [
                .. _counts
                    .Select(count => new SentCount(count.Key.Minute, count.Key.Deployment, count.Key.Class, count.Value))
                    .OrderBy(count => count.Minute),
            ];
            _counts.Clear();
            return taken;
        }
    }
}
