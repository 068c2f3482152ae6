namespace Sluice.Emulator.Blobs;

/// <summary>A container of blobs.</summary>
/// <param name="ETag">Changes with every write to its metadata, quotes included.</param>
/// <param name="ModifiedAt">When it was last written.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Lease">Its lease, or null.</param>
internal sealed record ContainerEntry(string ETag, DateTimeOffset ModifiedAt, IReadOnlyDictionary<string, string> Metadata, Lease? Lease);
