using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Reporting;

/// <summary>A rollout as its journal tells it: a fold over the events, whichever processes wrote them, for people to read.</summary>
public sealed record RolloutReport
{
    /// <summary>The rollout's id; null when the journal has none.</summary>
    public required string? Rollout { get; init; }

    /// <summary>The deployment that served before; null when the journal does not say.</summary>
    public required string? Stable { get; init; }

    /// <summary>The deployment that was to replace it; null in the first rollout ever, and before there is one.</summary>
    public required string? Candidate { get; init; }

    /// <summary>When the first event was; null without events.</summary>
    public required DateTimeOffset? Began { get; init; }

    /// <summary>When the last event was; null without events.</summary>
    public required DateTimeOffset? Ended { get; init; }

    /// <summary>How it ended.</summary>
    public required ReportEnding Ending { get; init; }

    /// <summary>Whether it was only rehearsed: what it speaks of is not the endpoint that serves callers.</summary>
    public required bool IsRehearsal { get; init; }

    /// <summary>The processes that worked on it, oldest first.</summary>
    public required ImmutableArray<ReportedRun> Runs { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required ImmutableArray<ReportedMoment> Moments { get; init; }

    /// <summary>The traffic over time, oldest first.</summary>
    public required ImmutableArray<TrafficSpan> Traffic { get; init; }

    /// <summary>What callers met in each minute with requests, oldest first.</summary>
    public required ImmutableArray<ComparedPoint> Minutes { get; init; }

    /// <summary>What the rows that the rollout sent itself met at each look, oldest first.</summary>
    public required ImmutableArray<ComparedPoint> Looks { get; init; }

    /// <summary>What both versions answered to the same rows; null when they were not compared.</summary>
    public required AgreementMatrix? Agreement { get; init; }

    /// <summary>What each gate said.</summary>
    public required ImmutableArray<GateCurve> Gates { get; init; }

    /// <summary>What the latest run was configured to do; empty in journals of earlier releases.</summary>
    public required ImmutableArray<ConfigurationFact> Configuration { get; init; }

    /// <summary>What a person might do next when the latest run ended; empty while one goes on, and in journals of earlier releases.</summary>
    public required ImmutableArray<NextStep> Next { get; init; }

    /// <summary>Lines of the journal that could not be read, of whichever rollout they are.</summary>
    public int UnreadableLines { get; init; }

    /// <summary>Where the rollout's way was decided, oldest first.</summary>
    public IEnumerable<ReportedMoment> Decisions => Moments.Where(moment => moment.IsDecision);

    /// <summary>The report of one rollout's events. Any events make one, also none, and those of a rollout that broke off anywhere.</summary>
    /// <param name="events">The events of one rollout, oldest first.</param>
    public static RolloutReport Of(IReadOnlyList<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var history = new History(events);
        var (stable, candidate) = ArmsOf(events, history);
        var evidence = new CandidateEvidence(history, stable ?? "", candidate ?? "");
        return new()
        {
            Rollout = events.FirstOrDefault(happened => happened.Rollout is not null)?.Rollout,
            Stable = stable,
            Candidate = candidate,
            Began = events.Count == 0 ? null : events[0].Time,
            Ended = events.Count == 0 ? null : events[^1].Time,
            Ending = EndingOf(events, history),
            IsRehearsal = events.OfType<RunStarted>().Any(run => run.IsRehearsal),
            Runs = RunsOf(events),
            Moments = Timeline.Of(events),
            Traffic = TrafficSpan.Of(events),
            Minutes = [.. evidence.Minutes.Select(minute => new ComparedPoint(minute.Start, PointOf(minute.Stable), PointOf(minute.Candidate)))],
            Looks = LooksOf(events, stable, candidate),
            Agreement = AgreementMatrix.Of(evidence.Pairs),
            Gates = GateCurve.Of(events.OfType<GatesJudged>()),
            Next = [.. (events.LastOrDefault(happened => happened is RunStarted or RunEnded) as RunEnded)?.Next ?? []],
            Configuration = [.. events.OfType<RunStarted>().LastOrDefault(run => run.Configuration is not null)?.Configuration ?? []],
        };
    }

    /// <summary>The text of a fact of the configuration; null when the journal does not have it.</summary>
    /// <param name="name">As <see cref="ConfigurationFacts"/> names it.</param>
    public string? Fact(string name) => Configuration.FirstOrDefault(fact => fact.Name == name)?.Text;

    /// <summary>The mark names both. Before there is one, the first traffic tells what serves, and the first look what is tried.</summary>
    private static (string? Stable, string? Candidate) ArmsOf(IReadOnlyList<JournalEvent> events, History history)
    {
        if (history.LastMark is { } mark)
        {
            return (mark.Stable, mark.Candidate);
        }

        var stable = events.OfType<PairsAnswered>().LastOrDefault()?.Stable
            ?? events.OfType<TrafficKnown>().Select(known => State.Traffic.Of(known.Traffic).Sole).FirstOrDefault(sole => sole is not null);
        var candidate = events.OfType<ProbesAnswered>().LastOrDefault(probes => probes.Deployment != stable)?.Deployment
            ?? events.OfType<SmokeTested>().LastOrDefault(smoke => smoke.Deployment != stable)?.Deployment;
        return (stable, candidate);
    }

    private static ReportEnding EndingOf(IReadOnlyList<JournalEvent> events, History history)
    {
        var end = events.LastOrDefault(happened => happened is RunStarted or RunEnded);
        var last = events.OfType<StageFinished>().LastOrDefault();

        // A torn line is passed over, and the stage's may be one.
        var why = last?.Why ?? "";
        if (events.All(happened => happened is RunStarted or RunEnded or StageStarted or TrafficSeen))
        {
            return new(EndingKind.Empty, "The journal tells of no step of this rollout.");
        }

        if (last is { Stage: Stage.DeleteEndpoint, Outcome: Outcome.Done })
        {
            return new(EndingKind.Deleted, why);
        }

        if (history.WentBack is { } back)
        {
            return new(EndingKind.RolledBack, events.OfType<StageFinished>().LastOrDefault(stage => stage.Outcome == Outcome.RolledBack)?.Why ?? back.Why);
        }

        var promoted = events.OfType<StageFinished>().LastOrDefault(stage => stage is { Stage: Stage.Promote, Outcome: Outcome.Done });
        return end switch
        {
            RunEnded { Outcome: Outcome.Held } => new(EndingKind.Held, why),
            RunEnded { Outcome: Outcome.Failed } => new(EndingKind.Failed, why),
            RunEnded { Outcome: Outcome.RolledBack } => new(EndingKind.RolledBack, why),
            _ when history.LastMark is { Status: RolloutStatus.Completed } || (promoted is not null && history.LastMark is not { IsOpen: true }) =>
                new(EndingKind.Live, string.Join(' ', new[] { LastReason(events), promoted?.Why }.OfType<string>().Distinct())),
            RunEnded { Outcome: null } => new(
                EndingKind.Interrupted,
                events.OfType<ActionFailed>().LastOrDefault() is { } failed
                    ? $"Could not {failed.Action}: {failed.Error}"
                    : "An error or a signal ended the run; the traffic stayed as it was."),
            RunEnded => new(EndingKind.Unfinished, last is null ? why : $"{last.Stage} is done: {why}"),
            _ => new(EndingKind.UnderWay, "The journal ends in the middle of a run, which goes on or has died."),
        };
    }

    /// <summary>Why the candidate was called the stable deployment; null where it was not, as in the first rollout ever.</summary>
    private static string? LastReason(IReadOnlyList<JournalEvent> events) =>
        events.OfType<MarkWritten>().LastOrDefault(written => written.Mark.Status == RolloutStatus.Completed)?.Why;

    private static ImmutableArray<ReportedRun> RunsOf(IReadOnlyList<JournalEvent> events)
    {
        var runs = new List<ReportedRun>();
        foreach (var happened in events)
        {
            switch (happened)
            {
                case RunStarted run:
                    runs.Add(ReportedRun.Of(run));
                    break;
                case RunEnded ended when runs.Count > 0:
                    runs[^1] = runs[^1].With(ended);
                    break;
            }
        }

        return [.. runs];
    }

    private static ImmutableArray<ComparedPoint> LooksOf(IReadOnlyList<JournalEvent> events, string? stable, string? candidate)
    {
        var looks = ImmutableArray.CreateBuilder<ComparedPoint>();
        PairsAnswered? pairs = null;
        foreach (var happened in events)
        {
            switch (happened)
            {
                case PairsAnswered answered when answered.Stable == stable && answered.Candidate == candidate:
                    pairs = answered;
                    break;
                case ProbesAnswered probes when probes.Deployment == candidate:
                    looks.Add(new(
                        probes.Time,
                        pairs is null
                            ? null
                            : new(pairs.Tally.Sent, pairs.Tally.OnlyStableFailed + pairs.Tally.BothFailed, QuantilesOf(pairs.Tally.StableMilliseconds)),
                        new(probes.Tally.Sent, probes.Tally.Failed, pairs is null ? null : QuantilesOf(pairs.Tally.CandidateMilliseconds))));
                    pairs = null;
                    break;
            }
        }

        return looks.ToImmutable();
    }

    private static Quantiles? QuantilesOf(ImmutableArray<double> milliseconds) =>
        milliseconds.IsEmpty ? null : new(NearestRank.Of(milliseconds, 50), NearestRank.Of(milliseconds, 95));

    private static ArmPoint? PointOf(TrafficMinute? minute) => minute is null
        ? null
        : new(minute.Requests, minute.Errors, minute.LatencyMilliseconds.IsEmpty ? null : new(QuantileOf(minute, 50), QuantileOf(minute, 95)));

    private static double? QuantileOf(TrafficMinute minute, int percent) =>
        minute.LatencyMilliseconds.TryGetValue(percent, out var latency) ? latency : null;
}
