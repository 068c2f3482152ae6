using System.Globalization;

namespace Sluice.Emulator.Blobs;

/// <summary>What can be done to append blobs.</summary>
internal sealed class AppendOperations(BlobStore store, TimeProvider time)
{
    private const long BlockLimit = 100L * 1024 * 1024;
    private const int BlocksPerBlob = 50_000;

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
        try
        {
            var blob = store.CommitBlob(exchange.Container, exchange.Blob, (existing, _) =>
            {
                BlobWriting.Check(exchange, existing, time.GetUtcNow());
                return BlobWriting.New(exchange, BlobType.AppendBlob, existing, time.GetUtcNow()) with { Content = content };
            })!;
            BlobWriting.Answer(exchange, blob, 201);
            return Task.CompletedTask;
        }
        catch
        {
            store.Files.Delete(content);
            throw;
        }
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
            var offset = 0L;
            var blob = store.ChangeBlob(exchange.Container, exchange.Blob, existing =>
            {
                var blob = existing ?? throw BlobRefuse.BlobNotFound();
                Check(exchange, blob, addition.Length);
                offset = blob.Length;
                store.Files.Append(blob.Content, blob.Length, addition.Id);
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
            BlobWriting.AnswerContent(exchange, addition.Hashes);
            exchange.Set("x-ms-blob-append-offset", offset.ToString(CultureInfo.InvariantCulture));
            exchange.Set("x-ms-blob-committed-block-count", blob.AppendedBlocks.ToString(CultureInfo.InvariantCulture));
            BlobWriting.Answer(exchange, blob, 201);
        }
        finally
        {
            store.Files.Delete(addition.Id);
        }
    }

    private void Check(BlobExchange exchange, BlobEntry blob, long addition)
    {
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
    }
}
