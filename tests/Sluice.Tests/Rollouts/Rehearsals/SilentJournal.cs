using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A journal that from some moment on does not answer whoever holds it.</summary>
/// <param name="inner">The journal.</param>
internal sealed class SilentJournal(IJournalStore inner) : IJournalStore
{
    private TaskCompletionSource? _silence;

    public string Location => inner.Location;

    public TimeSpan LeaseTime => inner.LeaseTime;

    public void FallSilent() => _silence = new();

    public void Speak() => _silence!.SetResult();

    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

    public async Task<IJournalLock?> TryLockAsync(bool takeOver, CancellationToken cancellationToken) =>
        await inner.TryLockAsync(takeOver, cancellationToken) is { } held ? new Held(this, held) : null;

    public Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken) => inner.ReadApprovalsAsync(cancellationToken);

    public Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => inner.LeaveApprovalAsync(line, cancellationToken);

    private Task AnswerAsync(CancellationToken cancellationToken) => _silence?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    private sealed class Held(SilentJournal journal, IJournalLock held) : IJournalLock
    {
        public ReadOnlyMemory<byte> Content => held.Content;

        public async Task AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
        {
            await journal.AnswerAsync(cancellationToken);
            await held.AppendAsync(lines, cancellationToken);
        }

        public bool IsTakenAway => held.IsTakenAway;

        public async Task<LockProof> RequireAsync(CancellationToken cancellationToken)
        {
            await journal.AnswerAsync(cancellationToken);
            return await held.RequireAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await journal.AnswerAsync(CancellationToken.None);
            await held.DisposeAsync();
        }
    }
}
