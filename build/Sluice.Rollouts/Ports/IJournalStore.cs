namespace Sluice.Rollouts.Ports;

/// <summary>
/// Where the journal of one endpoint is kept so that it outlives processes and agents, and the lock that keeps two rollouts off the
/// endpoint: who holds it is the only one that can append. Beside it lie the approvals, which anybody can leave at any time: whoever holds the
/// lock copies them into the journal.
/// </summary>
public interface IJournalStore
{
    /// <summary>Where it is, for people: a path that names no secret.</summary>
    string Location { get; }

    /// <summary>Reads all that was written so far, whoever holds the lock.</summary>
    /// <returns>The bytes, in the order in which they were appended; empty when there is no journal yet.</returns>
    /// <exception cref="JournalUnavailableException">The caller may not read it, or there is no place for it.</exception>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Takes the lock, once; does not wait for it. The journal is made when there is none.</summary>
    /// <param name="takeOver">
    /// Whether to take the lock from whoever holds it. The former holder can't append any more, and learns it when it tries.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lock; null when another process holds it. One whose process died is free after <see cref="LeaseTime"/>.</returns>
    /// <exception cref="JournalUnavailableException">The caller may not write it, or there is no place for it.</exception>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    Task<IJournalLock?> TryLockAsync(bool takeOver, CancellationToken cancellationToken);

    /// <summary>Reads all approvals that were left so far, of every rollout, whether they stand in the journal by now or not.</summary>
    /// <returns>The bytes, in the order in which they were left; empty when there are none yet.</returns>
    /// <exception cref="JournalUnavailableException">The caller may not read them, or there is no place for them.</exception>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken);

    /// <summary>Leaves an approval, whoever holds the lock. One whose answer was lost may be there twice.</summary>
    /// <param name="line">A whole line, with its line feed; 1 byte to <see cref="Journal.JournalFormat.MostBytes"/>.</param>
    /// <param name="cancellationToken">Ends the call; the line may or may not be there then.</param>
    /// <exception cref="JournalUnavailableException">The caller may not leave it, or there is no place for it.</exception>
    /// <exception cref="WorkspaceCallException">The call failed.</exception>
    Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken);

    /// <summary>How long a lock lasts whose holder has died.</summary>
    TimeSpan LeaseTime { get; }
}
