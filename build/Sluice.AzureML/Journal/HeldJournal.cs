using Azure;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Journal;

/// <summary>
/// A journal whose lease is held. Each append names the lease and the position where the journal is known to end, so that the service
/// takes it from one holder only and only once.
/// </summary>
internal sealed class HeldJournal(
    JournalSegments segments, JournalLease lease, JournalEnd end, ReadOnlyMemory<byte> content, JournalCall call, TimeProvider time) : IJournalLock
{
    /// <summary>The service's code for a blob that is not there.</summary>
    private const string NoBlob = "BlobNotFound";

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>What may have been appended at the end that is known, because no answer told. At most one of them was.</summary>
    private readonly List<ReadOnlyMemory<byte>> _unanswered = [];

    private JournalEnd _end = end;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Content => content;

    /// <inheritdoc/>
    public bool IsTakenAway => lease.HasBroken;

    /// <inheritdoc/>
    public async Task AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (lines.Length is 0 or > JournalFormat.MostBytes)
        {
            throw new ArgumentException($"{lines.Length} bytes cannot be appended at once; allowed are 1 to {JournalFormat.MostBytes}.", nameof(lines));
        }

        // The caller's memory may have other bytes by the time that an answer that was lost is looked up.
        ReadOnlyMemory<byte> kept = lines.ToArray();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await call.RunAsync("append to", token => AppendOnceAsync(kept, token), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task<LockProof> RequireAsync(CancellationToken cancellationToken) => call.RunAsync("hold", ProveAsync, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await lease.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<JournalEnd> AppendOnceAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        bool isThere;
        do
        {
            isThere = await TryAppendAsync(lines, cancellationToken);
        }
        while (!isThere);
        return _end;
    }

    /// <summary>Appends; false when something was found out that makes another try worthwhile.</summary>
    private async Task<bool> TryAppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        // The lease is on the first segment; an append to another one can't name it.
        if (_end.Segment > 0)
        {
            await RequireLeaseAsync(refusal: null, cancellationToken);
        }

        _unanswered.Add(lines);
        try
        {
            await segments.AppendAsync(_end, lines, lease, cancellationToken);
            MoveTo(_end.After(lines.Length));
            return true;
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode is
            "LeaseLost" or "LeaseIdMismatchWithBlobOperation" or "LeaseNotPresentWithBlobOperation")
        {
            await RequireLeaseAsync(refusal, cancellationToken);
            return false;
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == NoBlob)
        {
            throw Deleted(gone);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode == "InvalidBlobType")
        {
            throw new WorkspaceCallException(
                $"append to the journal {call.Location}",
                refusal.ErrorCode,
                "What lies there is no append blob, as one that was copied or restored may not be. Move it away: the next run begins a new journal, and "
                + "goes on by the endpoint's tags.",
                containerLog: null,
                refusal);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode is "AppendPositionConditionNotMet" or "BlockCountExceedsLimit")
        {
            return await SettleAsync(lines, refusal, cancellationToken);
        }
    }

    /// <summary>
    /// Renews the lease until an answer comes soon enough to tell of now: the lease may have been broken while a late one was on its way.
    /// </summary>
    /// <exception cref="TimeoutException">For as long as a lease lasts no answer came soon enough.</exception>
    private async Task<LockProof> ProveAsync(CancellationToken cancellationToken)
    {
        long? lateSince = null;
        while (true)
        {
            var proof = LockProof.AskedAt(time, time.GetTimestamp());
            await RequireLeaseAsync(refusal: null, cancellationToken);
            if (proof.IsFresh)
            {
                return proof;
            }

            lateSince ??= time.GetTimestamp();
            if (time.GetElapsedTime(lateSince.Value) >= JournalLease.Duration)
            {
                throw new TimeoutException(
                    $"The store takes longer than {LockProof.Lasts.TotalSeconds:0} s for each answer, by which the lock may be another's. Run the same "
                    + "command again when it answers sooner.");
            }
        }
    }

    /// <exception cref="LockLostException">The lease is another's.</exception>
    /// <exception cref="WorkspaceCallException">There is no journal any more.</exception>
    private async Task RequireLeaseAsync(RequestFailedException? refusal, CancellationToken cancellationToken)
    {
        try
        {
            if (!await lease.TryRenewAsync(cancellationToken))
            {
                throw new LockLostException(call.Location, refusal);
            }
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == NoBlob)
        {
            throw Deleted(gone);
        }
    }

    private WorkspaceCallException Deleted(RequestFailedException gone) => new(
        $"go on with the journal {call.Location}",
        NoBlob,
        "Somebody deleted it while this run held it. The same command begins a new one, and goes on by the endpoint's tags.",
        containerLog: null,
        gone);

    /// <summary>Finds out what stands where the append was to go, and whether it is the append itself, whose answer was lost.</summary>
    private async Task<bool> SettleAsync(ReadOnlyMemory<byte> lines, RequestFailedException refusal, CancellationToken cancellationToken)
    {
        var there = await segments.ReadAfterAsync(_end, cancellationToken);
        if (there.IsEmpty && refusal.ErrorCode == "BlockCountExceedsLimit")
        {
            var next = _end.NextSegment();
            await segments.CreateAsync(next.Segment, cancellationToken);
            MoveTo(next);
            return false;
        }

        if (!_unanswered.Exists(sent => sent.Span.SequenceEqual(there.Span)))
        {
            throw new LockLostException(call.Location, refusal);
        }

        MoveTo(_end.After(there.Length));
        return there.Span.SequenceEqual(lines.Span);
    }

    private void MoveTo(JournalEnd known)
    {
        _end = known;
        _unanswered.Clear();
    }
}
