using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>
/// What the planner asks of the journal: one fold over the events of one rollout, whichever processes ran it. Their order tells what came
/// first, never their times.
/// </summary>
public sealed class History
{
    private int _firstOfDeployments;
    private readonly int _firstOfRun;
    private int _lookedAt = -1;
    private int _backAt = -1;
    private bool _hasBegunStage;
    private Memory _now = new();
    private Memory? _beforeRollback;

    /// <summary>Folds the events.</summary>
    /// <param name="events">The events, oldest first.</param>
    public History(IReadOnlyList<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        Events = events;
        for (var index = 0; index < events.Count; index++)
        {
            if (events[index] is RunStarted)
            {
                _firstOfRun = index;
                _hasBegunStage = false;
                IsChangedAmidRun = false;
            }

            Take(events[index], index);
        }
    }

    /// <summary>A journal in which nothing has happened.</summary>
    public static History Empty { get; } = new([]);

    /// <summary>The events, oldest first.</summary>
    public IReadOnlyList<JournalEvent> Events { get; }

    /// <summary>The latest traffic that this rollout wrote; null when it wrote none.</summary>
    public TrafficWritten? LastWritten { get; private set; }

    /// <summary>The traffic that this rollout wants to be there: the write under way, else its latest one. Null when it wants none.</summary>
    public Traffic? WantedTraffic => (_now.Intended?.Traffic ?? LastWritten?.Traffic) is { } wanted ? Traffic.Of(wanted) : null;

    /// <summary>The traffic as this rollout knows it; null before the first look.</summary>
    public Traffic? KnownTraffic => _now.Known is { } known ? Traffic.Of(known.Traffic) : null;

    /// <summary>Since when the traffic has been as this rollout knows it; null before the first look.</summary>
    public DateTimeOffset? TrafficSince => _now.Known?.Time;

    /// <summary>The first traffic, live or mirrored, that this rollout gave the candidate; null when it has given it none.</summary>
    public TrafficWritten? FirstShift { get; private set; }

    /// <summary>What the gates said at the latest look under the present traffic; null when they have not been asked.</summary>
    public GatesJudged? Judged => _now.Judged;

    /// <summary>Whether they said so in the present run.</summary>
    public bool IsJudgedInRun => Judged is not null && _now.JudgedAt >= _firstOfRun;

    /// <summary>The mark that says that the rollout went back, and why it did; null when it has not.</summary>
    public (RolloutMark Mark, string Why)? WentBack { get; private set; }

    /// <summary>Whether it did in the present run.</summary>
    public bool IsBackInRun => WentBack is not null && _backAt >= _firstOfRun;

    /// <summary>Whether going back moved traffic; it need not, where the candidate never had any.</summary>
    public bool MovedBack => LastWritten?.Mark is { Status: RolloutStatus.RolledBack };

    /// <summary>
    /// What happened since this rollout made a deployment last, oldest first: what was seen of one that it made anew tells nothing of the present one.
    /// </summary>
    public IEnumerable<JournalEvent> OfDeployments => Events.Skip(_firstOfDeployments);

    /// <summary>What happened since the traffic is as this rollout knows it and its deployments are there, oldest first.</summary>
    public IEnumerable<JournalEvent> OfStep => Events.Skip(_now.FirstOfStep);

    /// <summary>Those of them that happened in earlier runs, oldest first.</summary>
    public IEnumerable<JournalEvent> OfStepBeforeRun => Events.Take(_firstOfRun).Skip(_now.FirstOfStep);

    /// <summary>When the present run began; null when that is not written down.</summary>
    public DateTimeOffset? RunSince => OfRun.FirstOrDefault()?.Time;

    /// <summary>The latest mark that this rollout wrote or a person accepted; null when there was none.</summary>
    public RolloutMark? LastMark { get; private set; }

    /// <summary>Whether the traffic is as a person accepted it, and has not been written since.</summary>
    public bool IsAdopted => _now.Known is Adopted;

    /// <summary>What somebody else did since this rollout last wrote, or first saw, the traffic: one sentence for each change.</summary>
    public IReadOnlyList<string> ForeignChanges => _now.ForeignChanges;

    /// <summary>Whether somebody else did something in the present run after its first look.</summary>
    public bool IsChangedAmidRun { get; private set; }

    /// <summary>Whether what is there is what this rollout wrote last; what others did in between they have taken back.</summary>
    private bool IsAsWritten => LastWritten is not null
        && Traffic.Of(LastWritten.Traffic).Equals(KnownTraffic)
        && (_now.Mirror is null || LastWritten.Mirror is null || Traffic.Of(LastWritten.Mirror).Equals(_now.Mirror))
        && _now.Mark == LastMark;

    /// <summary>What this rollout is to bring live, by content; null when it was not begun.</summary>
    public string? Content => Events.OfType<RunStarted>().LastOrDefault(run => run.IsOfRollout)?.Candidate;

