using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Notifications;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Execution;

/// <summary>Tells the places that are configured how a rollout goes, beside it, and keeps in the journal what is told and what came of it.</summary>
/// <param name="spec">What is wanted, with the places.</param>
/// <param name="sources">How the places are reached.</param>
/// <param name="observer">Who watches.</param>
/// <param name="time">The clock.</param>
/// <param name="request">What is asked of the run.</param>
internal sealed class Telling(RolloutSpec spec, EvidenceSources sources, IRolloutObserver observer, TimeProvider time, RunRequest request)
{
    private readonly Notifier _notifier = new(spec.Notifications, sources.Webhook, sources.SecretOf, time);
    private readonly Notices _notices = new(request.Actor, request.Commands);

    /// <summary>Says what keeps places from being told, where the run has something to tell.</summary>
    public void NoteObstacles()
    {
        foreach (var obstacle in request.Stages.Any(Notices.AreTold) ? _notifier.Obstacles() : [])
        {
            observer.Noted(obstacle);
        }
    }

    /// <summary>Tells of what the planner has decided.</summary>
    /// <param name="journal">The run's journal.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="situation">What the planner saw.</param>
    /// <param name="decision">What it decided.</param>
    /// <param name="cancellationToken">Ends it, and what is sent beside the rollout from then on.</param>
    /// <exception cref="LockLostException">Another run has taken the lock; nothing was sent.</exception>
    public Task OfDecisionAsync(RunJournal journal, Stage stage, Situation situation, Decision decision, CancellationToken cancellationToken) =>
        TellAsync(journal, _notices.Of(stage, situation, decision), cancellationToken);

    /// <summary>Tells of the error that ends the run, which must not hide behind another one.</summary>
    /// <param name="journal">The run's journal.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="situation">What was seen last.</param>
    /// <param name="error">The error.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task OfErrorAsync(RunJournal journal, Stage stage, Situation situation, Exception error, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(journal, _notices.OfError(stage, situation, error), cancellationToken);
        }
        catch (Exception another) when (another is RolloutException or OperationCanceledException)
        {
            // The lock was lost, or a person has lost their patience: nobody is told.
        }
    }

    /// <summary>Sends what is intended and not sent yet, whether the journal has it or not: rather twice than never.</summary>
    /// <param name="cancellationToken">Ends what is sent.</param>
    public void SendDue(CancellationToken cancellationToken) => _notifier.Send(cancellationToken);

    /// <summary>Waits until all that is being sent has ended, and adds what came of it to the journal.</summary>
    public async Task EndAsync(RunJournal journal)
    {
        await _notifier.AwaitAsync();
        RecordTold(journal);
    }

    /// <summary>
    /// Tells of a state of the rollout, each place once. The intention is in the journal before anything is sent; where it can't be written
    /// yet, it is sent when it can, and at the end of a stage whether it can or not.
    /// </summary>
    private async Task TellAsync(RunJournal journal, Notice? notice, CancellationToken cancellationToken)
    {
        RecordTold(journal);
        foreach (var intended in notice is null ? [] : _notifier.Intend(notice, journal.Events))
        {
            Record(journal, intended);
        }

        if (!_notifier.HasDue)
        {
            return;
        }

        try
        {
            await journal.FlushAsync(cancellationToken);
            _notifier.Send(cancellationToken);
        }
        catch (WorkspaceCallException)
        {
            // Nobody's telling may end a rollout. A journal that stays out of reach does, at the next write.
        }
    }

    /// <summary>Writes down what came of telling.</summary>
    private void RecordTold(RunJournal journal)
    {
        foreach (var ended in _notifier.TakeEnded())
        {
            Record(journal, ended);
            if (ended.Failure is not null)
            {
                observer.Noted(ended.Sentence);
            }
        }
    }

    private void Record(RunJournal journal, JournalEvent happened) => observer.Recorded(journal.Add(happened));
}
