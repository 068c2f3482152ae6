namespace Sluice.Tests.Uploads;

/// <summary>A blob in <see cref="InMemoryBlobs"/>.</summary>
internal sealed record StoredBlob(byte[] Content, Dictionary<string, string> Metadata);
