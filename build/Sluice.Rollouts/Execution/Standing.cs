using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Where the endpoint and its latest rollout stand: one look at the workspace, the journal and the telemetry, from outside. No lock is taken
/// and nothing is written, so a rollout that runs elsewhere can be watched. What the rollout waits for is what the planner says of it.
/// </summary>
public sealed record Standing
{
    /// <summary>How far the look at the telemetry goes back.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    /// <summary>When it was looked.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The workspace as it was seen.</summary>
    public required WorkspaceState State { get; init; }

    /// <summary>The whole journal.</summary>
    public required JournalReading Journal { get; init; }

    /// <summary>The rollout that is shown: the one under way, else the latest; null when there was none.</summary>
    public string? RolloutId { get; init; }

    /// <summary>What has happened in that rollout.</summary>
    public required History History { get; init; }

    /// <summary>The run that has not ended, whatever it does; null when none is open.</summary>
    public RunStarted? Run { get; init; }

    /// <summary>Whether that run's process still runs; null when that can't be told from here.</summary>
    public bool? RunIsAlive { get; init; }

    /// <summary>Whether a run goes on, as far as anybody can tell from here.</summary>
    public bool IsAmidRun => Run is not null && RunIsAlive != false;

    /// <summary>
    /// The stage that the rollout is at: that of the run under way, else the one that the next run would begin with; of one that has ended, the one
    /// in which it did.
    /// </summary>
    public Stage? Stage { get; init; }

    /// <summary>What the planner is asked about.</summary>
    public required Situation Situation { get; init; }

    /// <summary>What the planner says of it; null when it can't be asked, as the rollout's own configuration is not known.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The weight that is held; null when there is none.</summary>
    public HeldWeight? Held { get; init; }

    /// <summary>Whether that is no step of the configuration, so that only another one says until when it is held, and for what.</summary>
    public bool IsByOtherSteps { get; private init; }

    /// <summary>When the changes open that it waits for; null when it waits for no window.</summary>
    public DateTimeOffset? Opening { get; init; }

    /// <summary>What people have to approve; null for nothing.</summary>
    public ApprovalScope? AwaitedApproval { get; init; }

    /// <summary>When the rollout's deadline is over; null when it has none, or has not given the candidate any traffic.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The candidate's deployment; null when it is not known.</summary>
    public string? Candidate { get; init; }

    /// <summary>The deployment that serves beside it; null when there is none.</summary>
    public string? Stable { get; init; }

    /// <summary>The requests of each deployment that had some of late.</summary>
    public ImmutableArray<DeploymentLoad> Loads { get; init; } = [];

    /// <summary>What a person should know beside it, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>
    /// What the candidate's probes say under the present traffic, or said before it lost its traffic; null where none is held, or was.
    /// </summary>
    public Verdict? Probes { get; init; }

    /// <summary>What the gates said last; null when they have not been asked.</summary>
    public GatesJudged? Judged => History.Judged ?? History.Events.OfType<GatesJudged>().LastOrDefault();

    /// <summary>The candidate's share of the requests when the gates said so, in words; null when they have not been asked.</summary>
    public string? JudgedShare => Judged is { } judged
        ? MirroredTraffic.Share(
            judged.Weight,
            TrafficSpan.Of([.. History.Events.TakeWhile(happened => happened != judged)]) is [.., var span] ? span.Mirrored[Candidate ?? ""] : 0)
        : null;

    /// <summary>The action that is being carried out; null when none is, or nobody runs.</summary>
    public ActionStarted? UnderWay => Run is null || RunIsAlive == false
        ? null
        : History.Events.LastOrDefault(
            happened => happened is ActionStarted or ActionFinished or ActionFailed or ForeignChangeMet or RunStarted) as ActionStarted;

    /// <summary>What ended the rollout, and who; null while it has not ended, and where the journal does not tell.</summary>
    public JournalEvent? End => Ended is null ? null : History.Events.LastOrDefault(happened => happened
        is TrafficWritten { Mark.Status: RolloutStatus.RolledBack or RolloutStatus.Completed }
        or MarkWritten { Mark.Status: RolloutStatus.RolledBack or RolloutStatus.Completed });

    /// <summary>How the rollout ended; null while it has not, while somebody else's change is to be decided on, or when there was none.</summary>
    public Outcome? Ended => RolloutId is null || Decision is FinishDecision { Outcome: Outcome.Held } ? null
        : State.Endpoint?.Mark is { Status: RolloutStatus.Completed } done && done.RolloutId == RolloutId ? Outcome.Done
        : State.Endpoint is { Mark: { Status: RolloutStatus.RolledBack } back } endpoint && back.RolloutId == RolloutId && endpoint.Traffic.Sole == back.Stable
            ? Outcome.RolledBack
        : Run is null && Decision is FinishDecision { Outcome: Outcome.Done or Outcome.RolledBack } finish ? finish.Outcome
        : null;

