using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A journal with the store's rules: one holder at a time, and whoever lost the lock can't append.</summary>
internal sealed class InMemoryJournal(InMemoryWorkspace workspace) : IJournalStore
{
    private object? _holder;

    public string Location => "the journal of the test";

    public TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(15);

    /// <summary>What was written. Setting it is what somebody else does.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>The approvals that were left.</summary>
    public byte[] Approvals { get; set; } = [];

    /// <summary>Appends that were taken.</summary>
    public int Appends { get; private set; }

    /// <summary>Whether somebody holds the lock.</summary>
    public bool IsLocked => _holder is not null;

    /// <summary>The holder died, and its lease has ended.</summary>
    public void Expire() => _holder = null;

    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => InMemoryWorkspace.Run(() =>
    {
        workspace.Reach("read journal", CallMoment.Before, cancellationToken);
        return (ReadOnlyMemory<byte>)Content;
    });

    public Task<IJournalLock?> TryLockAsync(bool takeOver, CancellationToken cancellationToken) => InMemoryWorkspace.Run(() =>
    {
        workspace.Reach("lock journal", CallMoment.Before, cancellationToken);
        if (_holder is not null && !takeOver)
        {
            return null;
        }

        var held = new Held(this, Content, isTakenAway: _holder is not null);
        _holder = held;
        workspace.Reach("lock journal", CallMoment.After, cancellationToken);
        return (IJournalLock?)held;
    });

    public Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken) => InMemoryWorkspace.Run(() =>
    {
        workspace.Reach("read approvals", CallMoment.Before, cancellationToken);
        return (ReadOnlyMemory<byte>)Approvals;
    });

    public Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => InMemoryWorkspace.Run(() =>
    {
        workspace.Reach("leave approval", CallMoment.Before, cancellationToken);
        Approvals = [.. Approvals, .. line.Span];
        workspace.Reach("leave approval", CallMoment.After, cancellationToken);
        return true;
    });

    private sealed class Held(InMemoryJournal journal, byte[] content, bool isTakenAway) : IJournalLock
    {
        public ReadOnlyMemory<byte> Content => content;

        public bool IsTakenAway => isTakenAway;

        public Task AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken) => InMemoryWorkspace.Run(() =>
        {
            journal.Reach("append to journal", CallMoment.Before, cancellationToken);
            if (journal._holder != this)
            {
                throw new LockLostException(journal.Location);
            }

            journal.Content = [.. journal.Content, .. lines.Span];
            journal.Appends++;
            journal.Reach("append to journal", CallMoment.Accepted, cancellationToken);
            journal.Reach("append to journal", CallMoment.After, cancellationToken);
            return true;
        });

        public Task<LockProof> RequireAsync(CancellationToken cancellationToken) => InMemoryWorkspace.Run(() =>
        {
            journal.Reach("hold journal", CallMoment.Before, cancellationToken);
            return journal._holder == this ? LockProof.Unneeded : throw new LockLostException(journal.Location);
        });

        public ValueTask DisposeAsync()
        {
            if (journal._holder == this)
            {
                journal._holder = null;
            }

            return ValueTask.CompletedTask;
        }
    }

    private void Reach(string call, CallMoment moment, CancellationToken cancellationToken) => workspace.Reach(call, moment, cancellationToken);
}
