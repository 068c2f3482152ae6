using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// The journal as one run has it: read when the lock is taken, appended to while it is held. A run that approves takes no lock; it leaves its
/// approval beside the journal, and appends nothing. Without a store the journal lasts as long as the process.
/// </summary>
internal sealed class RunJournal
{
    /// <summary>How long after a lease has expired the service may still refuse a new one.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>How often somebody who waits asks for the lock, and looks for who has taken it away.</summary>
    private static readonly TimeSpan PauseForLock = TimeSpan.FromSeconds(2);

    /// <summary>How often the whole journal is read, which grows all the while, only to say who holds the lock by now.</summary>
    private static readonly TimeSpan PauseForHolder = TimeSpan.FromMinutes(1);

    /// <summary>How long whoever took the lock away is watched, for who it is and, where it rolls back, for its outcome.</summary>
    private static readonly TimeSpan PatienceWithSuccessor = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long after its lock was taken a run's write may still arrive: as long as the proof lasts on which it was sent, and as long again for its
    /// way.
    /// </summary>
    private static readonly TimeSpan Stragglers = 2 * LockProof.Lasts;

    private readonly IJournalStore? _store;
    private readonly IJournalLock? _lock;
    private readonly RunRequest _request;
    private readonly TimeProvider _time;
    private readonly List<JournalEvent> _events = [];
    private readonly List<JournalEvent> _unwritten = [];
    private List<JournalEvent>? _asKnown;

    /// <summary>What was sent and not answered. It is sent again as it was: the store knows it by its bytes, where it had taken it.</summary>
    private ReadOnlyMemory<byte> _unanswered;

    /// <summary>Whether what was read ends within a line, which somebody else has left and which must stay the only one that is lost.</summary>
    private bool _isAmidLine;
    private string _rollout = "";
    private int _firstOfRun;

    private RunJournal(IJournalStore? store, IJournalLock? held, RunRequest request, TimeProvider time, JournalReading before)
    {
        _store = store;
        _lock = held;
        _request = request;
        _time = time;
        _isAmidLine = held is { Content.Span: [.., not (byte)'\n'] };
        Before = before;
    }

    /// <summary>What was written before this run.</summary>
    public JournalReading Before { get; }

    /// <summary>Until when a write of the run that the lock was taken from may still arrive; null where there is no such run.</summary>
    public DateTimeOffset? StragglersUntil { get; private init; }

    /// <summary>
    /// The events of this rollout, of this run and those before it. Of this run's looks, which grow in number with time, only what can still decide
    /// is kept: what the gates said before their latest word, and that an action began which has ended, stand in the journal alone. What is added
    /// later does not change a list that was given out.
    /// </summary>
    public IReadOnlyList<JournalEvent> Events => _asKnown ??= [.. _events];

    /// <summary>Takes the lock on the endpoint, and reads.</summary>
    /// <param name="store">Where the journal is kept; null for nowhere.</param>
    /// <param name="request">Who asks, and how patiently.</param>
    /// <param name="say">Takes what a person should know.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EndpointLockedException">Another run holds it.</exception>
    /// <exception cref="WorkspaceCallException">The store did not answer.</exception>
    public static async Task<RunJournal> OpenAsync(
        IJournalStore? store, RunRequest request, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return new(null, null, request, time, JournalReading.None);
        }

        if (request.IsApproval)
        {
            return new(store, null, request, time, await JournalLook.ReadAsync(store, asksApproval: true, cancellationToken));
        }

