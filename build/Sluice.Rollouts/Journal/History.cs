using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>What the planner asks of the journal: folds over its events.</summary>
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

    /// <summary>The map that this run knew before somebody else changed it; null while nobody has.</summary>
    public Traffic? TrafficBeforeForeignChange =>
        Events.OfType<TrafficKnown>().TakeLast(2).ToArray() is [var before, TrafficSeen] ? Traffic.Of(before.Traffic) : null;

    private TrafficKnown? LastKnown => Events.OfType<TrafficKnown>().LastOrDefault();

    /// <summary>The latest smoke test of a deployment; null when there was none.</summary>
    public Verdict? SmokeTestOf(string deployment) =>
        Events.OfType<SmokeTested>().LastOrDefault(smoke => smoke.Deployment == deployment)?.Verdict;

    /// <summary>All probes of a deployment under the present traffic.</summary>
    public ProbeTally ProbesOf(string deployment) => Looks(deployment).Aggregate(ProbeTally.Zero, (sum, look) => sum + look.Tally);

    /// <summary>When the latest look at a deployment under the present traffic was; null when there was none.</summary>
    public DateTimeOffset? LastLook(string deployment) => Looks(deployment).LastOrDefault()?.Time;

    private IEnumerable<ProbesAnswered> Looks(string deployment) =>
        Events.OfType<ProbesAnswered>().Where(look => look.Deployment == deployment && look.Time >= TrafficSince);
}