    /// <summary>What a person may do next.</summary>
    /// <param name="command">Writes the command that runs a target.</param>
    public NextSteps NextSteps(Func<string, string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var stage = Stage is { } at && Line.Rollout.Contains(at) ? at : Planning.Stage.Promote;

        // Whoever ran the line up to a stage does so again; the first time it is run as a whole.
        var last = History.Events.OfType<RunStarted>().LastOrDefault(run => run.IsOfRollout)?.Stages[^1] ?? Planning.Stage.Promote;
        var again = Line.Stages.IndexOf(last) > Line.Stages.IndexOf(stage) ? last : stage;
        var commands = new Commands(command, "");
        commands = OtherModel is { } model ? commands.Meaning(model) : commands;
        var guide = new Guide(
            commands with { Again = commands.Of($"{again}") }, Situation, Configured is { } configured ? new(new(command, ""), configured) : null);
        return IsAmidRun
            ? guide.Amid(Run!.IsRollback)
            : guide.At(stage, Decision, Ended);
    }

    /// <summary>What the look shows that the journal does not tell; null for nothing.</summary>
    private JournalEvent? News { get; init; }

    /// <summary>What the configuration would bring live, with the latest rollout of that; null where it is the rollout that is shown.</summary>
    private Situation? Configured { get; init; }

    /// <summary>What the rollout that is shown is to bring live, where the configuration says something else; null where it says the same.</summary>
    private ModelSource? OtherModel { get; init; }

    /// <summary>
    /// Looks. What can be read at the same time, is; so a write of a run under way may be in the one and not yet in the other, and a look that
    /// shows it is taken once more.
    /// </summary>
    /// <param name="spec">What the caller would have; where the rollout is known to be of something else, it is not gone by.</param>
    /// <param name="workspace">The workspace; it is only read.</param>
    /// <param name="store">Where the journal is kept; it is only read.</param>
    /// <param name="telemetry">What callers met.</param>
    /// <param name="runs">Whether a process still runs; null when that can't be told.</param>
    /// <param name="previous">The look before, whose journal counts where it can't be read this time; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="WorkspaceCallException">The workspace could not be read.</exception>
    public static async Task<Standing> OfAsync(
        RolloutSpec spec,
        IWorkspace workspace,
        IJournalStore store,
        ITelemetry telemetry,
        Func<RunningProcess, bool?> runs,
        Standing? previous,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(telemetry);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(time);
        for (var look = 1; ; look++)
        {
            var to = TrafficMinute.StartOf(time.GetUtcNow());
            workspace.Forget();
            var seen = workspace.ObserveAsync(spec.Model, spec.Endpoint.Name, cancellationToken);
            var read = ReadAsync(store, spec.AsksApproval, previous, cancellationToken);
            var met = ReadAsync(telemetry, spec.Endpoint.Name, to - Lately, to, cancellationToken);
            await Task.WhenAll(seen, read, met);
            var (journal, journalNotes) = await read;
            var (minutes, fault) = await met;
            var standing = Of(spec, await seen, journal, runs, time.GetUtcNow());
            if (StaleLook.MayBe(standing.History, standing.News, look))
            {
                await Task.Delay(StaleLook.Pause, time, cancellationToken);
                continue;
            }

            return standing with
            {
                Loads = [.. LoadsOf(standing, minutes, to)],
                Notes =
                [
                    .. journalNotes,
                    .. standing.Notes,
                    .. fault is null || standing.State.Endpoint is null
                        ? Array.Empty<string>()
                        : [$"The telemetry can't be read, so requests are those of the rollout's looks: {fault}"],
                ],
            };
        }
    }