    /// <summary>Whether it was begun, has not ended, and has given its candidate no traffic.</summary>
    public bool WaitsForTraffic => Content is not null && FirstShift is null && LastMark is null or { Status: RolloutStatus.Started };

    /// <summary>Whether the latest run that was to bring it live died, or another one has cut it off.</summary>
    public bool IsCutShort
    {
        get
        {
            var runs = Events.Where(happened => happened is RunStarted or RunEnded).ToList();
            var last = runs.FindLastIndex(happened => happened is RunStarted { IsOfRollout: true });
            return last >= 0 && runs.ElementAtOrDefault(last + 1) is not RunEnded;
        }
    }

    /// <summary>Who started this rollout, by running a stage of it; null when nobody has.</summary>
    public string? Starter => PersonOf(Events.OfType<RunStarted>().FirstOrDefault(run => run.Stages is not [Stage.Approve]));

    /// <summary>Who runs now; null when that is not written down.</summary>
    public string? Person => PersonOf(Events.OfType<RunStarted>().LastOrDefault());

    /// <summary>What happened in the present run, oldest first.</summary>
    private IEnumerable<JournalEvent> OfRun => Events.Skip(_firstOfRun);

    /// <summary>The same, latest first: who asks for the latest of something goes no further than that, however long the run has been.</summary>
    private IEnumerable<JournalEvent> LatestOfRun
    {
        get
        {
            for (var index = Events.Count - 1; index >= _firstOfRun; index--)
            {
                yield return Events[index];
            }
        }
    }

    /// <summary>The rows of the probes that this rollout has sent.</summary>
    public int RowsSent { get; private set; }

    /// <summary>The people who approved this rollout, as <see cref="PeopleOf"/> counts them.</summary>
    public IReadOnlyList<string> ApprovalsOf(ApprovalScope scope) => PeopleOf(Events.OfType<Approved>().Where(approved => approved.Scope == scope));

    /// <summary>The people behind approvals, each once. Whoever started the rollout is not among them: four eyes see more than two.</summary>
    public ImmutableArray<string> PeopleOf(IEnumerable<Approved> approvals)
    {
        var starter = Starter;
        return
        [
            .. approvals.Select(PersonOf).OfType<string>().Distinct(Actors.People).Where(person => !Actors.People.Equals(person, starter)),
        ];
    }

    /// <summary>The approval that the person who runs has given in the present run; null while there is none.</summary>
    public Approved? ApprovedInRun => LatestOfRun.OfType<Approved>().FirstOrDefault(approved => Actors.People.Equals(PersonOf(approved), Person));

    /// <summary>What a look at the endpoint adds to the journal; null when it shows nothing new.</summary>
    /// <param name="endpoint">The endpoint as it was seen; null when it does not exist.</param>
    /// <param name="now">When it was seen.</param>
    /// <remarks>
    /// A write that was intended and is there now is this rollout's own: the process that sent it died, or lost the answer, before it could
    /// write down that it was done.
    /// </remarks>
    public JournalEvent? Look(EndpointState? endpoint, DateTimeOffset now)
    {
        // While it is being changed, the service shows the traffic from before the change.
        if (endpoint is not null && !endpoint.State.IsSettled())
        {
            return null;
        }

        var traffic = endpoint?.Traffic ?? Traffic.None;
        var isNewTraffic = !traffic.Equals(KnownTraffic);
        var isNewMark = _now.Mark is not null && endpoint?.Mark != _now.Mark;
        var isNewMirror = _now.Mirror is not null && endpoint is not null && !endpoint.MirrorTraffic.Equals(_now.Mirror);
        var mayBeUnseen = _now.Intended is { Mark: not null, Traffic: null } or { Mirror: not null };
        return (isNewTraffic || isNewMirror || isNewMark || mayBeUnseen) && OwnWrite(endpoint, traffic, now) is { } own ? own
            : isNewTraffic || isNewMirror ? new TrafficSeen(now, traffic.Percents) { Mirror = _now.Mirror is null ? null : endpoint?.MirrorTraffic.Percents }
            : isNewMark ? new MarkSeen(now, endpoint?.Mark)
            : null;
    }

    /// <summary>
    /// Whether this rollout was of an earlier endpoint of that name: somebody has deleted that one, with the tags that the rollout wrote, and made
    /// it anew; another rollout may have written its own since.
    /// </summary>
    /// <param name="endpoint">The endpoint as it was seen; null when it does not exist.</param>
    public bool IsOfEarlierEndpoint(EndpointState? endpoint) =>
        LastMark is not null
        && endpoint?.Mark?.RolloutId != LastMark.RolloutId
        && endpoint?.CreatedAt > Events.LastOrDefault(happened => happened is TrafficWritten or MarkWritten)?.Time;

