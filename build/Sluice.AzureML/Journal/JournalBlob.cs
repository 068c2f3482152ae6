using Azure;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Faults;
using Sluice.AzureML.Uploads;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Journal;

/// <summary>
/// The journal of an endpoint in an append blob of the workspace's default datastore, <c>sluice/&lt;endpoint&gt;/journal.jsonl</c>, with the
/// endpoint's name in lower case; the blob's lease is the lock. The approvals are in an append blob beside it, <c>approvals.jsonl</c>.
/// </summary>
public sealed class JournalBlob : IJournalStore
{
    private readonly JournalSegments _segments;
    private readonly JournalCall _call;
    private readonly TimeProvider _time;

    /// <summary>A journal at the end of a connection; nothing is called yet.</summary>
    /// <param name="connection">The way to the workspace. It stays the caller's to dispose of, after the locks.</param>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="callTimeout">The longest time that one call may take, retries included; above zero.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The endpoint's name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="callTimeout"/> is not above zero.</exception>
    public JournalBlob(AzureConnection connection, string endpoint, TimeSpan callTimeout, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(callTimeout, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(time);
        _segments = JournalSegments.Of(connection, endpoint);
        var location = $"{_segments.First} in the default datastore of workspace {connection.Workspace.Id.Name}";
        _call = new JournalCall(location, callTimeout, time);
        _time = time;
    }

    /// <inheritdoc/>
    public string Location => _call.Location;

    /// <inheritdoc/>
    /// <remarks>Azure may keep others waiting for up to a minute after that.</remarks>
    public TimeSpan LeaseTime => JournalLease.Duration;

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => RunAsync(
        "read", async token => (await _segments.ReadAsync(token)).Content, cancellationToken);

    /// <inheritdoc/>
    public Task<IJournalLock?> TryLockAsync(bool takeOver, CancellationToken cancellationToken) => RunAsync(
        "lock", token => LockAsync(takeOver, token), cancellationToken);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken) => RunAsync(
        "read the approvals beside", _segments.ReadApprovalsAsync, cancellationToken);

    /// <inheritdoc/>
    public Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken) => RunAsync<object?>(
        "leave an approval beside",
        async token =>
        {
            await _segments.LeaveApprovalAsync(line, token);
            return null;
        },
        cancellationToken);

    private async Task<IJournalLock?> LockAsync(bool takeOver, CancellationToken cancellationToken)
    {
        var lease = new JournalLease(_segments, _time);
        try
        {
            if (!await lease.TryAcquireAsync(takeOver, cancellationToken))
            {
                return null;
            }

            var (content, end) = await _segments.ReadAsync(cancellationToken);
            return new HeldJournal(_segments, lease, end, content, _call, _time);
        }
        catch
        {
            // It may be held although that was not answered, and would keep everybody off until it expires.
            await lease.DisposeAsync();
            throw;
        }
    }

    private Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => _call.RunAsync(
        what,
        async token =>
        {
            try
            {
                return await call(token);
            }
            catch (RequestFailedException refusal) when (IsLackOfRightOrPlace(refusal))
            {
                var fault = ServiceFault.Of(refusal);
                var why = fault.Code is null ? fault.Message : $"{fault.Code}: {fault.Message}";
                throw new JournalUnavailableException($"There is no way to {what} the journal {Location}: {why}", refusal);
            }
        },
        cancellationToken);

    private static bool IsLackOfRightOrPlace(RequestFailedException refusal) =>
        refusal.Status == 403 || refusal.ErrorCode is BlobDatastore.NoContainer or "ContainerNotFound";
}
