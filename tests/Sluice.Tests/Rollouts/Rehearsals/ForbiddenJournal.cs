using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A journal that the caller may neither read nor write.</summary>
internal sealed class ForbiddenJournal : IJournalStore
{
    public string Location => "a journal";

    public TimeSpan LeaseTime => TimeSpan.FromSeconds(15);

    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => throw Refusal();

    public Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken) => throw Refusal();

    public Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => throw Refusal();

    public Task<IJournalLock?> TryLockAsync(bool takeOver, CancellationToken cancellationToken) => throw Refusal();

    private static JournalUnavailableException Refusal() => new("you may not.");
}
