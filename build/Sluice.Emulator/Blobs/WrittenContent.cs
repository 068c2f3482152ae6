namespace Sluice.Emulator.Blobs;

/// <summary>Bytes that were written to a file of their own.</summary>
/// <param name="Id">The file.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Hashes">Their hashes.</param>
internal sealed record WrittenContent(Guid Id, long Length, ContentHashes Hashes);
