namespace Sluice.Emulator.Blobs;

/// <summary>The kinds of blob; the names are those on the wire.</summary>
internal enum BlobType
{
    BlockBlob,
    AppendBlob,
}
