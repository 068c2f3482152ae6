namespace Sluice.Emulator.Blobs;

/// <summary>Bytes that were written to a file of their own.</summary>
/// <param name="Id">The file.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Md5">Their MD5, base64.</param>
internal sealed record WrittenContent(Guid Id, long Length, string Md5);
