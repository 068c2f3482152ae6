using Sluice.Rollouts.Assets;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads a folder that a deployment's file names and that is uploaded.</summary>
internal static class AssetFolderReader
{
    /// <summary>Reads the folder; null after a mistake.</summary>
    /// <param name="map">Takes the mistakes.</param>
    /// <param name="path">The folder.</param>
    /// <param name="what">What it is, in words that fit behind "allowed: the folder of".</param>
    public static (AssetFolder Folder, AssetContents Contents)? Read(MapReader map, FilePath path, string what)
    {
        if (!Directory.Exists(path.Absolute))
        {
            var found = File.Exists(path.Absolute) ? "is a file" : path.Missing;
            map.Mistake(path.NamedAt, $"{new Documents.Place(path.Absolute).Shown} {found}; allowed: the folder of {what}.");
            return null;
        }

        try
        {
            var contents = AssetContents.Read(path.Absolute);
            return (new AssetFolder(path.Absolute, contents.Digest), contents);
        }
        catch (AssetException e)
        {
            map.Mistake(path.NamedAt, $"{new Documents.Place(e.File).Shown}: {e.Message}");
            return null;
        }
    }
}
