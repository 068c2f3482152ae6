namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A file of a folder that is uploaded.</summary>
/// <param name="RelativePath">Its path in the folder, with <c>/</c> between the names on every system.</param>
/// <param name="FullPath">Its absolute path.</param>
/// <param name="Bytes">Its size.</param>
public sealed record AssetFile(string RelativePath, string FullPath, long Bytes);
