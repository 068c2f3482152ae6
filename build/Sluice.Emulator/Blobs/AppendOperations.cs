using System.Globalization;

namespace Sluice.Emulator.Blobs;

/// <summary>What can be done to append blobs.</summary>
internal sealed class AppendOperations(BlobStore store, TimeProvider time)
{
    private const long BlockLimit = 100L * 1024 * 1024;
    private const int BlocksPerBlob = 50_000;

    // The copying is done before the change, and two at once would write to the same place.
    private readonly Lock _appending = new();

    /// <summary>Makes an empty append blob. What it is to hold is appended later, so a body is refused ("Put Blob").</summary>
    public Task Create(BlobExchange exchange)
    {
        exchange.Grant.Require("wc");
        BlobWriting.CheckName(exchange.Blob);
        if (exchange.BodyLength is > 0 and var length)
        {
            throw BlobRefuse.InvalidHeader("Content-Length", length.ToString(CultureInfo.InvariantCulture), "0");
        }

        var content = store.Files.CreateEmpty();
        var blob = store.Files.Keep(content, () => store.CommitBlob(exchange.Container, exchange.Blob, (existing, _) =>
        {
            BlobWriting.Check(exchange, existing, time.GetUtcNow());
            return BlobWriting.New(exchange, BlobType.AppendBlob, existing, time.GetUtcNow()) with { Content = content };
        })!);
        BlobWriting.Answer(exchange, blob, 201);
        return Task.CompletedTask;
    }

    /// <summary>Appends a block.</summary>
    public async Task Append(BlobExchange exchange)
    {
        exchange.Grant.Require("aw");
        var addition = await store.Files.WriteAsync(exchange.Content, BlockLimit, exchange.Aborted);
        try
        {
            addition.Hashes.Check(exchange);
            BlobWriting.RequireContent(addition);
            var blob = Append(exchange, addition);
            BlobWriting.AnswerContent(exchange, addition.Hashes);
            exchange.Set("x-ms-blob-append-offset", (blob.Length - addition.Length).ToString(CultureInfo.InvariantCulture));
            exchange.Set("x-ms-blob-committed-block-count", blob.AppendedBlocks.ToString(CultureInfo.InvariantCulture));
            BlobWriting.Answer(exchange, blob, 201);
        }
        finally
        {
            store.Files.Delete(addition.Id);
        }
    }

    private BlobEntry Append(BlobExchange exchange, WrittenContent addition)
    {
        lock (_appending)
        {
            return BlobWriting.CopyAhead(
                () => PlaceIn(Check(exchange, store.FindBlob(exchange.Container, exchange.Blob), addition.Length)),
                place => Append(exchange, addition, place));
        }
    }

    private BlobEntry Append(BlobExchange exchange, WrittenContent addition, IReadOnlyList<(Guid Content, long Length)> place)
    {
        store.Files.Append(place[0].Content, place[0].Length, addition.Id);
        return store.ChangeBlob(exchange.Container, exchange.Blob, existing =>
        {
            var blob = Check(exchange, existing, addition.Length);
            BlobWriting.RequireSame(place, PlaceIn(blob));
            var now = time.GetUtcNow();
            return blob with
            {
                Length = blob.Length + addition.Length,
                ETag = BlobStore.NewETag(),
                ModifiedAt = now,
                Headers = blob.Headers with { ContentMd5 = null },
                Lease = Lease.AfterWrite(blob.Lease, now),
                AppendedBlocks = blob.AppendedBlocks + 1,
            };
        })!;
    }

    private static IReadOnlyList<(Guid Content, long Length)> PlaceIn(BlobEntry blob) => [(blob.Content, blob.Length)];

    private BlobEntry Check(BlobExchange exchange, BlobEntry? existing, long addition)
    {
        var blob = existing ?? throw BlobRefuse.BlobNotFound();
        if (blob.Type != BlobType.AppendBlob)
        {
            throw BlobRefuse.WrongBlobType();
        }

        Lease.CheckWrite(blob.Lease, exchange.LeaseId, time.GetUtcNow(), "Blob");
        exchange.Conditions.CheckWrite(blob.ETag, blob.ModifiedAt);
        if (exchange.Number("x-ms-blob-condition-appendpos") is { } position && position != blob.Length)
        {
            throw BlobRefuse.AppendPosition();
        }

        if (exchange.Number("x-ms-blob-condition-maxsize") is { } limit && blob.Length + addition > limit)
        {
            throw BlobRefuse.MaxBlobSize();
        }

        if (blob.AppendedBlocks >= BlocksPerBlob)
        {
            throw BlobRefuse.BlockCountExceeded(BlocksPerBlob);
        }

        return blob;
    }
}
