using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads a deployment's <c>code_configuration</c> (<c>_schema/_deployment/code_configuration_schema.py</c>).</summary>
internal static class ScoringCodeReader
{
    /// <summary>Reads the map; null after a mistake.</summary>
    public static ScoringCodeSpec? Read(MapReader map)
    {
        map.Ignored("$schema");
        var code = map.Required("code", Formats.Text);
        var script = map.Required("scoring_script", Formats.Text);
        if (!code.IsGood)
        {
            return null;
        }

        var source = AssetReference.IsMeant(code.Value) ? ReadReference(map, code) : ReadFolder(map, code, script);
        return source is not null && script.IsGood ? new ScoringCodeSpec(source, script.Value) : null;
    }

    private static AssetSource? ReadReference(MapReader map, Field<string> code)
    {
        var source = AssetReference.Codes.Parse(code.Value);
        if (source is null)
        {
            map.Mistake(
                code.Place,
                $"{map.PathOf("code")} is \"{code.Value}\"; allowed: a folder relative to this file, {AssetReference.Codes.Allowed}.");
        }

        return source;
    }

    private static AssetFolder? ReadFolder(MapReader map, Field<string> code, Field<string> script)
    {
        if (!LocalPath.IsOne(code.Value))
        {
            map.Mistake(
                code.Place,
                $"{map.PathOf("code")} is \"{code.Value}\"; allowed: a folder relative to this file, {AssetReference.Codes.Allowed}.");
            return null;
        }

        if (AssetFolderReader.Read(map, LocalPath.From(code.Value, code.Place), "the scoring code") is not var (folder, contents))
        {
            return null;
        }

        var wanted = Normalized(script.Value);
        if (script.IsGood && contents.Files.All(file => file.RelativePath != wanted))
        {
            map.Mistake(
                script.Place,
                $"{map.PathOf("scoring_script")} names {script.Value}, which {new Place(folder.Path).Shown} does not have, or an ignore "
                + "file leaves out.");
        }

        return folder;
    }

    private static string? Normalized(string? script)
    {
        var path = script?.Replace('\\', '/');
        return path is not null && path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }
}
