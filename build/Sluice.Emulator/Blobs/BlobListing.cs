namespace Sluice.Emulator.Blobs;

/// <summary>A page of a container's list.</summary>
/// <param name="Items">The blobs, and the prefixes that stand for all blobs below them (without an entry), in order.</param>
/// <param name="Last">Where the next page goes on; null when this is the last one.</param>
internal sealed record BlobListing(IReadOnlyList<(string Name, BlobEntry? Entry)> Items, string? Last)
{
    // Sorts behind everything that begins with the same prefix.
    private const string AfterAll = "\U0010FFFF";
    private const int BatchLimit = 1000;

    /// <summary>Reads a page.</summary>
    public static BlobListing Read(BlobStore store, string container, string prefix, string? delimiter, string after, int size)
    {
        var items = new List<(string, BlobEntry?)>();
        while (true)
        {
            var batch = store.ListBlobs(container, prefix, after, Math.Min(size - items.Count + 1, BatchLimit));
            if (batch.Count == 0)
            {
                return new BlobListing(items, Last: null);
            }

            foreach (var (name, entry) in batch)
            {
                if (items.Count == size)
                {
                    return new BlobListing(items, after);
                }

                var end = delimiter is null ? -1 : name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                if (end < 0)
                {
                    items.Add((name, entry));
                    after = name;
                    continue;
                }

                var folder = name[..(end + delimiter!.Length)];
                items.Add((folder, null));
                after = $"{folder}{AfterAll}";
                break;
            }
        }
    }
}
