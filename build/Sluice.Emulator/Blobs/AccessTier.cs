namespace Sluice.Emulator.Blobs;

/// <summary>The tiers of block blobs that can be read at any time (documentation: "Access tiers for blob data").</summary>
internal static class AccessTier
{
    /// <summary>The header that names one, of requests and answers.</summary>
    public const string Header = "x-ms-access-tier";

    /// <summary>The tier of a blob for which nobody asked for one.</summary>
    public const string Inferred = "Hot";

    private const string Offline = "Archive";
    private static readonly string[] Online = [Inferred, "Cool", "Cold"];

    /// <summary>The tier that a write asks for; else the one of the blob that it replaces, which goes on; null when there is neither.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="type">The kind of the blob that is written; append blobs have no tiers.</param>
    /// <param name="existing">The blob that is replaced, or null.</param>
    /// <exception cref="BlobRefusedException">There is no such tier for such a blob (400), or it cannot be read at once (501).</exception>
    public static string? Of(BlobExchange exchange, BlobType type, BlobEntry? existing)
    {
        if (exchange.Header(Header) is not { } asked)
        {
            return type == BlobType.BlockBlob ? existing?.AccessTier : null;
        }

        if (type != BlobType.BlockBlob)
        {
            throw BlobRefuse.UnsupportedHeader(Header);
        }

        return asked == Offline
            ? throw BlobRefuse.Unsupported($"the access tier {Offline}")
            : Online.Contains(asked) ? asked : throw BlobRefuse.InvalidHeader(Header, asked, string.Join(", ", Online));
    }
}
