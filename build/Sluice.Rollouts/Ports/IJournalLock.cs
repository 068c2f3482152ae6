namespace Sluice.Rollouts.Ports;

/// <summary>
/// The lock on an endpoint's journal, held: renewed by itself until it is disposed of, which frees it for the next one.
/// </summary>
public interface IJournalLock : IAsyncDisposable
{
    /// <summary>All that was in the journal when the lock was taken; nobody else can have appended since.</summary>
    ReadOnlyMemory<byte> Content { get; }

    /// <summary>
    /// Appends bytes, all or none, exactly once: an answer that was lost is looked up, not sent again. It is also the proof that the lock
    /// is still held: when it returns, nobody else has appended since the append before.
    /// </summary>
    /// <param name="lines">Whole lines, each with its line feed; 1 byte to <see cref="Journal.JournalFormat.MostBytes"/>.</param>
    /// <param name="cancellationToken">Ends the call; the bytes may or may not be there then.</param>
    /// <exception cref="LockLostException">
    /// Somebody else has taken the lock. Nothing was appended, unless the answer was lost and the lock was taken right after it.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="lines"/> is empty or too long.</exception>
    /// <exception cref="WorkspaceCallException">
    /// The call failed; the lock may still be held. The same bytes may be appended again and are there once then, and so may others.
    /// </exception>
    Task AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);

    /// <summary>Whether the lock was another's, and was taken away for this one.</summary>
    bool IsTakenAway { get; }

    /// <summary>Makes sure that the lock is held, and renews it. It appends nothing.</summary>
    /// <returns>The proof, fresh; an answer that came too late to be one is asked for again.</returns>
    /// <exception cref="LockLostException">Somebody else has taken the lock.</exception>
    /// <exception cref="WorkspaceCallException">The call failed, or its answers all came too late; the lock may still be held.</exception>
    Task<LockProof> RequireAsync(CancellationToken cancellationToken);
}
