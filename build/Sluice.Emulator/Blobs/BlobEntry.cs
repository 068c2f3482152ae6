namespace Sluice.Emulator.Blobs;

/// <summary>A blob.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Content">
/// The file that holds its bytes. An append blob's file may be longer than the blob: a writer that was killed or refused leaves a tail.
/// </param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ETag">Changes with every write, quotes included.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last written.</param>
/// <param name="Headers">Its HTTP headers.</param>
/// <param name="Metadata">Its metadata, names as they were sent.</param>
/// <param name="Lease">Its lease, or null when it never had one or gave it back.</param>
/// <param name="Blocks">The blocks of a block blob that was made from a list.</param>
/// <param name="AppendedBlocks">How often an append blob was appended to.</param>
/// <param name="AccessTier">The tier that a writer asked for, see <see cref="Blobs.AccessTier"/>; null when nobody did.</param>
internal sealed record BlobEntry(
    BlobType Type,
    Guid Content,
    long Length,
    string ETag,
    DateTimeOffset CreatedAt,
    DateTimeOffset ModifiedAt,
    BlobHeaders Headers,
    IReadOnlyDictionary<string, string> Metadata,
    Lease? Lease,
    IReadOnlyList<CommittedBlock> Blocks,
    int AppendedBlocks,
    string? AccessTier = null);
