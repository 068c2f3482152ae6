using System.Globalization;
using System.Xml;

namespace Sluice.Emulator.Blobs;

/// <summary>What can be read of a blob.</summary>
internal sealed class BlobReads(BlobStore store, TimeProvider time)
{
    private const string RangeMd5 = "x-ms-range-get-content-md5";
    private const string RangeCrc64 = "x-ms-range-get-content-crc64";
    private const int RangeHashLimit = 4 * 1024 * 1024;

    /// <summary>Gives the content, or a range of it.</summary>
    public async Task Get(BlobExchange exchange)
    {
        exchange.Grant.Require("r");
        var (blob, content) = store.OpenBlob(exchange.Container, exchange.Blob) ?? throw BlobRefuse.BlobNotFound();
        await using (content)
        {
            Check(exchange, blob);

            // What is refused is refused before the answer has the blob's headers.
            var asked = BlobRange.TryParse(exchange.Header("x-ms-range") ?? exchange.Header("Range"), blob.Length);
            Func<int, Stream, long, long, Task> answerAsync = exchange.IsStructured ? exchange.AnswerStructuredAsync : exchange.AnswerAsync;
            if (asked is { } range)
            {
                await SetRangeHashAsync(exchange, content, range);
                SetProperties(exchange, blob);
                exchange.Set("Content-Range", string.Create(
                    CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{blob.Length}"));
                exchange.Set("x-ms-blob-content-md5", blob.Headers.ContentMd5);
                await answerAsync(206, content, range.Offset, range.Length);
            }
            else
            {
                SetProperties(exchange, blob);
                exchange.Set("Content-MD5", blob.Headers.ContentMd5);
                await answerAsync(200, content, 0, blob.Length);
            }
        }
    }

    /// <summary>Gives properties and metadata.</summary>
    public Task Head(BlobExchange exchange)
    {
        exchange.Grant.Require("r");
        var blob = store.FindBlob(exchange.Container, exchange.Blob) ?? throw BlobRefuse.BlobNotFound();
        Check(exchange, blob);
        SetProperties(exchange, blob);
        exchange.Set("Content-MD5", blob.Headers.ContentMd5);
        return exchange.AnswerAsync(200, Stream.Null, 0, exchange.IsHead ? blob.Length : 0);
    }

    /// <summary>Gives the blocks: committed ones, uploaded ones, or both.</summary>
    public Task GetBlockList(BlobExchange exchange)
    {
        exchange.Grant.Require("r");
        var type = (exchange.Query("blocklisttype") ?? "committed").ToLowerInvariant();
        if (type is not ("committed" or "uncommitted" or "all"))
        {
            throw BlobRefuse.InvalidQuery("blocklisttype", type, "committed, uncommitted, all");
        }

        var (blob, staged) = store.FindBlocks(exchange.Container, exchange.Blob);
        if (blob is null && staged.Count == 0)
        {
            throw BlobRefuse.BlobNotFound();
        }

        if (blob is not null)
        {
            BlobWriting.RequireBlockBlob(blob);
            Check(exchange, blob);
            exchange.SetVersion(blob.ETag, blob.ModifiedAt);
            exchange.Set("x-ms-blob-content-length", blob.Length.ToString(CultureInfo.InvariantCulture));
        }

        return exchange.AnswerAsync(xml =>
        {
            xml.WriteStartElement("BlockList");
            if (type is "committed" or "all")
            {
                WriteBlocks(xml, "CommittedBlocks", blob?.Blocks.Select(block => (block.Id, block.Length)) ?? []);
            }

            if (type is "uncommitted" or "all")
            {
                WriteBlocks(xml, "UncommittedBlocks", staged.Select(block => (block.Id, block.Length)));
            }

            xml.WriteEndElement();
        });
    }

    private static void WriteBlocks(XmlWriter xml, string name, IEnumerable<(string Id, long Length)> blocks)
    {
        xml.WriteStartElement(name);
        foreach (var (id, length) in blocks)
        {
            xml.WriteStartElement("Block");
            xml.WriteElementString("Name", id);
            xml.WriteElementString("Size", length.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static async Task SetRangeHashAsync(BlobExchange exchange, FileStream content, BlobRange range)
    {
        var (isMd5, isCrc64) = (exchange.Header(RangeMd5) == "true", exchange.Header(RangeCrc64) == "true");
        if (!isMd5 && !isCrc64)
        {
            return;
        }

        if (isMd5 && isCrc64)
        {
            throw BlobRefuse.BothHashes();
        }

        if (range.Length > RangeHashLimit)
        {
            throw BlobRefuse.InvalidHeader(isMd5 ? RangeMd5 : RangeCrc64, "true", $"only with ranges up to {RangeHashLimit} bytes");
        }

        var bytes = new byte[range.Length];
        content.Position = range.Offset;
        await content.ReadExactlyAsync(bytes, exchange.Aborted);
        var hashes = ContentHash.Of(bytes);
        if (isMd5)
        {
            hashes.SetMd5(exchange);
        }
        else
        {
            hashes.SetCrc64(exchange);
        }
    }

    private void Check(BlobExchange exchange, BlobEntry blob)
    {
        Lease.CheckRead(blob.Lease, exchange.LeaseId, time.GetUtcNow(), "Blob");
        exchange.Conditions.CheckRead(blob.ETag, blob.ModifiedAt);
    }

    private void SetProperties(BlobExchange exchange, BlobEntry blob)
    {
        exchange.SetVersion(blob.ETag, blob.ModifiedAt);
        exchange.SetMetadata(blob.Metadata);
        exchange.SetLease(blob.Lease, time.GetUtcNow());
        exchange.Set("Accept-Ranges", "bytes");
        exchange.Set("Content-Type", exchange.HeaderOfQuery("rsct") ?? blob.Headers.ContentType);
        exchange.Set("Content-Encoding", exchange.HeaderOfQuery("rsce") ?? blob.Headers.ContentEncoding);
        exchange.Set("Content-Language", exchange.HeaderOfQuery("rscl") ?? blob.Headers.ContentLanguage);
        exchange.Set("Content-Disposition", exchange.HeaderOfQuery("rscd") ?? blob.Headers.ContentDisposition);
        exchange.Set("Cache-Control", exchange.HeaderOfQuery("rscc") ?? blob.Headers.CacheControl);
        exchange.Set("x-ms-blob-type", blob.Type.ToString());
        exchange.Set("x-ms-creation-time", blob.CreatedAt.ToString("R", CultureInfo.InvariantCulture));
        exchange.Set("x-ms-server-encrypted", "true");
        if (blob.Type == BlobType.AppendBlob)
        {
            exchange.Set("x-ms-blob-committed-block-count", blob.AppendedBlocks.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            exchange.Set(AccessTier.Header, blob.AccessTier ?? AccessTier.Inferred);
            exchange.Set("x-ms-access-tier-inferred", blob.AccessTier is null ? "true" : null);
        }
    }
}
