using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Runs stages: look, ask the planner, check the invariants, apply, write it down, look again. It decides nothing.
/// </summary>
public sealed class Rollout : IAsyncDisposable
{
    /// <summary>How long what was written may be missing from what the service lists; its lists lag behind its operations.</summary>
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(1);

    /// <summary>How many lines of a log are shown beside what a run says itself.</summary>
    private const int LinesOfLog = 20;

    /// <summary>How long a look after a failure may take; a person waits for it, whatever the rollout's clock.</summary>
    private static readonly TimeSpan PatienceAfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The same after a cancellation, and as long again for the run's last words with the lock: pipelines' agents send another signal 7.5 s after the
    /// first one, and kill what is left at 10 s, when the summary must have been handed over.
    /// </summary>
    private static readonly TimeSpan PatienceAfterCancellation = TimeSpan.FromSeconds(3);

    private readonly RolloutSpec _spec;
    private readonly IWorkspace _workspace;
    private readonly IJournalStore? _store;
    private readonly ActionRunner _runner;
    private readonly TimeProvider _time;
    private readonly Observers _observers;
    private readonly RunRequest _request;
    private readonly Telling _telling;
    private RunJournal? _journal;
    private WriteAhead? _log;
    private Situation? _seen;
    private string _rolloutId = "";
    private ModelSpec _model;
    private WorkspaceState? _shown;
    private bool _hasEnded;

    /// <summary>Whether a rollback has looked once more, after the last moment at which a write of the run before it may have arrived.</summary>
    private bool _hasLookedOnceMore;

    /// <summary>How the last stage ended; null when an error or a signal ended it.</summary>
    private StageResult? _result;

    /// <summary>A rollout over the given ports. Nothing is called, and no lock is taken, before the first look.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="sources">Where evidence comes from.</param>
    /// <param name="store">Where the journal is kept, with the lock on the endpoint; null for neither.</param>
    /// <param name="observers">Who watches.</param>
    /// <param name="time">The clock.</param>
    /// <param name="request">What is asked of this run.</param>
    public Rollout(
        RolloutSpec spec,
        IWorkspace workspace,
        EvidenceSources sources,
        IJournalStore? store,
        IReadOnlyCollection<IRolloutObserver> observers,
        TimeProvider time,
        RunRequest request)
    {
        _spec = spec;
        _model = spec.Model;
        _workspace = workspace;
        _store = store;
        _runner = new ActionRunner(spec, workspace, sources, time);
        _observers = new Observers(observers);
        _time = time;
        _request = request;
        _telling = new Telling(spec, sources, _observers, time, request);
    }

    /// <summary>What had happened in this rollout before this run, oldest first; empty before the first look. Observers are told of what follows.</summary>
    public IReadOnlyList<JournalEvent> EventsBefore => _journal?.Before.Of(_rolloutId) ?? [];

    /// <summary>The candidate's deployment, which may have yet to be made; null before the forecast, and where that ends without a version of it.</summary>
    public string? Candidate { get; private set; }

    /// <summary>Takes the lock, looks at the workspace, and foresees what the stages will do if all goes well. Changes nothing.</summary>
    /// <exception cref="EndpointLockedException">Another run holds the endpoint.</exception>
    public async Task<Forecast> ForecastAsync(IReadOnlyCollection<Stage> stages, CancellationToken cancellationToken)
    {
        var situation = await LookAsync(cancellationToken);
        var forecast = Forecast.Of(stages, situation, _journal?.Before.Intended, cancellationToken.ThrowIfCancellationRequested);
        Candidate = (situation with { State = forecast.Actions is [.., var last] ? last.After : situation.State }).Candidate;
        return forecast;
    }

