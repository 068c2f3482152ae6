namespace Sluice.Emulator.Blobs;

/// <summary>A block of a block blob.</summary>
/// <param name="Id">Its id, base64.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record CommittedBlock(string Id, long Length);
