using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Analysis.Gates;

/// <summary>A journal told event by event, and what gates say of it: green-2 against default, at 10 % since 12 o'clock.</summary>
internal sealed class Told
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly RolloutMark Mark = new("r-1", "default", "green-2", RolloutStatus.Canary);

    private readonly List<JournalEvent> _events = [];
    private int _minutes;

    public IReadOnlyList<JournalEvent> Events => _events;

    /// <summary>The journal before the candidate has any traffic.</summary>
    public static Told BeforeTheStart() => new();

    /// <summary>The journal of a canary that has just begun.</summary>
    public static Told Begun() => new Told().Shift(10);

    public Told With(params JournalEvent[] events)
    {
        _events.AddRange(events);
        return this;
    }

    /// <summary>The candidate's weight changes.</summary>
    public Told Shift(int weight) => With(new TrafficWritten(Now, Traffic.Split("default", "green-2", weight).Percents, Mark, "told"));

    /// <summary>A minute with what callers met, of their latencies one quantile; it is read twice, so that it counts.</summary>
    public Told Minute((long Good, long Failed) stable, (long Good, long Failed) candidate, double stableP95 = 20, double candidateP95 = 20, int percent = 95)
    {
        var start = Now;
        _minutes++;
        TrafficMinute[] both =
        [
            InMemoryTelemetry.Minute(start, "default", stable.Good, stable.Failed, stableP95, percent),
            InMemoryTelemetry.Minute(start, "green-2", candidate.Good, candidate.Failed, candidateP95, percent),
        ];
        return With(
            new TrafficRead(Now, start, Now, [.. both.Where(minute => minute.Requests > 0)]),
            new TrafficRead(Now, start, Now.AddMinutes(1), []));
    }

    /// <summary>What the rollout itself has sent the candidate in the minute that begins.</summary>
    public Told Sent(long good) => With(
        new ProbesAnswered(Now, "green-2", new((int)good, 0, null)) { Sent = [new(Now, "green-2", "2xx", (int)good)] });

    /// <summary>The same journal, to be told on in another way.</summary>
    public Told Copy()
    {
        var copy = new Told { _minutes = _minutes };
        return copy.With([.. _events]);
    }

    /// <summary>A look of pairs that are as they are given, and otherwise all alike.</summary>
    public Told Pairs(
        int sent,
        int onlyStable = 0,
        int onlyCandidate = 0,
        int both = 0,
        int? compared = null,
        int? agreed = null,
        IEnumerable<(double Stable, double Candidate)>? milliseconds = null,
        IEnumerable<(double Stable, double Candidate)>? scores = null,
        params Disagreement[] disagreements)
    {
        var answered = sent - onlyStable - onlyCandidate - both;
        var timed = milliseconds?.ToArray() ?? [.. Enumerable.Repeat((3.0, 3.0), answered)];
        var scored = scores?.ToArray() ?? [];
        return With(new PairsAnswered(Now, "default", "green-2", new(
            sent,
            onlyStable,
            onlyCandidate,
            both,
            compared ?? answered,
            agreed ?? compared ?? answered,
            [.. timed.Select(pair => pair.Item1)],
            [.. timed.Select(pair => pair.Item2)],
            [.. scored.Select(pair => pair.Stable)],
            [.. scored.Select(pair => pair.Candidate)],
            [.. disagreements])));
    }

    /// <summary>The telemetry does not answer.</summary>
    public Told Deaf() => With(new TelemetryFailed(Now, "the telemetry is down"));

    /// <summary>What a gate says beside others that share the probability of a false rollback with it.</summary>
    public GateReport Asked(GateRule gate, params GateRule[] others) => Asked([gate, .. others])[0];

    /// <summary>What gates say.</summary>
    public ImmutableArray<GateReport> Asked(IReadOnlyCollection<GateRule> gates) => GateJudge.Judge(
        gates,
        new CandidateEvidence(new History(_events), "default", "green-2"),
        Specs.First.Strategy with { Gates = [.. gates] });

    private DateTimeOffset Now => Noon.AddMinutes(_minutes);
}
