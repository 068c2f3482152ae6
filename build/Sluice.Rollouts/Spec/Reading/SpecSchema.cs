using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// The JSON schema of the config file, made of the declarations that read it, so that an editor knows what the reader knows. What an
/// argument may say instead is not required in the file.
/// </summary>
internal static class SpecSchema
{
    /// <summary>The schema's text.</summary>
    public static string Text()
    {
        var schema = new JObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Sluice",
            ["description"] = "What a rollout of a model to an online endpoint needs to know. Relative paths start from the file's folder.",
        };
        var nobody = new Mistakes();
        schema.Merge(MapReader.SchemaOf(
            new ConfigReader(SpecOverrides.None, new WorkspaceFile(folder: null, nobody, nobody), nobody).Read));
        return schema.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n";
    }
}
