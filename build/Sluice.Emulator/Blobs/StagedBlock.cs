namespace Sluice.Emulator.Blobs;

/// <summary>A block that was uploaded and is in no block list yet.</summary>
/// <param name="Id">Its id, base64.</param>
/// <param name="Content">The file that holds it.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="StagedAt">When it was uploaded.</param>
internal sealed record StagedBlock(string Id, Guid Content, long Length, DateTimeOffset StagedAt);
