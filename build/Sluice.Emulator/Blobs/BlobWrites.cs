using System.Xml;

namespace Sluice.Emulator.Blobs;

/// <summary>What can be done to block blobs, and to any blob's headers, metadata and existence.</summary>
internal sealed class BlobWrites(BlobStore store, TimeProvider time)
{
    private const long PutLimit = 5000L * 1024 * 1024;
    private const long BlockLimit = 4000L * 1024 * 1024;
    private const long BlockListLimit = 16 * 1024 * 1024;
    private const int BlockIdLimit = 64;
    private const int BlocksPerBlob = 50_000;

    /// <summary>Writes a blob in one go.</summary>
    public async Task Put(BlobExchange exchange)
    {
        exchange.Grant.Require("wc");
        BlobWriting.CheckName(exchange.Blob);

        // What can be refused before the body is refused before the body.
        BlobWriting.Check(exchange, store.FindBlob(exchange.Container, exchange.Blob), time.GetUtcNow());
        var written = await store.Files.WriteAsync(exchange.Content, PutLimit, exchange.Aborted);
        var blob = store.Files.Keep(written.Id, () =>
        {
            written.Hashes.Check(exchange);
            return store.CommitBlob(exchange.Container, exchange.Blob, (existing, _) =>
            {
                BlobWriting.Check(exchange, existing, time.GetUtcNow());
                return BlobWriting.New(exchange, BlobType.BlockBlob, existing, time.GetUtcNow()) with
                {
                    Content = written.Id,
                    Length = written.Length,
                    Headers = BlobWriting.Headers(exchange, written.Hashes.Md5),
                };
            })!;
        });
        BlobWriting.AnswerContent(exchange, written.Hashes);
        BlobWriting.Answer(exchange, blob, 201);
    }

    /// <summary>Uploads a block, which has a content.</summary>
    public async Task PutBlock(BlobExchange exchange)
    {
        exchange.Grant.Require("wc");
        BlobWriting.CheckName(exchange.Blob);
        var id = CheckBlockId(exchange.Query("blockid"));
        var written = await store.Files.WriteAsync(exchange.Content, BlockLimit, exchange.Aborted);
        store.Files.Keep(written.Id, () =>
        {
            written.Hashes.Check(exchange);
            BlobWriting.RequireContent(written);
            var block = new StagedBlock(id, written.Id, written.Length, time.GetUtcNow());
            store.StageBlock(exchange.Container, exchange.Blob, block, (blob, staged) =>
            {
                BlobWriting.RequireBlockBlob(blob);
                Lease.CheckWrite(blob?.Lease, exchange.LeaseId, time.GetUtcNow(), "Blob");
                if (staged.FirstOrDefault(other => other.Id.Length != id.Length) is not null)
                {
                    throw BlobRefuse.OtherBlockIdLength(id);
                }
            });
            return block;
        });
        BlobWriting.AnswerContent(exchange, written.Hashes);
        exchange.Set("x-ms-request-server-encrypted", "true");
        exchange.Answer(201);
    }

    /// <summary>Makes a blob of blocks.</summary>
    public async Task PutBlockList(BlobExchange exchange)
    {
        exchange.Grant.Require("wc");
        BlobWriting.CheckName(exchange.Blob);
        using var list = await ReadBodyAsync(exchange);
        var hashes = ContentHash.Of(list.GetBuffer().AsSpan(0, (int)list.Length));
        hashes.Check(exchange);
        var wanted = await ReadListAsync(list);
        var blob = BlobWriting.CopyAhead(
            () => PiecesOf(exchange, wanted, store.FindBlocks(exchange.Container, exchange.Blob)),
            pieces => Join(exchange, wanted, pieces));
        hashes.SetCrc64(exchange);
        BlobWriting.Answer(exchange, blob, 201);
    }

    /// <summary>Replaces the metadata.</summary>
    public Task SetMetadata(BlobExchange exchange) =>
        Change(exchange, blob => blob with { Metadata = exchange.Metadata() });

    /// <summary>Replaces the HTTP headers.</summary>
    public Task SetHeaders(BlobExchange exchange) => Change(exchange, blob => blob with { Headers = BlobWriting.Headers(exchange) });

    /// <summary>Deletes a blob.</summary>
    public Task Delete(BlobExchange exchange)
    {
        exchange.Grant.Require("d");
        store.ChangeBlob(exchange.Container, exchange.Blob, existing =>
        {
            var blob = existing ?? throw BlobRefuse.BlobNotFound();
            Lease.CheckWrite(blob.Lease, exchange.LeaseId, time.GetUtcNow(), "Blob");
            exchange.Conditions.CheckWrite(blob.ETag, blob.ModifiedAt);
            return null;
        });
        exchange.Set("x-ms-delete-type-permanent", "true");
        exchange.Answer(202);
        return Task.CompletedTask;
    }