    /// <summary>Runs one stage to its end.</summary>
    /// <returns>How it ended; every outcome but an error is a result, not an exception.</returns>
    /// <exception cref="RolloutException">A call failed, or an action would have broken an invariant. The traffic stays as it was written last.</exception>
    /// <exception cref="EndpointLockedException">Another run holds the endpoint, or has taken it from this one.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled. What was written last stays; a <see cref="WriteCancelledException"/> names the write that was begun.
    /// </exception>
    public async Task<StageResult> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        try
        {
            return _result = await ConductAsync(stage, cancellationToken);
        }
        catch (LockLostException)
        {
            _result = null;
            return await GiveWayAsync(stage, cancellationToken);
        }
        catch (Exception error)
        {
            _result = null;
            var isFailure = error is not (OperationCanceledException or EndpointLockedException) && !cancellationToken.IsCancellationRequested;
            if (isFailure && _seen is { } seen)
            {
                await _telling.OfErrorAsync(_journal!, stage, seen, error, cancellationToken);
            }

            throw;
        }
    }

    /// <summary>
    /// Takes back the rollout of this run's candidate, when one is under way; for a run that is cancelled. One that has passed everything, and is
    /// only to be called over, is left.
    /// </summary>
    /// <returns>How that ended; null when no rollout is under way.</returns>
    public async Task<StageResult?> TakeBackAsync(CancellationToken cancellationToken)
    {
        _workspace.Forget();
        return IsUnderWay(await LookAsync(cancellationToken)) ? await RunAsync(Stage.Rollback, cancellationToken) : null;
    }

    /// <summary>What a person may do next where an error or a signal ended the run.</summary>
    public NextSteps NextAfterError => _seen is { } seen
        ? GuideTo(seen with { State = _shown!, History = new(_journal!.Events) }).AfterError()
        : _request.Commands.AfterError(_shown?.Endpoint is { FailedToBeCreated: true });

    /// <summary>Writes down that the run has ended, and frees the lock, which it does whatever is thrown.</summary>
    /// <param name="cancelled">The run's cancellation; from then on a journal that does not answer is waited for a few seconds only.</param>
    public async Task EndAsync(CancellationToken cancelled)
    {
        if (_hasEnded || _journal is not { } journal)
        {
            return;
        }

        _hasEnded = true;
        using var limit = new CancellationTokenSource();
        CancellationTokenRegistration registration = default;
        try
        {
            await _telling.EndAsync(journal);
            registration = cancelled.Register(() => limit.CancelAfter(PatienceAfterCancellation));
            await WriteEndAsync(journal, limit.Token);
        }
        finally
        {
            await FreeAsync(journal, limit.Token);
            await registration.DisposeAsync();
        }
    }

    /// <summary>Ends it as a run that is not cancelled, unless it has ended.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(CancellationToken.None);

    /// <summary>
    /// Whether a rollout of this run's candidate is under way. The endpoint does not say so before the first traffic is written, so what this run,
    /// or one that died, has begun to write counts too.
    /// </summary>
    private bool IsUnderWay(Situation situation) => _log!.Begun switch
    {
        SetMark { Mark.Status: RolloutStatus.Completed } => false,
        SetTraffic { Mark.IsOpen: true } => true,
        _ => situation.CandidateMark is { IsOpen: true }
            || (situation.State.Endpoint?.State.IsSettled() == false && _journal!.Before.Intended is { Mark.IsOpen: true }),
    };

    private async Task WriteEndAsync(RunJournal journal, CancellationToken limit)
    {
        if (_rolloutId.Length == 0)
        {
            return;
        }

        try
        {
            var next = _request.AfterRehearsal?.Invoke(_result?.Outcome) ?? _result?.Next ?? NextAfterError;
            Record(new RunEnded(_time.GetUtcNow(), _result?.Outcome) { Next = next.Steps });
            await journal.FlushAsync(limit);
        }
        catch (RolloutException)
        {
            // The journal then ends in the middle of a run, as it does after a crash; the next run goes on all the same.
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _observers.Noted(
                "The journal did not answer in time: what happened last, and that this run has ended, is not written down there. The next run goes on "
                + "all the same.");
        }
    }

    private async Task FreeAsync(RunJournal journal, CancellationToken limit)
    {
        try
        {
            await journal.FreeAsync(limit);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _observers.Noted("Nobody has answered that the lock on the endpoint is free. If it is not, it ends by itself, as that of a run that died.");
        }
    }

    private async Task<StageResult> ConductAsync(Stage stage, CancellationToken cancellationToken)
    {
        var situation = await LookAsync(cancellationToken);
        Record(new StageStarted(_time.GetUtcNow(), stage));
        var actions = 0;
        RolloutAction? applied = null;
        var appliedAt = _time.GetTimestamp();
        while (true)
        {
            var decision = Planner.Next(stage, situation);
            if (decision is not FinishDecision && applied is not null && Invariants.Missing(situation.State, applied) is { } missing)
            {
                if (_time.GetElapsedTime(appliedAt) >= LongestLag)
                {
                    throw new RolloutException($"Could not {applied}: the service called it done, but {missing}.");
                }

                await WaitAsync(_time.GetUtcNow() + StaleLook.Pause, cancellationToken);
            }
            else if (decision is FinishDecision && _request.IsRollback && !_hasLookedOnceMore && _journal!.StragglersUntil is { } until)
            {
                _hasLookedOnceMore = true;
                _observers.Noted("The run that the lock was taken from may have sent a write just before: this one looks once more.");
                await WaitAsync(until, cancellationToken);
            }
            else
            {
                applied = null;
                await _telling.OfDecisionAsync(_journal!, stage, situation, decision, cancellationToken);
                switch (decision)
                {
                    case ActDecision act:
                        if (await ApplyAsync(situation, act, cancellationToken))
                        {
                            applied = act.Action;
                            appliedAt = _time.GetTimestamp();
                            actions++;
                        }

                        break;
                    case WaitDecision wait:
                        await WaitAsync(wait.Until, cancellationToken);
                        break;
                    case FinishDecision finish:
                        Record(new StageFinished(_time.GetUtcNow(), stage, finish.Outcome, finish.Why));
                        await _log!.FlushAsync(mayLack: true, cancellationToken);
                        _telling.SendDue(cancellationToken);
                        return new(stage, finish, actions, GuideTo(situation).After(stage, finish));
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            situation = await LookAsync(cancellationToken);
        }
    }

    /// <summary>Another run has taken the lock: this one writes nothing more, and says what became of the rollout.</summary>
    private async Task<StageResult> GiveWayAsync(Stage stage, CancellationToken cancellationToken)
    {
        _observers.Noted("The lock on the endpoint was lost: this run writes nothing more, and looks for who has taken it.");
        var (successor, hasEnded) = await _journal!.FindSuccessorAsync(cancellationToken);
        _workspace.Forget();
        var state = await _workspace.ObserveAsync(_model, _spec.Endpoint.Name, cancellationToken);
        Show(state);
        if (successor is { IsRollback: true }
            && hasEnded
            && state.Endpoint is { Mark: { Status: RolloutStatus.RolledBack } mark } endpoint
            && endpoint.Traffic.Sole == mark.Stable)
        {
            var finish = new FinishDecision(
                Outcome.RolledBack, $"The rollout of {mark.Candidate} was rolled back by {RunJournal.Words(successor)}: traffic is [{endpoint.Traffic}].");
            Record(new StageFinished(_time.GetUtcNow(), stage, finish.Outcome, finish.Why));
            var now = SituationOf(state, new History(_journal.Events), _time.GetUtcNow());
            return new(stage, finish, 0, new Guide(_request.Commands, now).After(stage, finish));
        }

        var written = _log!.Begun is { } begun
            ? $"This run had begun to {begun} when it learned that, and has begun nothing since"
            : "This run has written nothing since";
        var taken = successor is null ? "broken, and nobody has said that they took it" : $"taken by {RunJournal.Words(successor)}";
        throw new EndpointLockedException(
            $"The lock on the endpoint was {taken}. {written}; traffic is [{state.Endpoint?.Traffic ?? Traffic.None}].");
    }

    private async Task<Situation> LookAsync(CancellationToken cancellationToken)
    {
        var journal = _journal ??= await RunJournal.OpenAsync(_store, _request, _observers.Noted, _time, cancellationToken);
        _log ??= new WriteAhead(journal, _workspace, _observers.Noted);
        for (var look = 1; ; look++)
        {
            var state = await _workspace.ObserveAsync(_model, _spec.Endpoint.Name, cancellationToken);

            // What "latest" is must not change under a rollout when somebody registers a version meanwhile.
            _model = _model.PinnedTo(state);
            if (_rolloutId.Length == 0)
            {
                await BeginAsync(journal, state, cancellationToken);
            }

            await TakeApprovalsAsync(journal, cancellationToken);
            var history = new History(journal.Events);
            var now = _time.GetUtcNow();
            var news = history.Look(state.Endpoint, now);
            if (StaleLook.MayBe(history, news, look))
            {
                await WaitAsync(now + StaleLook.Pause, cancellationToken);
                continue;
            }

            Show(state);
            if (news is not null)
            {
                Record(news);
                history = new History(journal.Events);
            }

            return _seen = SituationOf(state, history, now);
        }
    }

    /// <summary>Takes the approvals in that others have left meanwhile.</summary>
    private async Task TakeApprovalsAsync(RunJournal journal, CancellationToken cancellationToken)
    {
        if (!_spec.AsksApproval || _request.IsRollback)
        {
            return;
        }

        try
        {
            foreach (var approved in await journal.TakeApprovalsAsync(cancellationToken))
            {
                _observers.Recorded(approved);
            }
        }
        catch (RolloutException error) when (error is JournalUnavailableException or WorkspaceCallException)
        {
            // They lie there at the next look, too; until then the approval is missing, and is waited for.
        }
    }

    private async Task BeginAsync(RunJournal journal, WorkspaceState state, CancellationToken cancellationToken)
    {
        var candidate = _model.CandidateContent;
        _rolloutId = _request.RolloutOf(_spec with { Model = _model }, state, journal.Before, _time.GetUtcNow());
        _observers.Recorded(journal.Begin(_rolloutId, candidate, ConfigurationFacts.Of(_spec with { Model = _model })));
        _telling.NoteObstacles();
        await _log!.FlushAsync(mayLack: _request.IsRollback, cancellationToken);
    }

    private Situation SituationOf(WorkspaceState state, History history, DateTimeOffset now) =>
        _request.SituationOf(_spec with { Model = _model }, state, history, now, _rolloutId) with
        {
            LatestContent = _request.IsApproval ? _journal?.Before.LatestContent : null,
        };

    private Guide GuideTo(Situation situation) =>
        Guide.OfRollout(_request.Commands, situation, _journal!.Before.OfLatest(_model.CandidateContent));

    /// <returns>Whether it was applied; false when somebody else's change kept it from that, or when it may be missing.</returns>
    private async Task<bool> ApplyAsync(Situation situation, ActDecision act, CancellationToken cancellationToken)
    {
        if (Invariants.Violation(situation, act.Action) is { } violation)
        {
            throw new RolloutException($"Refused to {act.Action}. {violation}");
        }

        _observers.Applying(act.Action, act.Why);
        await IntendAsync(act, cancellationToken);
        try
        {
            await CarryOutAsync(act, situation.State.Endpoint, cancellationToken);
            return true;
        }
        catch (ForeignChangeException foreign)
        {
            // Nothing was overwritten. The next look shows the planner what is there now, and it decides.
            Record(new ForeignChangeMet(_time.GetUtcNow(), act.Action.ToString(), foreign.Message));
            return false;
        }
        catch (WorkspaceCallException error) when (act.Action.IsOptional)
        {
            Record(new ActionFailed(_time.GetUtcNow(), act.Action.ToString(), error.Message));
            return false;
        }
        catch (RolloutException error) when (error is not LockLostException)
        {
            Record(new ActionFailed(_time.GetUtcNow(), act.Action.ToString(), error.Message));
            if (act.Action.IsWrite)
            {
                await ShowLeftAsync(PatienceAfterFailure, cancellationToken);
            }

            throw;
        }
        catch (OperationCanceledException cancelled) when (act.Action.IsWrite)
        {
            await ShowLeftAsync(PatienceAfterCancellation, CancellationToken.None);
            if (_log!.Begun is not { } begun)
            {
                throw;
            }

            throw new WriteCancelledException(begun, cancelled);
        }
    }

    /// <summary>Writes down what is going to be done; a write is bound to that, and to the lock.</summary>
    private async Task IntendAsync(ActDecision act, CancellationToken cancellationToken)
    {
        Record(new ActionStarted(_time.GetUtcNow(), act.Action.ToString(), act.Why));
        if (Intention(act) is { } intended)
        {
            Record(intended);
        }

        if (act.Action.IsWrite)
        {
            await _log!.PrepareAsync(act.Action, act.Action.GoesBack || act.Action.IsOptional || _request.IsRollback, cancellationToken);
        }
    }

    /// <summary>Does it, and writes down what came of it.</summary>
    private async Task CarryOutAsync(ActDecision act, EndpointState? endpoint, CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        foreach (var happened in await _runner.ApplyAsync(act, endpoint, new ProgressRelay(act.Action, _observers), cancellationToken))
        {
            Record(happened);
            if (happened is SmokeTested { Verdict.Kind: not VerdictKind.Pass } failed)
            {
                await ShowLogAsync(failed.Deployment, cancellationToken);
            }
        }

        if (act.Action is TakeLook { Gates: [_, ..] } look)
        {
            Record(Judge(look, endpoint!.Traffic[look.Candidate]));
        }

        Record(new ActionFinished(_time.GetUtcNow(), act.Action.ToString(), _time.GetElapsedTime(begin)));

        // What a person approved counts when it is written down; the rest is written as soon as the journal is back.
        await _log!.FlushAsync(mayLack: act.Action is not Approve, cancellationToken);
    }

    /// <summary>Shows observers what the container of a deployment wrote last that failed its smoke test: a local one is gone with this process.</summary>
    private async Task ShowLogAsync(string deployment, CancellationToken cancellationToken)
    {
        try
        {
            var log = await _workspace.GetLogsAsync(_spec.Endpoint.Name, deployment, ContainerKind.InferenceServer, LinesOfLog, cancellationToken);
            _observers.Noted($"The log of {deployment}'s container ends so:\n{log.TrimEnd()}");
        }
        catch (RolloutException)
        {
            // The verdict matters more than why its log cannot be had.
        }
    }

    /// <summary>Shows observers what a write that did not come to its end has left, where that can be seen soon; nothing is decided on it.</summary>
    private async Task ShowLeftAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        _workspace.Forget();
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(patience);
        try
        {
            Show(await _workspace.ObserveAsync(_model, _spec.Endpoint.Name, soon.Token));
        }
        catch (Exception error) when (error is RolloutException or OperationCanceledException)
        {
            // The failure itself is what is told; the state is then the one of the last look.
        }
    }

    /// <summary>What the gates say of all that has been gathered, so that it stands in the journal which the planner reads.</summary>
    private GatesJudged Judge(TakeLook look, int weight) => new(
        _time.GetUtcNow(),
        weight,
        GateJudge.Judge(look.Gates, new CandidateEvidence(new History(_journal!.Events), look.Stable, look.Candidate), _spec.Strategy));

    private WriteIntended? Intention(ActDecision act) => act.Action switch
    {
        SetTraffic shift => new(_time.GetUtcNow(), shift.Wanted.Percents, shift.Mark, act.Why) { Mirror = shift.Mirror?.Percents },
        SetMark mark => new(_time.GetUtcNow(), null, mark.Mark, act.Why),
        _ => null,
    };

    private async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        // A delay counts whole milliseconds; rounded down, it would end before the time that was asked for.
        var pause = TimeSpan.FromMilliseconds(Math.Ceiling((until - _time.GetUtcNow()).TotalMilliseconds));
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, _time, cancellationToken);
        }

        _workspace.Forget();
    }

    private void Record(JournalEvent happened) => _observers.Recorded(_journal!.Add(happened));

    private void Show(WorkspaceState state)
    {
        _shown = state;
        _observers.Observed(state);
    }

    /// <summary>Hands news of one action on, at once and in order.</summary>
    private sealed class ProgressRelay(RolloutAction action, IRolloutObserver observer) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value) => observer.Progressed(action, value);
    }
}
