using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Reporting;

/// <summary>
/// A rollout's events as moments that a person reads: an action is one moment from its begin to its end, and looks in a row are one.
/// </summary>
internal sealed class Timeline
{
    private readonly List<ReportedMoment> _moments = [];
    private readonly List<JournalEvent> _before = [];
    private ActionStarted? _open;
    private JournalEvent? _written;
    private SmokeTested? _smoke;
    private bool _isLook;
    private bool _acted;
    private DateTimeOffset _firstLook;
    private int _looks;
    private ProbeTally _probes = ProbeTally.Zero;
    private GatesJudged? _judged;
    private Traffic? _lastSeen;

    private Timeline()
    {
    }

    /// <summary>The moments of events.</summary>
    /// <param name="events">The events of one rollout, oldest first.</param>
    public static ImmutableArray<ReportedMoment> Of(IEnumerable<JournalEvent> events)
    {
        var timeline = new Timeline();
        foreach (var happened in events)
        {
            timeline.Take(happened);
            timeline._before.Add(happened);
        }

        timeline.LeaveOpen();
        timeline.EndLooks();
        return [.. timeline._moments];
    }

    private void Take(JournalEvent happened)
    {
        switch (happened)
        {
            case RunStarted run:
                LeaveOpen();
                Add(new(run.Time, MomentKind.Run, $"{run.Actor ?? "Somebody"} ran {string.Join(", ", run.Stages)}", Unfinished(run)));
                break;
            case RunEnded run:
                LeaveOpen();
                Add(new(run.Time, MomentKind.Run, "The run ended", run.Outcome is null ? "An error or a signal ended it." : ""));
                break;
            case StageStarted:
                _acted = false;
                break;
            case StageFinished stage:
                Add(new(stage.Time, MomentKind.Stage, $"{stage.Stage}: {Words(stage.Outcome)}", stage.Why)
                {
                    IsDecision = stage.Outcome != Outcome.Done || (_acted && stage.Stage is Stage.Promote or Stage.Cleanup or Stage.Rollback or Stage.DeleteEndpoint),
                });
                break;
            case ActionStarted action:
                LeaveOpen();
                (_open, _written, _smoke, _isLook) = (action, null, null, false);
                break;
            case TrafficWritten or MarkWritten when _open is not null:
                _written = happened;
                break;
            case TrafficWritten written:
                Add(new(written.Time, MomentKind.Traffic, $"The traffic is found to be [{Traffic.Of(written.Traffic)}], as this rollout wrote it", written.Why)
                {
                    IsDecision = true,
                });
                break;
            case MarkWritten written:
                Add(new(written.Time, MomentKind.Action, $"The endpoint is found to be marked: {written.Mark.Status}", written.Why) { IsDecision = true });
                break;
            case ProbesAnswered probes:
                CountLook(probes);
                break;
            case GatesJudged judged:
                _judged = judged;
                break;
            case ActionFinished finished:
                Finish(finished);
                break;
            case ActionFailed failed:
                Break(failed.Time, failed.Action, failed.Error, MomentKind.Trouble);
                break;
            case ForeignChangeMet met:
                Break(met.Time, met.Action, met.Sentence, MomentKind.Foreign);
                break;
            case SmokeTested smoke when _open is not null:
                _smoke = smoke;
                break;
            case SmokeTested smoke:
                Add(new(smoke.Time, MomentKind.Evidence, $"Smoke test of {smoke.Deployment}: {Words(smoke.Verdict.Kind)}", $"{smoke.Verdict.Sentence}."));
                break;
            case Approved approved:
                Add(new(approved.Time, MomentKind.Person, $"{approved.Actor ?? "Somebody"} approved", Words(approved.Scope)) { IsDecision = true });
                break;
            case Adopted adopted:
                Add(new(adopted.Time, MomentKind.Person, $"{adopted.Actor ?? "Somebody"} accepted the traffic [{Traffic.Of(adopted.Traffic)}]", "")
                {
                    IsDecision = true,
                });
                break;
            case TrafficSeen or MarkSeen:
                See(happened);
                break;
            case NotificationEnded told:
                Add(new(told.Time, MomentKind.Message, $"{told.Place} was {(told.Failure is null ? "" : "not ")}told: {told.State}", told.Failure ?? ""));
                break;
            case TelemetryFailed failed:
                Add(new(failed.Time, MomentKind.Trouble, "What callers met could not be read", failed.Sentence));
                break;
        }
    }

