using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>What the planner asks of the journal: folds over its events. Their order tells what came first, never their times.</summary>
/// <param name="Events">The events, oldest first.</param>
public sealed record History(IReadOnlyList<JournalEvent> Events)
{
    /// <summary>A journal in which nothing has happened.</summary>
    public static History Empty { get; } = new([]);

    /// <summary>The latest traffic that this run wrote; null when it wrote none.</summary>
    public TrafficWritten? LastWritten => Events.OfType<TrafficWritten>().LastOrDefault();

    /// <summary>The traffic as this run knows it; null before the first look.</summary>
    public Traffic? KnownTraffic => LastKnown is { } known ? Traffic.Of(known.Traffic) : null;

    /// <summary>Since when the traffic has been as this run knows it; null before the first look.</summary>
    public DateTimeOffset? TrafficSince => LastKnown?.Time;

    /// <summary>What somebody else did since this run last wrote the traffic, or first saw it: one sentence for each change.</summary>
    public IReadOnlyList<string> ForeignChanges
    {
        get
        {
            var changes = new List<string>();
            Traffic? known = null;
            foreach (var happened in Events)
            {
                switch (happened)
                {
                    case TrafficWritten written:
                        changes.Clear();
                        known = Traffic.Of(written.Traffic);
                        break;
                    case TrafficSeen seen:
                        var found = Traffic.Of(seen.Traffic);
                        if (known is not null)
                        {
                            changes.Add($"Somebody else changed the traffic: it was [{known}], it is [{found}].");
                        }

                        known = found;
                        break;
                    case ForeignChangeMet met:
                        changes.Add(met.Sentence);
                        break;
                }
            }

            return changes;
        }
    }

    private TrafficKnown? LastKnown => Events.OfType<TrafficKnown>().LastOrDefault();

    /// <summary>What a look at the endpoint adds to the journal; null when it shows nothing new.</summary>
    /// <param name="endpoint">The endpoint as it was seen; null when it does not exist.</param>
    /// <param name="now">When it was seen.</param>
    public TrafficSeen? Look(EndpointState? endpoint, DateTimeOffset now)
    {
        // While it is being changed, the service shows the traffic from before the change.
        if (endpoint is not null && !endpoint.State.IsSettled())
        {
            return null;
        }

        var traffic = endpoint?.Traffic ?? Traffic.None;
        return traffic.Equals(KnownTraffic) ? null : new(now, traffic.Percents);
    }

    /// <summary>How often the action was applied without another one in between, up to now.</summary>
    /// <param name="action">The action in words.</param>
    public int InARow(string action) => Events.OfType<ActionFinished>().Reverse().TakeWhile(finished => finished.Action == action).Count();

    /// <summary>The latest smoke test of a deployment; null when there was none.</summary>
    public Verdict? SmokeTestOf(string deployment) =>
        Events.OfType<SmokeTested>().LastOrDefault(smoke => smoke.Deployment == deployment)?.Verdict;

    /// <summary>All probes of a deployment under the present traffic.</summary>
    public ProbeTally ProbesOf(string deployment) => Looks(deployment).Aggregate(ProbeTally.Zero, (sum, look) => sum + look.Tally);

    /// <summary>When the latest look at a deployment under the present traffic was; null when there was none.</summary>
    public DateTimeOffset? LastLook(string deployment) => Looks(deployment).LastOrDefault()?.Time;

    private List<ProbesAnswered> Looks(string deployment)
    {
        var looks = new List<ProbesAnswered>();
        foreach (var happened in Events)
        {
            if (happened is TrafficKnown)
            {
                looks.Clear();
            }
            else if (happened is ProbesAnswered look && look.Deployment == deployment)
            {
                looks.Add(look);
            }
        }

        return looks;
    }
}
