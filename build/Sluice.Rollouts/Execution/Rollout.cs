using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Runs stages: look, ask the planner, check the invariants, apply, write it down, look again. It decides nothing.
/// </summary>
public sealed class Rollout
{
    /// <summary>How long what was written may be missing from what the service lists; its lists lag behind its operations.</summary>
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseInLag = TimeSpan.FromSeconds(1);

    private readonly RolloutSpec _spec;
    private readonly IWorkspace _workspace;
    private readonly ActionRunner _runner;
    private readonly TimeProvider _time;
    private readonly IReadOnlyCollection<IRolloutObserver> _observers;
    private readonly List<JournalEvent> _journal = [];
    private readonly string _newRolloutId;
    private ModelSpec _model;

    /// <summary>A rollout over the given ports.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="scoring">Sends the probes.</param>
    /// <param name="observers">Who watches.</param>
    /// <param name="time">The clock.</param>
    /// <param name="newRolloutId">The id of the rollout, if this run starts one.</param>
    public Rollout(
        RolloutSpec spec,
        IWorkspace workspace,
        IScoringClient scoring,
        IReadOnlyCollection<IRolloutObserver> observers,
        TimeProvider time,
        string newRolloutId)
    {
        _spec = spec;
        _model = spec.Model;
        _workspace = workspace;
        _runner = new ActionRunner(spec, workspace, scoring, time);
        _observers = observers;
        _time = time;
        _newRolloutId = newRolloutId;
    }

    /// <summary>The deployment that Rollback goes to; null for the stable one.</summary>
    public string? RollbackTo { get; init; }

    /// <summary>Looks at the workspace, and foresees what the stages will do if all goes well. Writes nothing.</summary>
    public async Task<Forecast> ForecastAsync(IReadOnlyCollection<Stage> stages, CancellationToken cancellationToken) =>
        Forecast.Of(stages, await LookAsync(cancellationToken));

    /// <summary>Runs one stage to its end.</summary>
    /// <returns>How it ended; every outcome but an error is a result, not an exception.</returns>
    /// <exception cref="RolloutException">A call failed, or an action would have broken an invariant. What serves is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. What was written last stays.</exception>
    public async Task<StageResult> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        Record(new StageStarted(_time.GetUtcNow(), stage));
        var actions = 0;
        RolloutAction? applied = null;
        var appliedAt = _time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var situation = await LookAsync(cancellationToken);
            var decision = Planner.Next(stage, situation);
            if (decision is not FinishDecision && applied is not null && Invariants.Missing(situation.State, applied) is { } missing)
            {
                if (_time.GetElapsedTime(appliedAt) >= LongestLag)
                {
                    throw new RolloutException($"Could not {applied}: the service called it done, but {missing}.");
                }

                await WaitAsync(_time.GetUtcNow() + PauseInLag, cancellationToken);
                continue;
            }

            applied = null;
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
                    return new(stage, finish.Outcome, finish.Why, actions, situation.State);
            }
        }
    }

    private async Task<Situation> LookAsync(CancellationToken cancellationToken)
    {
        var state = await _workspace.ObserveAsync(_model, _spec.Endpoint.Name, cancellationToken);

        // What "latest" is must not change under a rollout when somebody registers a version meanwhile.
        _model = _model.PinnedTo(state);
        foreach (var observer in _observers)
        {
            observer.Observed(state);
        }

        var now = _time.GetUtcNow();
        if (new History(_journal).Look(state.Endpoint, now) is { } seen)
        {
            Record(seen);
        }

        return new()
        {
            Spec = _spec with { Model = _model },
            State = state,
            History = new(_journal),
            Now = now,
            NewRolloutId = _newRolloutId,
            RollbackTo = RollbackTo,
        };
    }

    /// <returns>Whether it was applied; false when somebody else's change kept it from that.</returns>
    private async Task<bool> ApplyAsync(Situation situation, ActDecision act, CancellationToken cancellationToken)
    {
        if (Invariants.Violation(situation, act.Action) is { } violation)
        {
            throw new RolloutException($"Refused to {act.Action}. {violation}");
        }

        var begin = _time.GetTimestamp();
        foreach (var observer in _observers)
        {
            observer.Applying(act.Action, act.Why);
        }

        Record(new ActionStarted(_time.GetUtcNow(), act.Action.ToString(), act.Why));
        try
        {
            var events = await _runner.ApplyAsync(act, new ProgressRelay(act.Action, _observers), cancellationToken);
            foreach (var happened in events)
            {
                Record(happened);
            }

            Record(new ActionFinished(_time.GetUtcNow(), act.Action.ToString(), _time.GetElapsedTime(begin)));
            return true;
        }
        catch (ForeignChangeException foreign)
        {
            // Nothing was overwritten. The next look shows the planner what is there now, and it decides.
            Record(new ForeignChangeMet(_time.GetUtcNow(), act.Action.ToString(), foreign.Message));
            return false;
        }
        catch (RolloutException error)
        {
            Record(new ActionFailed(_time.GetUtcNow(), act.Action.ToString(), error.Message));
            throw;
        }
    }

    private Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        // A delay counts whole milliseconds; rounded down, it would end before the time that was asked for.
        var pause = TimeSpan.FromMilliseconds(Math.Ceiling((until - _time.GetUtcNow()).TotalMilliseconds));
        return pause > TimeSpan.Zero ? Task.Delay(pause, _time, cancellationToken) : Task.CompletedTask;
    }

    private void Record(JournalEvent happened)
    {
        _journal.Add(happened);
        foreach (var observer in _observers)
        {
            observer.Recorded(happened);
        }
    }

    /// <summary>Hands news of one action to all observers, at once and in order.</summary>
    private sealed class ProgressRelay(RolloutAction action, IReadOnlyCollection<IRolloutObserver> observers) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value)
        {
            foreach (var observer in observers)
            {
                observer.Progressed(action, value);
            }
        }
    }
}
