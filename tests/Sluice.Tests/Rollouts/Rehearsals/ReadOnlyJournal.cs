using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A journal that can be read, and throws when somebody wants more.</summary>
/// <param name="inner">The journal.</param>
internal sealed class ReadOnlyJournal(IJournalStore inner) : IJournalStore
{
    public string Location => inner.Location;

    public TimeSpan LeaseTime => inner.LeaseTime;

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return inner.ReadAsync(cancellationToken);
    }

    public Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken) => inner.ReadApprovalsAsync(cancellationToken);

    public Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Whoever only looks approves nothing.");

    public Task<IJournalLock?> TryLockAsync(bool takeOver, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Whoever only looks takes no lock.");
}