        try
        {
            var (held, isTakenFromLiving) = await LockAsync(store, request, say, time, cancellationToken);
            var journal = new RunJournal(store, held, request, time, JournalFormat.Read(held.Content.Span))
            {
                StragglersUntil = isTakenFromLiving ? time.GetUtcNow() + Stragglers : null,
            };
            foreach (var line in journal.Before.Unreadable.Take(3))
            {
                say($"Line {line.Number} of {store.Location} is passed over: {line.Why}.");
            }

            if (journal.Before.Unreadable.Length > 3)
            {
                say($"So are {journal.Before.Unreadable.Length - 3} more of its lines.");
            }

            return journal;
        }
        catch (RolloutException error) when (error is JournalUnavailableException || (error is WorkspaceCallException && request.IsRollback))
        {
            // Whoever takes a candidate back does not wait for a store.
            say(error is JournalUnavailableException
                ? $"There is no journal in the workspace: {error.Message}"
                : $"The journal can't be reached now: {error.Message}");
            say("The endpoint's tags alone say how far the rollout is. Without the journal nothing keeps two rollouts off the endpoint, a run "
                + "that is started again bakes and measures its step anew, and changes by others between two runs go unnoticed.");
            return new(null, null, request, time, JournalReading.None);
        }
    }

    /// <summary>Says which rollout this run is part of; the events of that one are the history from now on.</summary>
    /// <param name="rollout">Its id.</param>
    /// <param name="candidate">What it is to bring live, by content.</param>
    /// <param name="configuration">What it was configured to do.</param>
    public JournalEvent Begin(string rollout, string candidate, IReadOnlyList<ConfigurationFact> configuration)
    {
        _rollout = rollout;
        _events.AddRange(Before.Of(rollout));
        _firstOfRun = _events.Count;
        var open = Before.OpenRun;
        return Add(new RunStarted(_time.GetUtcNow(), _request.Stages, candidate, _request.Process, open is null ? null : Words(open))
        {
            Commit = _request.Commit,
            Configuration = configuration,
            IsRehearsal = _request.AfterRehearsal is not null,
        });
    }

    /// <summary>Adds the approvals of this rollout that others have left since.</summary>
    /// <returns>They, oldest first.</returns>
    /// <exception cref="JournalUnavailableException">The caller may not read them.</exception>
    /// <exception cref="WorkspaceCallException">The store did not answer.</exception>
    public async Task<IReadOnlyList<Approved>> TakeApprovalsAsync(CancellationToken cancellationToken)
    {
        if (_lock is null)
        {
            return [];
        }

        var left = await _store!.ReadApprovalsAsync(cancellationToken);
        var news = JournalReading.ApprovalsIn(left.Span, _events).Where(approved => approved.Rollout == _rollout).ToList();
        news.ForEach(approved => Add(approved));
        return news;
    }

    /// <summary>Adds an event; it is kept in memory until the next flush.</summary>
    /// <param name="happened">What happened: in this run, unless it says itself who made it happen.</param>
    /// <returns>The event as it is written down.</returns>
    public JournalEvent Add(JournalEvent happened)
    {
        var stamped = happened with { Rollout = _rollout, Actor = happened.Actor ?? _request.Actor };
        var superseded = happened switch
        {
            GatesJudged => _events.FindLastIndex(before => before is GatesJudged),
            ActionFinished finished => _events.FindLastIndex(before => before is ActionStarted started && started.Action == finished.Action),
            _ => -1,
        };
        if (superseded >= _firstOfRun)
        {
            _events.RemoveAt(superseded);
        }

        _events.Add(stamped);
        _asKnown = null;
        _unwritten.Add(stamped);
        return stamped;
    }

    /// <summary>Writes down what was added. When it returns, the lock is still held; what could not be written is written by the next one.</summary>
    /// <exception cref="LockLostException">Another run has taken the lock; nothing more may be written.</exception>
    /// <exception cref="WorkspaceCallException">The store did not answer.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_lock is null)
        {
            // What could not be left is not tried again: whoever approved has been told so, and may think better of it.
            var approvals = _unwritten.OfType<Approved>().ToList();
            _unwritten.Clear();
            foreach (var approved in _store is null ? [] : approvals)
            {
                await _store!.LeaveApprovalAsync(JournalFormat.Write([approved]), cancellationToken);
            }

            return;
        }

        while (_unanswered.Length > 0 || _unwritten.Count > 0)
        {
            if (_unanswered.Length == 0)
            {
                // After an hour without a store there may be more than it takes at once. The end of somebody's torn line goes alone.
                var (lines, count) = _isAmidLine ? ("\n"u8.ToArray(), 0) : JournalFormat.WriteFitting(_unwritten);
                _unanswered = lines;
                _isAmidLine = false;
                _unwritten.RemoveRange(0, count);
            }

            await _lock.AppendAsync(_unanswered, cancellationToken);
            _unanswered = default;
        }
    }

    /// <summary>Makes sure that the lock is still held.</summary>
    /// <exception cref="LockLostException">Another run has taken the lock; nothing more may be written.</exception>
    /// <exception cref="WorkspaceCallException">The store did not answer.</exception>
    public Task<LockProof> RequireLockAsync(CancellationToken cancellationToken) =>
        _lock?.RequireAsync(cancellationToken) ?? Task.FromResult(LockProof.Unneeded);

    /// <summary>
    /// After the lock was lost: the run that took it, as soon as it has said so. A rollback is watched until it ends, for its outcome is this
    /// run's, too.
    /// </summary>
    /// <returns>The run, null when it does not show; and whether it ended while it was watched.</returns>
    public async Task<(RunStarted? Run, bool HasEnded)> FindSuccessorAsync(CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        while (true)
        {
            var now = JournalFormat.Read((await _store!.ReadAsync(cancellationToken)).Span);
            var runs = now.Events.OfType<RunStarted>().ToList();
            var own = runs.FindLastIndex(run => run.Process == _request.Process);
            var successor = own == runs.Count - 1 ? null : runs[^1];
            var isOpen = successor is { IsRollback: true } && now.OpenRun is not null;
            if ((successor is not null && !isOpen) || _time.GetElapsedTime(begin) >= PatienceWithSuccessor)
            {
                return (successor, !isOpen);
            }

            await Task.Delay(PauseForLock, _time, cancellationToken);
        }
    }

    /// <summary>Frees the lock.</summary>
    /// <param name="limit">Ends the wait for that. A lock that was not freed by then ends by itself.</param>
    public Task FreeAsync(CancellationToken limit) => _lock?.DisposeAsync().AsTask().WaitAsync(limit) ?? Task.CompletedTask;

    /// <summary>A run in words: who, what, since when.</summary>
    public static string Words(RunStarted run) => $"{run.Actor}, running {string.Join(", ", run.Stages)} since {Instants.Word(run.Time)}";

    private static async Task<(IJournalLock Held, bool IsTakenFromLiving)> LockAsync(
        IJournalStore store, RunRequest request, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var takeOver = request.ForceUnlock;
        var (holder, mayBeLater) = ((RunStarted?)null, false);
        long readAt = 0;
        string? said = null;
        while (true)
        {
            if (await store.TryLockAsync(takeOver, cancellationToken) is { } held)
            {
                return (held, held.IsTakenAway && Judge(holder).Runs != false);
            }

            // Whoever holds it may be another one by now, so the lock is taken away on the journal's word of this moment alone.
            var (runs, isFree) = Judge(holder);
            if (holder is null || isFree || time.GetElapsedTime(readAt) >= PauseForHolder)
            {
                var read = JournalFormat.Read((await store.ReadAsync(cancellationToken)).Span);
                (holder, mayBeLater) = (read.OpenRun, read.MayLackRun);
                readAt = time.GetTimestamp();
                (runs, isFree) = Judge(holder);
            }

            var words = holder is null ? "a run that has only just begun"
                : mayBeLater ? $"{Words(holder)}, or a later run, whose line in the journal can't be read"
                : Words(holder);
            takeOver = request.ForceUnlock || isFree;
            if (takeOver)
            {
                say($"The lock is taken from {words}.");
                continue;
            }

            // Whoever died can't free the lock; it ends by itself. Whoever runs renews it.
            if (!request.WaitForLock && (runs == true || time.GetElapsedTime(begin) > store.LeaseTime + Grace))
            {
                throw new EndpointLockedException(
                    $"Another run holds the endpoint: {words}. Nothing was changed. --wait-for-lock waits for its end; if it is dead, --force-unlock "
                    + "takes the lock away.");
            }

            if (said != words)
            {
                said = words;
                say($"Waiting for another run, which holds the endpoint: {words}.");
            }

            await Task.Delay(PauseForLock, time, cancellationToken);
        }

        (bool? Runs, bool IsFree) Judge(RunStarted? run)
        {
            var runs = run is null || mayBeLater ? null : request.Runs(run.Process);
            return (runs, run is not null && (runs == false || (request.IsRollback && !run.IsRollback)));
        }
    }
}
