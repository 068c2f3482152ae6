namespace Sluice.Emulator.Blobs;

/// <summary>What all writes of whole blobs have in common.</summary>
internal static class BlobWriting
{
    private const int NameLimit = 1024;

    /// <summary>Checks a blob's name.</summary>
    public static void CheckName(string name)
    {
        if (name.Length > NameLimit || name.Contains('\0', StringComparison.Ordinal))
        {
            throw BlobRefuse.InvalidName($"The blob's name has {name.Length} characters; allowed are 1 to {NameLimit}, none of them NUL.");
        }
    }

    /// <summary>Checks that a blob may be made or replaced.</summary>
    public static void Check(BlobExchange exchange, BlobEntry? existing, DateTimeOffset now)
    {
        Lease.CheckWrite(existing?.Lease, exchange.LeaseId, now, "Blob");
        exchange.Conditions.CheckWrite(existing?.ETag, existing?.ModifiedAt ?? default);
        if (existing is not null && !exchange.Grant.Allows("w"))
        {
            throw BlobRefuse.NotPermitted('w');
        }
    }

    /// <summary>Checks that a blob is one of blocks, or not there yet.</summary>
    public static void RequireBlockBlob(BlobEntry? blob)
    {
        if (blob is { Type: not BlobType.BlockBlob })
        {
            throw BlobRefuse.WrongBlobType();
        }
    }

    /// <summary>Checks that a block has a content; the service takes none without.</summary>
    public static void RequireContent(WrittenContent block)
    {
        if (block.Length == 0)
        {
            throw BlobRefuse.InvalidHeader("Content-Length", "0", "1 or more");
        }
    }

    /// <summary>
    /// Copies contents and makes the change that names the copy. The copying is done before the change, which other writers wait for: when
    /// other contents are there by then, both are done anew.
    /// </summary>
    /// <param name="find">Finds the contents, or refuses.</param>
    /// <param name="copy">Copies them, and checks with <see cref="RequireSame"/> in the change that they are still there.</param>
    public static TResult CopyAhead<TContent, TResult>(
        Func<IReadOnlyList<TContent>> find, Func<IReadOnlyList<TContent>, TResult> copy)
    {
        var found = find();
        while (true)
        {
            try
            {
                return copy(found);
            }
            catch (Exception fault) when (fault is ContentChangedException or FileNotFoundException)
            {
                var now = find();
                if (now.SequenceEqual(found))
                {
                    throw;
                }

                found = now;
            }
        }
    }

    /// <summary>Checks that the contents which were copied ahead are still there.</summary>
    /// <exception cref="ContentChangedException">There are others.</exception>
    public static void RequireSame<TContent>(IReadOnlyList<TContent> copied, IReadOnlyList<TContent> now)
    {
        if (!now.SequenceEqual(copied))
        {
            throw new ContentChangedException();
        }
    }

    /// <summary>A blob in the place of another, whose lease goes on.</summary>
    public static BlobEntry New(BlobExchange exchange, BlobType type, BlobEntry? existing, DateTimeOffset now) => new(
        type,
        Guid.Empty,
        Length: 0,
        BlobStore.NewETag(),
        existing?.CreatedAt ?? now,
        now,
        Headers(exchange, contentMd5: null),
        exchange.Metadata(),
        Lease.AfterWrite(existing?.Lease, now),
        Blocks: [],
        AppendedBlocks: 0,
        AccessTier.Of(exchange, type, existing));

    /// <summary>The HTTP headers that a request gives to a blob where it brings no content: those of the request itself are not the blob's.</summary>
    public static BlobHeaders Headers(BlobExchange exchange) => new(
        exchange.Header("x-ms-blob-content-type") ?? BlobHeaders.DefaultContentType,
        exchange.Header("x-ms-blob-content-encoding"),
        exchange.Header("x-ms-blob-content-language"),
        exchange.Header("x-ms-blob-content-disposition"),
        exchange.Header("x-ms-blob-cache-control"),
        exchange.Header("x-ms-blob-content-md5"));

    /// <summary>The HTTP headers that a write of content asks for.</summary>
    public static BlobHeaders Headers(BlobExchange exchange, string? contentMd5) => new(
        exchange.Header("x-ms-blob-content-type") ?? exchange.Header("Content-Type") ?? BlobHeaders.DefaultContentType,
        exchange.Header("x-ms-blob-content-encoding") ?? exchange.Header("Content-Encoding"),
        exchange.Header("x-ms-blob-content-language") ?? exchange.Header("Content-Language"),
        exchange.Header("x-ms-blob-content-disposition"),
        exchange.Header("x-ms-blob-cache-control") ?? exchange.Header("Cache-Control"),
        exchange.Header("x-ms-blob-content-md5") ?? contentMd5);

    /// <summary>
    /// Tells what content came, and that it was taken out of a structured body, without which the client takes what is stored for the body
    /// itself.
    /// </summary>
    public static void AnswerContent(BlobExchange exchange, ContentHashes hashes)
    {
        hashes.SetMd5(exchange);
        hashes.SetCrc64(exchange);
        if (exchange.IsStructured)
        {
            exchange.Set(StructuredBody.FormHeader, StructuredBody.Form);
        }
    }

    /// <summary>Answers a write.</summary>
    public static void Answer(BlobExchange exchange, BlobEntry blob, int status)
    {
        exchange.SetVersion(blob.ETag, blob.ModifiedAt);
        exchange.Set("x-ms-request-server-encrypted", "true");
        exchange.Answer(status);
    }
}