    private Task Change(BlobExchange exchange, Func<BlobEntry, BlobEntry> change)
    {
        exchange.Grant.Require("w");
        var blob = store.ChangeBlob(exchange.Container, exchange.Blob, existing =>
        {
            var found = existing ?? throw BlobRefuse.BlobNotFound();
            var now = time.GetUtcNow();
            Lease.CheckWrite(found.Lease, exchange.LeaseId, now, "Blob");
            exchange.Conditions.CheckWrite(found.ETag, found.ModifiedAt);
            return change(found) with { ETag = BlobStore.NewETag(), ModifiedAt = now, Lease = Lease.AfterWrite(found.Lease, now) };
        })!;
        BlobWriting.Answer(exchange, blob, 200);
        return Task.CompletedTask;
    }

    private BlobEntry Join(
        BlobExchange exchange,
        IReadOnlyList<(string Source, string Id)> wanted,
        IReadOnlyList<(Guid Content, long Offset, CommittedBlock Block)> pieces)
    {
        var made = store.Files.Join(pieces.Select(piece => (piece.Content, piece.Offset, piece.Block.Length)));
        return store.Files.Keep(made, () => store.CommitBlob(exchange.Container, exchange.Blob, (existing, staged) =>
        {
            BlobWriting.RequireSame(pieces, PiecesOf(exchange, wanted, (existing, staged)));
            return BlobWriting.New(exchange, BlobType.BlockBlob, existing, time.GetUtcNow()) with
            {
                Content = made,
                Length = pieces.Sum(piece => piece.Block.Length),
                Headers = BlobWriting.Headers(exchange),
                Blocks = [.. pieces.Select(piece => piece.Block)],
            };
        })!);
    }

    private IReadOnlyList<(Guid Content, long Offset, CommittedBlock Block)> PiecesOf(
        BlobExchange exchange,
        IReadOnlyList<(string Source, string Id)> wanted,
        (BlobEntry? Entry, IReadOnlyList<StagedBlock> Staged) found)
    {
        BlobWriting.Check(exchange, found.Entry, time.GetUtcNow());
        BlobWriting.RequireBlockBlob(found.Entry);
        return Resolve(wanted, found.Entry, found.Staged);
    }

    private static string CheckBlockId(string? id)
    {
        Span<byte> decoded = stackalloc byte[BlockIdLimit];
        return id is not null && Convert.TryFromBase64String(id, decoded, out var length) && length > 0 ? id : throw BlobRefuse.InvalidBlockId(id);
    }

    private static async Task<MemoryStream> ReadBodyAsync(BlobExchange exchange)
    {
        if (exchange.BodyLength > BlockListLimit)
        {
            throw BlobRefuse.TooLarge(BlockListLimit);
        }

        var body = new MemoryStream();
        await exchange.Body.CopyToAsync(body, exchange.Aborted);
        body.Position = 0;
        return body;
    }

    // Read piece by piece: a tree of it could be nested so deeply that walking over it exhausts the stack.
    private static async Task<IReadOnlyList<(string Source, string Id)>> ReadListAsync(Stream list)
    {
        var settings = new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var reader = XmlReader.Create(list, settings);
            var blocks = new List<(string Source, string Id)>();
            await reader.MoveToContentAsync();
            var hasBlocks = !reader.IsEmptyElement;
            await reader.ReadAsync();
            while (hasBlocks && reader.NodeType == XmlNodeType.Element)
            {
                if (blocks.Count == BlocksPerBlob)
                {
                    throw BlobRefuse.BlockCountExceeded(BlocksPerBlob);
                }

                var source = reader.LocalName;
                blocks.Add((source, (await reader.ReadElementContentAsStringAsync()).Trim()));
            }

            return !hasBlocks || reader.NodeType == XmlNodeType.EndElement
                ? blocks
                : throw BlobRefuse.InvalidXml($"a list of blocks has elements only, and not {reader.NodeType}.");
        }
        catch (XmlException fault)
        {
            throw BlobRefuse.InvalidXml(fault.Message);
        }
    }

    private static IReadOnlyList<(Guid Content, long Offset, CommittedBlock Block)> Resolve(
        IReadOnlyList<(string Source, string Id)> wanted, BlobEntry? existing, IReadOnlyList<StagedBlock> staged)
    {
        var uploaded = staged.ToDictionary(block => block.Id, block => (block.Content, 0L, new CommittedBlock(block.Id, block.Length)));
        var committed = new Dictionary<string, (Guid, long, CommittedBlock)>();
        var offset = 0L;
        foreach (var block in existing?.Blocks ?? [])
        {
            committed[block.Id] = (existing!.Content, offset, block);
            offset += block.Length;
        }

        return
        [
            .. wanted.Select(want => want.Source switch
            {
                "Latest" => uploaded.TryGetValue(want.Id, out var latest) || committed.TryGetValue(want.Id, out latest) ? latest : throw Unknown(want.Id),
                "Uncommitted" => uploaded.TryGetValue(want.Id, out var fresh) ? fresh : throw Unknown(want.Id),
                "Committed" => committed.TryGetValue(want.Id, out var old) ? old : throw Unknown(want.Id),
                _ => throw BlobRefuse.InvalidXml($"'{want.Source}' is none of Committed, Uncommitted, Latest."),
            }),
        ];
    }

    private static BlobRefusedException Unknown(string id) => BlobRefuse.InvalidBlockList(id);
}
