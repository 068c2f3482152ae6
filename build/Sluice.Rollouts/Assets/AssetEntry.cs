namespace Sluice.Rollouts.Assets;

/// <summary>A file or folder below the folder that is uploaded.</summary>
/// <param name="Name">Its own name; a link's, not the one of what it leads to.</param>
/// <param name="RelativePath">Its path in the folder, with <c>/</c> between the names on every system.</param>
/// <param name="File">The file, of a link the one that it leads to; null for a folder.</param>
internal sealed record AssetEntry(string Name, string RelativePath, FileInfo? File);
