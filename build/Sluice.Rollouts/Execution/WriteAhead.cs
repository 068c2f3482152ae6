using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Keeps the order of a write-ahead log: what is about to be written stands in the journal first, and each try of the write is made only by a run
/// that still holds the lock. Without the journal nothing goes forward; a way back needs none.
/// </summary>
/// <param name="journal">The run's journal.</param>
/// <param name="workspace">Where the writes go.</param>
/// <param name="say">Takes what a person should know.</param>
internal sealed class WriteAhead(RunJournal journal, IWorkspace workspace, Action<string> say)
{
    private bool _isOutOfReach;

    /// <summary>The write that was begun after the last proof that the lock was held; null when there was none.</summary>
    public RolloutAction? Begun { get; private set; }

    /// <summary>Writes the journal down.</summary>
    /// <param name="mayLack">Whether the run goes on where the journal is out of reach; it is written as soon as it is back.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LockLostException">Another run has taken the lock; nothing more may be written.</exception>
    /// <exception cref="WorkspaceCallException">The journal is out of reach, and may not lack.</exception>
    public Task FlushAsync(bool mayLack, CancellationToken cancellationToken) => ReachAsync(
        async () =>
        {
            await journal.FlushAsync(cancellationToken);
            _isOutOfReach = false;
            Begun = null;
        },
        mayLack);

    /// <summary>Writes down what an action intends, and has the workspace ask, before each try of its write, whether this run still holds the lock.</summary>
    /// <param name="action">The action that writes.</param>
    /// <param name="mayLack">Whether it is written where the journal is out of reach.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="LockLostException">Another run has taken the lock; nothing more may be written.</exception>
    /// <exception cref="WorkspaceCallException">The journal is out of reach, and may not lack.</exception>
    public async Task PrepareAsync(RolloutAction action, bool mayLack, CancellationToken cancellationToken)
    {
        await FlushAsync(mayLack, cancellationToken);
        workspace.GuardWrites(async guarded =>
        {
            var proof = LockProof.Unneeded;
            await ReachAsync(async () => proof = await journal.RequireLockAsync(guarded), mayLack);
            return new(proof, () => Begun = action);
        });
    }

    private async Task ReachAsync(Func<Task> call, bool mayLack)
    {
        try
        {
            await call();
        }
        catch (WorkspaceCallException error) when (mayLack)
        {
            if (!_isOutOfReach)
            {
                _isOutOfReach = true;
                say($"{error.Message} What happens is written down when it is back; until then this run can take the candidate back, and bring "
                    + "nothing forward.");
            }
        }
    }
}