    /// <summary>Whether a look's news is somebody else's doing.</summary>
    public bool Contradicts(JournalEvent news) => news is MarkSeen || (news is TrafficSeen && _now.Known is not null);

    /// <summary>Whether a stage of this rollout has ended as done, in any run.</summary>
    public bool HasPassed(Stage stage) => Events.OfType<StageFinished>().Any(finished => finished.Stage == stage && finished.Outcome == Outcome.Done);

    /// <summary>How often the action was applied in this run without another one in between, up to now.</summary>
    /// <param name="action">The action in words.</param>
    public int InARow(string action) => LatestOfRun.OfType<ActionFinished>().TakeWhile(finished => finished.Action == action).Count();

    /// <summary>Whether the action failed in this run.</summary>
    /// <param name="action">The action in words.</param>
    public bool HasFailed(string action) => OfRun.OfType<ActionFailed>().Any(failed => failed.Action == action);

    /// <summary>Whether a webhook has answered for a gate in this run.</summary>
    public bool HasAskedWebhook(string gate) => OfRun.OfType<WebhookAnswered>().Any(answered => answered.Gate == gate);

    /// <summary>Whether the action was applied in this run.</summary>
    public bool HasApplied(RolloutAction action)
    {
        var words = action.ToString();
        return OfRun.Any(happened => IsEndOf(happened, words));
    }

    /// <summary>The latest smoke test of a deployment in this run; null when there was none.</summary>
    public Verdict? SmokeTestOf(string deployment) => SmokeTestsOf(deployment).FirstOrDefault()?.Verdict;

    /// <summary>The smoke tests of a deployment in this run, the latest one first; not those of one that it deleted.</summary>
    public IEnumerable<SmokeTested> SmokeTestsOf(string deployment)
    {
        var delete = new DeleteDeployment("", deployment).ToString();
        return LatestOfRun.TakeWhile(happened => !IsEndOf(happened, delete)).OfType<SmokeTested>().Where(smoke => smoke.Deployment == deployment);
    }

    /// <summary>All probes of a deployment under the present traffic.</summary>
    public ProbeTally ProbesOf(string deployment) => Looks(deployment).Aggregate(ProbeTally.Zero, (sum, look) => sum + look.Tally);

    /// <summary>When a deployment first had traffic, live or mirrored, as far as this rollout knows; null when it has had none.</summary>
    public DateTimeOffset? FirstTrafficOf(string candidate) =>
        Events.OfType<TrafficKnown>().FirstOrDefault(known => known == FirstShift || known.Traffic.GetValueOrDefault(candidate) > 0)?.Time;

    /// <summary>Whether the latest look at a candidate was in the present run.</summary>
    public bool IsLookedInRun => _lookedAt >= _firstOfRun;

    /// <summary>When the latest look at a deployment under the present traffic was; null when there was none.</summary>
    public DateTimeOffset? LastLook(string deployment) => Looks(deployment).LastOrDefault()?.Time;

    private static bool IsEndOf(JournalEvent happened, string action) => happened is ActionFinished finished && finished.Action == action;

    private static bool IsCreation(string action) => action.StartsWith(CreateDeployment.Verb, StringComparison.Ordinal);

    private static string? PersonOf(JournalEvent? happened) => happened?.Actor is { } actor ? Actors.PersonOf(actor) : null;

    private IEnumerable<ProbesAnswered> Looks(string deployment) => _now.Looks.Where(look => look.Deployment == deployment);

    private JournalEvent? OwnWrite(EndpointState? endpoint, Traffic traffic, DateTimeOffset now) => _now.Intended is not { } intended
        || (intended.Mark is not null && intended.Mark != endpoint?.Mark)
        || (intended.Traffic is not null && !traffic.Equals(Traffic.Of(intended.Traffic)))
        || (intended.Mirror is not null && !Traffic.Of(intended.Mirror).Equals(endpoint?.MirrorTraffic))
            ? null
            : intended.Traffic is null
                ? new MarkWritten(now, intended.Mark!, intended.Why)
                : new TrafficWritten(now, intended.Traffic, intended.Mark, intended.Why) { Mirror = intended.Mirror };