    private static Standing Of(
        RolloutSpec spec, WorkspaceState state, JournalReading journal, Func<RunningProcess, bool?> runs, DateTimeOffset now)
    {
        var id = state.Endpoint?.Mark is { IsOpen: true } open
            ? open.RolloutId
            : journal.LatestRollout ?? state.Endpoint?.Mark?.RolloutId;
        var history = id is null ? History.Empty : new(journal.Of(id));
        var deletion = state.Endpoint is null ? DeletionOf(journal) : null;
        var isMadeAnew = history.IsOfEarlierEndpoint(state.Endpoint);
        var isGone = state.Endpoint is null && deletion is null && (history.LastWritten is not null || history.LastMark is not null);
        (id, history) = isMadeAnew || isGone || deletion is not null ? (null, History.Empty) : (id, history);
        var run = journal.OpenRun;
        var isAlive = run is null ? null : runs(run.Process);

        // Before a rollout has written any traffic, its next run takes what is there for nobody's mistake.
        var isKnown = history.LastWritten is not null || (run is not null && isAlive != false && run.Rollout == id);
        var news = isKnown ? history.Look(state.Endpoint, now) : null;
        var situation = new Situation
        {
            Spec = spec with { Model = spec.Model.PinnedTo(state) },
            State = state,
            History = news is null ? history : new([.. history.Events, news]),
            Now = now,
            RolloutId = id ?? "",
        };
        var own = situation.MeaningRollout;
        var pair = history.FirstShift?.Mark ?? MarkOf(state, id);
        var standing = new Standing
        {
            Situation = own ?? situation,
            Configured = own == situation
                ? null
                : situation with { History = new(journal.OfLatest(situation.Spec.Model.CandidateContent)) },
            Time = now,
            State = state,
            Journal = journal,
            RolloutId = id,
            OtherModel = own is null || own == situation ? null : own.Spec.Model.Candidate,
            History = history,
            News = news,
            Run = run,
            RunIsAlive = isAlive,
            Candidate = pair?.Candidate,
            Stable = pair?.Stable,
            Notes =
            [
                .. isMadeAnew
                    ? new[] { $"The endpoint was made anew since its latest rollout, at {Instants.Text(state.Endpoint!.CreatedAt!.Value)}; that one counts no more." }
                    : [],
                .. deletion is null
                    ? Array.Empty<string>()
                    : [$"The endpoint was deleted at {Instants.Text(deletion.Time)}, and its latest rollout is over with it."],
                .. isGone ? ["The endpoint is gone, and its latest rollout is over with it."] : Array.Empty<string>(),
                .. NotesOf(journal),
                .. (run is null || isAlive == false) && state.Endpoint is { } busy && !busy.State.IsSettled() && journal.Intended is { } intended
                    ? new[] { $"A write that a run before has begun is under way: {Wanted(intended)}." }
                    : [],
            ],
        };

        // A run that goes on knows more than its journal tells of what it rolls back to.
        if (run is { IsRollback: true } && isAlive != false)
        {
            return standing with { Stage = Planning.Stage.Rollback };
        }

        return own is null
            ? standing with { Notes = [.. standing.Notes, "The rollout is of another model than this configuration's, which is not registered yet."] }
            : Ask(standing, isAlive == false ? null : run);
    }

    private static Standing Ask(Standing standing, RunStarted? run)
    {
        var (situation, events) = (standing.Situation, standing.History.Events);
        var isOwnRun = run is not null && run.Rollout == standing.RolloutId;
        var (stage, decision) = Planner.FirstUndone(isOwnRun ? StagesOf(run!, events) : Line.Rollout, situation);
        var isChanged = situation.History.ForeignChanges.Count > 0;
        var held = isChanged ? null : Planner.HeldNow(situation);
        var isOthers = held is { Step: null }
            && !situation.History.IsAdopted
            && situation.CandidateMark is { Status: RolloutStatus.Canary or RolloutStatus.Shadow };
        var gone = situation.KnownMark is { IsOpen: true } open && situation.State.Endpoint!.Deployment(open.Candidate) is null ? open.Candidate : null;
        var seen = standing with
        {
            Stage = stage,
            Decision = decision,
            Held = held,
            Probes = held is null ? null : situation.CandidateVerdict,
            Opening = Planner.AwaitedOpening(stage, situation),
            AwaitedApproval = Planner.Awaited(stage, situation, decision)?.Scope,
            Deadline = situation.CandidateMark is { IsOpen: true } ? situation.History.FirstShift?.Time + situation.Spec.Strategy.Deadline : null,
            Candidate = standing.Candidate ?? situation.Candidate,
            Stable = standing.Stable ?? situation.Stable,
            Notes =
            [
                .. standing.Notes,
                .. gone is null ? Array.Empty<string>() : [$"The candidate is gone: somebody else deleted deployment {gone}."],
                .. isOthers
                    ? [$"{held!.Share} is no step of this configuration; the rollout may run by another one, which alone says what it waits for."]
                    : Array.Empty<string>(),
                .. Planner.KeptDifference(situation) is { } kept ? [kept] : Array.Empty<string>(),
            ],
            IsByOtherSteps = isOthers,
        };
        return seen.End is { } end ? AsEnded(seen, end) : seen;
    }

