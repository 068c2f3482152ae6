namespace Sluice.Emulator.Blobs;

/// <summary>The HTTP headers that a blob is given back with.</summary>
internal sealed record BlobHeaders(
    string ContentType,
    string? ContentEncoding = null,
    string? ContentLanguage = null,
    string? ContentDisposition = null,
    string? CacheControl = null,
    string? ContentMd5 = null)
{
    /// <summary>The type of a blob whose writer gave none.</summary>
    public const string DefaultContentType = "application/octet-stream";
}
