namespace Sluice.Rollouts.Spec;

/// <summary>A folder on disk that is uploaded, as it was when it was read.</summary>
/// <param name="Path">The folder's absolute path.</param>
/// <param name="Digest">The content hash that names the upload, in lower-case hex.</param>
public sealed record AssetFolder(string Path, string Digest) : AssetSource;