    private void Take(JournalEvent happened, int index)
    {
        switch (happened)
        {
            case StageStarted:
                _hasBegunStage = true;
                break;

            // For a person's rollback, and before the rollout wrote any traffic, what is there is nobody's mistake.
            case RunStarted { IsRollback: true }:
                Recall();
                _beforeRollback = _now with { Looks = [.. _now.Looks] };
                ForgetWhatIsThere();
                break;
            case RunStarted when LastWritten is null:
                _beforeRollback = null;
                ForgetWhatIsThere();
                break;
            case RunStarted:
                Recall();
                ForgetWhatWasTakenBack();
                break;
            // The beginning is there when a process has died in the middle; of what the present run has ended, the end alone is kept.
            case ActionStarted { Action: var begun } when IsCreation(begun):
            case ActionFinished { Action: var ended } when IsCreation(ended):
                _firstOfDeployments = index;
                BeginStep(index);
                break;
            case RunEnded:
                Recall();
                break;
            case WriteIntended intended:
                _now = _now with { Intended = intended };
                break;
            case TrafficWritten written:
                LastWritten = written;
                FirstShift ??= written.Mark is { IsOpen: true } ? written : null;
                Know(written, index);
                Know(written.Mark ?? _now.Mark);
                _now = _now with { Mirror = written.Mirror is { } mirror ? Traffic.Of(mirror) : null };
                Note(written.Mark, written.Why, index);
                break;
            case MarkWritten written:
                _now = _now with { Intended = null };
                Know(written.Mark);
                Note(written.Mark, written.Why, index);
                break;
            case Adopted adopted:
                Know(adopted, index);
                Know(adopted.Mark);
                _now = _now with { Mirror = null };
                break;
            case TrafficSeen seen:
                if (KnownTraffic is { } known && !known.Equals(Traffic.Of(seen.Traffic)))
                {
                    Meet($"Somebody else changed the traffic: it was [{known}], it is [{Traffic.Of(seen.Traffic)}].");
                }

                if (_now.Mirror is { } before && seen.MirrorAfter(before) is var mirrored && !mirrored.Equals(before))
                {
                    Meet($"Somebody else changed the mirrored traffic: it was [{before}], it is [{mirrored}].");
                    _now = _now with { Mirror = mirrored };
                }

                _now = _now with { Known = seen };
                BeginStep(index);
                ForgetWhatWasTakenBack();
                break;
            case MarkSeen seen:
                Meet($"Somebody else changed the rollout's tags: they said [{_now.Mark}], they say [{seen.Mark?.ToString() ?? "nothing"}].");
                _now = _now with { Mark = seen.Mark };
                ForgetWhatWasTakenBack();
                break;
            case ForeignChangeMet met:
                _now = _now with { Intended = null };
                Meet(met.Sentence);
                break;
            case ProbesAnswered look:
                RowsSent = (int)Math.Min(int.MaxValue, (long)RowsSent + look.Tally.Sent);
                _now.Looks.Add(look);
                _lookedAt = index;
                break;
            case GatesJudged judged:
                _now = _now with { Judged = judged, JudgedAt = index };
                break;
        }
    }

    private void ForgetWhatIsThere() => _now = _now with { Known = null, Mirror = null, Mark = null, Intended = null, ForeignChanges = [] };

    /// <summary>
    /// After a rollback that is not known to have written, what somebody else did before it still is somebody else's doing; what it was about
    /// to write is its own when it is there.
    /// </summary>
    private void Recall()
    {
        if (_beforeRollback is { } before)
        {
            _now = before with { Intended = _now.Intended ?? before.Intended };
            _beforeRollback = null;
        }
    }

    private void Note(RolloutMark? written, string why, int index)
    {
        _beforeRollback = null;
        WentBack = written is { Status: RolloutStatus.RolledBack } back ? (back, why) : null;
        _backAt = index;
    }

    private void Meet(string change)
    {
        _now = _now with { ForeignChanges = _now.ForeignChanges.Add(change) };
        IsChangedAmidRun |= _hasBegunStage;
    }

    private void Know(TrafficKnown known, int index)
    {
        _now = _now with { Known = known, Intended = null, ForeignChanges = [] };
        BeginStep(index);
    }

    private void BeginStep(int index) => _now = _now with { FirstOfStep = index, Looks = [], Judged = null };

    private void ForgetWhatWasTakenBack()
    {
        if (IsAsWritten)
        {
            _now = _now with { ForeignChanges = [] };
        }
    }

    private void Know(RolloutMark? mark)
    {
        LastMark = mark;
        _now = _now with { Mark = mark };
    }

    /// <summary>What is known of the endpoint and of the step at a moment.</summary>
    private sealed record Memory
    {
        public TrafficKnown? Known { get; init; }

        /// <summary>The mirrored traffic while this rollout mirrors some: what it wrote, or what was seen since. Null while it does not.</summary>
        public Traffic? Mirror { get; init; }

        public RolloutMark? Mark { get; init; }

        public WriteIntended? Intended { get; init; }

        public ImmutableArray<string> ForeignChanges { get; init; } = [];

        public int FirstOfStep { get; init; }

        /// <summary>There may be a great many, so that they are added to the list instead of making another one.</summary>
        public List<ProbesAnswered> Looks { get; init; } = [];

        public GatesJudged? Judged { get; init; }

        public int JudgedAt { get; init; } = -1;
    }
}