    /// <summary>The rollout's own history says whether what was seen is news, or somebody else's doing.</summary>
    private void See(JournalEvent seen)
    {
        var known = new History([.. _before]);
        if (known.Contradicts(seen))
        {
            var what = new History([.. _before, seen]).ForeignChanges is [.., var last] ? last : "Somebody else changed the endpoint.";
            Add(new(seen.Time, MomentKind.Foreign, what, "") { IsDecision = true });
        }
        else if (seen is TrafficSeen traffic && !Traffic.Of(traffic.Traffic).Equals(_lastSeen))
        {
            Add(new(seen.Time, MomentKind.Traffic, $"The traffic is [{Traffic.Of(traffic.Traffic)}]", "As it was found."));
        }

        if (seen is TrafficSeen { Traffic: var map })
        {
            _lastSeen = Traffic.Of(map);
        }
    }

    private void CountLook(ProbesAnswered probes)
    {
        if (_looks == 0)
        {
            _firstLook = _open?.Time ?? probes.Time;
        }

        _isLook = true;
        _looks++;
        _probes += probes.Tally;
    }

    private void Finish(ActionFinished finished)
    {
        if (!_isLook)
        {
            _acted = true;
            var begun = _open?.Action == finished.Action ? _open : null;
            var kind = _written is TrafficWritten ? MomentKind.Traffic : _smoke is not null ? MomentKind.Evidence : MomentKind.Action;
            Add(new(
                begun?.Time ?? finished.Time,
                kind,
                _smoke is null ? Sentence(finished.Action) : $"{Sentence(finished.Action)}: {Words(_smoke.Verdict.Kind)}",
                _smoke is null ? begun?.Why ?? "" : $"{_smoke.Verdict.Sentence}.")
            {
                Elapsed = finished.Elapsed,
                IsDecision = _written is not null,
            });
            _lastSeen = _written is TrafficWritten written ? Traffic.Of(written.Traffic) : _lastSeen;
        }

        _open = null;
    }

    private void Break(DateTimeOffset time, string action, string why, MomentKind kind)
    {
        _open = null;
        Add(new(time, kind, $"{Sentence(action)}: {(kind == MomentKind.Foreign ? "not done" : "failed")}", why) { IsDecision = true });
    }

    /// <summary>An action whose end is not written down: the process died in it.</summary>
    private void LeaveOpen()
    {
        if (_open is { } open && !_isLook)
        {
            Add(new(open.Time, MomentKind.Trouble, $"{Sentence(open.Action)}: no end is written down", open.Why));
        }

        _open = null;
    }

    private void Add(ReportedMoment moment)
    {
        EndLooks();
        _moments.Add(moment);
    }

    private void EndLooks()
    {
        if (_looks == 0)
        {
            return;
        }

        var gates = _judged is { Reports: [_, ..] reports }
            ? $"Then the gates said: {string.Join(", ", reports.Select(report => $"{report.Gate} {Words(report.Kind)}"))}."
            : "";
        _moments.Add(new(
            _firstLook,
            MomentKind.Evidence,
            string.Create(CultureInfo.InvariantCulture, $"{_looks} {(_looks == 1 ? "look" : "looks")}: {_probes.Sent} probes, {_probes.Failed} failed"),
            _probes.FirstFailure is { } failure ? $"The first failure: {failure} {gates}".TrimEnd() : gates));
        (_looks, _probes, _judged) = (0, ProbeTally.Zero, null);
    }

    private static string Unfinished(RunStarted run) => run.Unfinished is null ? "" : $"The run before has not ended: {run.Unfinished}.";

    private static string Sentence(string action) => action.Length == 0 ? action : char.ToUpperInvariant(action[0]) + action[1..];

    private static string Words(ApprovalScope scope) => scope switch
    {
        ApprovalScope.Canary => "The candidate's first traffic.",
        ApprovalScope.Promote => "All traffic for the candidate.",
        _ => "The step that was held.",
    };

    private static string Words(Outcome outcome) => outcome switch
    {
        Outcome.RolledBack => "rolled back",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    private static string Words(VerdictKind kind) => kind == VerdictKind.NoData ? "no data" : kind.ToString().ToLowerInvariant();
}
