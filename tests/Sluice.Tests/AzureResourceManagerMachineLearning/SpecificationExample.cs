using System.Text.Json.Nodes;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>An example of the REST specification: a request with its possible answers.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Resource">The kind of resource, which is the name's first word.</param>
/// <param name="Operation">What is done with it, which is the name's last word.</param>
internal sealed record SpecificationExample(string File, string Resource, string Operation)
{
    private const string Folder = "../shared/data/rest-examples";

    /// <summary>All examples that lie beside the repository; none where the folder is not on this machine.</summary>
    public static IReadOnlyList<SpecificationExample> All()
    {
        var folder = Repository.File(Folder);
        return Directory.Exists(folder)
            ? [
                .. Directory.EnumerateFiles(folder, "*.json")
                    .Select(path => Of(Path.GetFileName(path)))
                    .OrderBy(one => one.File, StringComparer.Ordinal),
            ]
            : [];
    }

    /// <summary>The body of the request; null for a request without one.</summary>
    public JsonObject? Request() => Json()["parameters"]!["body"]?.AsObject();

    /// <summary>The bodies of the answers; of a list, its items.</summary>
    public IEnumerable<JsonObject> Answers() => Json()["responses"]!.AsObject()
        .Select(answer => answer.Value!["body"])
        .OfType<JsonObject>()
        .SelectMany(body => body["value"] is JsonArray items ? items.Select(item => item!.AsObject()) : [body]);

    /// <inheritdoc/>
    public override string ToString() => File;

    private static SpecificationExample Of(string file)
    {
        var words = file.Split('.')[0].Split('_');
        return new SpecificationExample(file, words[0], words[^1]);
    }

    private JsonNode Json() => JsonNode.Parse(SharedData.Read("rest-examples", File))!;
}
