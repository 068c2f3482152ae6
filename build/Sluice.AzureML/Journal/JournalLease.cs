using Azure;
using Sluice.AzureML.Faults;

namespace Sluice.AzureML.Journal;

/// <summary>
/// The lease that is a journal's lock: renewed in the background from when it is acquired until it is disposed of, which gives it back. The
/// transitions are those of the blob service's documentation ("Lease Blob", outcomes by lease state).
/// </summary>
internal sealed class JournalLease(JournalSegments segments, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The shortest that the service gives. It may let a new one wait for up to a minute after an old one has expired.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    /// <summary>Two renewals may fail before the lease expires.</summary>
    private static readonly TimeSpan RenewalInterval = Duration / 3;

    /// <summary>A lease that was not given back expires by itself, so that is not waited for any longer.</summary>
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _isOver = new();
    private Task _renewals = Task.CompletedTask;

    /// <summary>The lease's id. It is chosen here, so that an acquisition whose answer was lost can be repeated.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Whether another's lease was broken for this one.</summary>
    public bool HasBroken { get; private set; }

    /// <summary>Acquires the lease, once. The journal is made when there is none.</summary>
    /// <param name="takeOver">Whether to break another's lease.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it is held now; not when it is another's.</returns>
    /// <exception cref="RequestFailedException">The call failed.</exception>
    public async Task<bool> TryAcquireAsync(bool takeOver, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await segments.LeaseAsync(
                    Id, lease => lease.AcquireAsync(Duration, cancellationToken: cancellationToken), cancellationToken);
                _renewals = RenewUntilOverAsync();
                return true;
            }
            catch (RequestFailedException refusal) when (refusal.ErrorCode == "BlobNotFound")
            {
                await segments.CreateAsync(segment: 0, cancellationToken);
            }
            catch (RequestFailedException refusal) when (refusal.ErrorCode is
                "LeaseAlreadyPresent" or "LeaseIsBreakingAndCannotBeAcquired")
            {
                if (!takeOver)
                {
                    return false;
                }

                await BreakAsync(cancellationToken);
            }
        }
    }

    /// <summary>Renews the lease. One that has expired can be renewed as long as nobody else has leased or written since.</summary>
    /// <returns>Whether it was held at some moment since the call; not when it is another's now, or was.</returns>
    /// <exception cref="RequestFailedException">The call failed.</exception>
    public async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await segments.LeaseAsync(Id, lease => lease.RenewAsync(cancellationToken: cancellationToken), cancellationToken);
            return true;
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode is
            "LeaseIdMismatchWithLeaseOperation" or "LeaseNotPresentWithLeaseOperation" or "LeaseIsBrokenAndCannotBeRenewed")
        {
            return false;
        }
    }

    /// <summary>Gives the lease back, if it is held and the service can be reached.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isOver.IsCancellationRequested)
        {
            return;
        }

        await _isOver.CancelAsync();
        await _renewals;
        using var limit = new CancellationTokenSource(ReleaseLimit, time);
        await TryAsync(() => segments.LeaseAsync(
            Id, lease => lease.ReleaseAsync(cancellationToken: limit.Token), limit.Token));
        _isOver.Dispose();
    }

    private async Task BreakAsync(CancellationToken cancellationToken)
    {
        try
        {
            await segments.LeaseAsync(
                Id, lease => lease.BreakAsync(TimeSpan.Zero, cancellationToken: cancellationToken), cancellationToken);
            HasBroken = true;
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode == "LeaseNotPresentWithLeaseOperation")
        {
            // It was given back a moment ago.
        }
    }

    private async Task RenewUntilOverAsync()
    {
        using var timer = new PeriodicTimer(RenewalInterval, time);
        var isHeld = true;
        while (isHeld && await IsDueAsync(timer))
        {
            // One that hangs gives way to the next.
            using var limit = new CancellationTokenSource(RenewalInterval, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _isOver.Token);
            await TryAsync(async () => isHeld = await TryRenewAsync(either.Token));
        }
    }

    private async Task<bool> IsDueAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_isOver.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Does what may fail without anybody being told: whether the lease is held is seen at the next append.</summary>
    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (ServiceFault.Of(exception) is not null || exception is ObjectDisposedException)
        {
            // The service was not reached or refused, or the connection was closed before the lock.
        }
    }
}
