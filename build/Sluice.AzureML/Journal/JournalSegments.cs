using System.Buffers;
using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Uploads;

namespace Sluice.AzureML.Journal;

/// <summary>
/// The append blobs that a journal is in: <c>journal.jsonl</c>, then <c>journal.1.jsonl</c> and so on. An append blob takes a certain
/// number of appends, and the next segment is made when the one before has taken them all: so a full one needs no guard.
/// </summary>
/// <param name="datastore">Where they are.</param>
/// <param name="folder">Their path, without a slash at the end.</param>
/// <param name="former">The path of those that come before them and are only read; null for none.</param>
internal sealed class JournalSegments(DefaultDatastore datastore, string folder, string? former)
{
    /// <summary>The appends that the service takes for one blob.</summary>
    private const int MostAppends = 50_000;

    /// <summary>The first segment, whose lease is the journal's lock.</summary>
    public string First => NameOf(0);

    /// <summary>The blob of the approvals, which nobody ever leases.</summary>
    private string Approvals => $"{folder}/approvals.jsonl";

    /// <summary>
    /// Those of an endpoint, in the workspace's default datastore. Azure knows an endpoint by its name in any case, a blob by one path alone: so
    /// that has the name in lower case. A journal that an earlier release began under the name as it is written is read before them.
    /// </summary>
    public static JournalSegments Of(AzureConnection connection, string endpoint)
    {
        var (folder, asWritten) = ($"sluice/{endpoint.ToLowerInvariant()}", $"sluice/{endpoint}");
        return new(connection.Datastore, folder, asWritten == folder ? null : asWritten);
    }

    /// <summary>Looks whether there is a journal, whether it can be appended to, and whether somebody holds it, without reading it.</summary>
    /// <exception cref="RequestFailedException">The datastore can't be opened, or the container refused.</exception>
    public Task<(BlobDatastore Store, bool IsThere, bool IsAppendBlob, bool IsLeased)> LookAsync(CancellationToken cancellationToken) => datastore.UseAsync(
        async (store, container) =>
        {
            try
            {
                var properties = await container.GetAppendBlobClient(First).GetPropertiesAsync(cancellationToken: cancellationToken);
                return (
                    store,
                    true,
                    properties.Value.BlobType == BlobType.Append,
                    properties.Value.LeaseState is LeaseState.Leased or LeaseState.Breaking);
            }
            catch (RequestFailedException refusal) when (refusal.ErrorCode == "BlobNotFound")
            {
                return (store, false, false, false);
            }
        },
        cancellationToken);

    /// <summary>Reads all that was appended so far; nothing when there is no journal.</summary>
    /// <exception cref="RequestFailedException">It can't be read.</exception>
    public async Task<(ReadOnlyMemory<byte> Content, JournalEnd End)> ReadAsync(CancellationToken cancellationToken)
    {
        var content = new ArrayBufferWriter<byte>();
        if (former is not null)
        {
            await ReadAsync(former, content, cancellationToken);
        }

        var end = await ReadAsync(folder, content, cancellationToken);
        return (content.WrittenMemory, end);
    }

    /// <summary>Reads what a segment has behind a position.</summary>
    /// <exception cref="RequestFailedException">It can't be read, or is not there.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAfterAsync(JournalEnd end, CancellationToken cancellationToken)
    {
        var content = (await DownloadAsync(NameOf(end.Segment), cancellationToken)).Content.ToMemory();
        return content.Length > end.Position ? content[(int)end.Position..] : default;
    }

    /// <summary>Makes an empty segment where there is none.</summary>
    /// <exception cref="RequestFailedException">It can't be made.</exception>
    public Task CreateAsync(int segment, CancellationToken cancellationToken) => CreateAsync(NameOf(segment), cancellationToken);

    /// <summary>Reads the approvals; nothing when there are none.</summary>
    /// <exception cref="RequestFailedException">They can't be read.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadApprovalsAsync(CancellationToken cancellationToken) =>
        (await FindAsync(Approvals, cancellationToken))?.Content.ToMemory() ?? default;

    /// <summary>Appends an approval.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">Nothing was appended, or the answer was lost.</exception>
    public async Task LeaveApprovalAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await CreateAsync(Approvals, cancellationToken);
        await UseAsync(Approvals, blob => blob.AppendBlockAsync(BinaryData.FromBytes(line).ToStream(), cancellationToken: cancellationToken), cancellationToken);
    }

    private async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        var options = new AppendBlobCreateOptions
        {
            Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/jsonl" },
        };
        try
        {
            await UseAsync(name, blob => blob.CreateAsync(options, cancellationToken), cancellationToken);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode is "BlobAlreadyExists" or "LeaseIdMissing")
        {
            // Somebody else was faster, and may have leased it, too.
        }
    }

    /// <summary>Appends, if the journal still ends where it is thought to end.</summary>
    /// <param name="end">Where it is thought to end.</param>
    /// <param name="lines">What is appended.</param>
    /// <param name="lease">The lease that must hold.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">Nothing was appended, or the answer was lost.</exception>
    public Task AppendAsync(JournalEnd end, ReadOnlyMemory<byte> lines, JournalLease lease, CancellationToken cancellationToken)
    {
        var options = new AppendBlobAppendBlockOptions
        {
            Conditions = new AppendBlobRequestConditions
            {
                IfAppendPositionEqual = end.Position,
                LeaseId = end.Segment == 0 ? lease.Id : null,
            },
        };
        return UseAsync(
            NameOf(end.Segment),
            blob => blob.AppendBlockAsync(BinaryData.FromBytes(lines).ToStream(), options, cancellationToken),
            cancellationToken);
    }

    /// <summary>Does something to the lease that is the journal's lock.</summary>
    /// <param name="id">The lease's id.</param>
    /// <param name="use">What is done.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">It was refused.</exception>
    public Task LeaseAsync(string id, Func<BlobLeaseClient, Task> use, CancellationToken cancellationToken) => UseAsync<object?>(
        First,
        async blob =>
        {
            await use(blob.GetBlobLeaseClient(id));
            return null;
        },
        cancellationToken);

    private async Task<JournalEnd> ReadAsync(string path, ArrayBufferWriter<byte> content, CancellationToken cancellationToken)
    {
        var end = new JournalEnd(Segment: 0, Position: 0);
        for (var segment = 0; await FindAsync(NameOf(path, segment), cancellationToken) is { } found; segment++)
        {
            content.Write(found.Content.ToMemory().Span);
            end = new JournalEnd(segment, found.Content.ToMemory().Length);
            if (found.Details.BlobCommittedBlockCount < MostAppends)
            {
                break;
            }
        }

        return end;
    }

    private async Task<BlobDownloadResult?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await DownloadAsync(name, cancellationToken);
        }
        catch (RequestFailedException refusal) when (refusal.ErrorCode == "BlobNotFound")
        {
            return null;
        }
    }

    private async Task<BlobDownloadResult> DownloadAsync(string name, CancellationToken cancellationToken) =>
        await datastore.ReadAsync<BlobDownloadResult>(
            async container => await container.GetAppendBlobClient(name).DownloadContentAsync(cancellationToken), cancellationToken);

    private Task<T> UseAsync<T>(string name, Func<AppendBlobClient, Task<T>> use, CancellationToken cancellationToken) =>
        datastore.UseAsync((_, container) => use(container.GetAppendBlobClient(name)), cancellationToken);

    private string NameOf(int segment) => NameOf(folder, segment);

    private static string NameOf(string path, int segment) =>
        segment == 0 ? $"{path}/journal.jsonl" : string.Create(CultureInfo.InvariantCulture, $"{path}/journal.{segment}.jsonl");
}