    /// <summary>The look at a rollout that has ended: where it was then, and how its candidate was judged before it went back.</summary>
    private static Standing AsEnded(Standing seen, JournalEvent end)
    {
        JournalEvent[] before = [.. seen.History.Events.TakeWhile(happened => happened != end)];
        var last = seen.Situation with { History = new(before) };
        return seen with
        {
            Stage = before.OfType<StageStarted>().LastOrDefault(started => Line.Rollout.Contains(started.Stage))?.Stage ?? seen.Stage,
            Probes = seen.Ended == Outcome.RolledBack && last.History.ProbesOf(last.Candidate ?? "").Sent > 0 ? last.CandidateVerdict : null,
        };
    }

    /// <summary>The stages that a run has yet to end.</summary>
    private static ImmutableArray<Stage> StagesOf(RunStarted run, IReadOnlyList<JournalEvent> events)
    {
        var ended = events.Reverse().TakeWhile(happened => happened is not RunStarted).OfType<StageFinished>().Count();
        return [.. run.Stages.Skip(Math.Min(ended, run.Stages.Count - 1))];
    }

    /// <summary>The deletion of the endpoint since its latest rollout; null when there was none.</summary>
    private static StageFinished? DeletionOf(JournalReading journal) => journal.Events.Reverse()
        .TakeWhile(happened => happened is not RunStarted { IsOfRollout: true })
        .OfType<StageFinished>()
        .LastOrDefault(finished => finished is { Stage: Planning.Stage.DeleteEndpoint, Outcome: Outcome.Done });

    /// <summary>What a person who has rolled back last has to know: that it came to nothing.</summary>
    private static ImmutableArray<string> NotesOf(JournalReading journal) =>
        journal.Events.Reverse().TakeWhile(happened => happened is not RunStarted).OfType<StageFinished>().FirstOrDefault()
            is { Stage: Planning.Stage.Rollback, Outcome: not Outcome.Done } failed
            ? [$"The latest Rollback moved nothing: {failed.Why}"]
            : [];

    private static string Wanted(WriteIntended intended) => intended.Traffic is { } traffic
        ? $"traffic is to be [{Traffic.Of(traffic).And(Traffic.Of(intended.Mirror ?? ImmutableDictionary<string, int>.Empty))}]"
        : $"the rollout's tags are to say [{intended.Mark}]";

    private static RolloutMark? MarkOf(WorkspaceState state, string? rollout) =>
        state.Endpoint?.Mark is { } mark && mark.RolloutId == rollout ? mark : null;

    /// <summary>The run's own requests are left out, whichever rollout sent them: the time that is looked at may have seen more than one.</summary>
    private static IEnumerable<DeploymentLoad> LoadsOf(Standing standing, ImmutableArray<TrafficMinute> minutes, DateTimeOffset to)
    {
        var from = to - Lately;
        return (standing.State.Endpoint?.Deployments ?? []).Select(LoadOf).OfType<DeploymentLoad>();

        DeploymentLoad? LoadOf(DeploymentState deployment) =>
            DeploymentLoad.OfTelemetry(deployment.Name, CallerMinutes.Of(deployment.Name, minutes, standing.Journal.Events), from, to) is { } met
                ? met with { IncludesMirrored = standing.WasMirrored(deployment.Name, from, to) }
                : DeploymentLoad.OfLooks(deployment.Name, standing.History);
    }

    private bool WasMirrored(string deployment, DateTimeOffset from, DateTimeOffset to) =>
        State.Endpoint?.MirrorTraffic[deployment] > 0
        || TrafficSpan.Of(Journal.Events).Any(span => span.Mirrored[deployment] > 0 && span.From < to && span.To > from);

    private static async Task<JournalLook> ReadAsync(
        IJournalStore store, bool asksApproval, Standing? previous, CancellationToken cancellationToken)
    {
        try
        {
            return await JournalLook.AtAsync(store, asksApproval, cancellationToken);
        }
        catch (WorkspaceCallException error)
        {
            var shown = previous is null ? "is left out" : "is shown as it was";
            return new(previous?.Journal ?? JournalLook.None.Journal, [$"The journal can't be read now, and {shown}: {error.Message}"]);
        }
    }

    private static async Task<(ImmutableArray<TrafficMinute> Minutes, string? Fault)> ReadAsync(
        ITelemetry telemetry, string endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        try
        {
            return (await telemetry.ReadTrafficAsync(endpoint, from, to, cancellationToken), null);
        }
        catch (WorkspaceCallException error)
        {
            return ([], error.Message);
        }
    }
}
