using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Pipelines;

/// <summary>A pipeline of GitHub Actions or Azure DevOps, as its YAML stands.</summary>
internal sealed class PipelineFile
{
    private static readonly string[] ScriptKeys = ["run", "bash", "script", "pwsh", "inlineScript"];

    private PipelineFile(string path, YamlMappingNode root) => (Path, Root) = (path, root);

    /// <summary>The path in the repository.</summary>
    public string Path { get; }

    /// <summary>The document.</summary>
    public YamlMappingNode Root { get; }

    /// <summary>Every script, in the order of the file.</summary>
    public IReadOnlyList<PipelineScript> Scripts => [.. ScriptsOf(Root, job: "")];

    /// <summary>Reads a file of the repository.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="path">The path in it.</param>
    public static PipelineFile Read(string root, string path)
    {
        using var text = File.OpenText(System.IO.Path.Combine(root, path));
        var stream = new YamlStream();
        stream.Load(text);
        return new(path, (YamlMappingNode)stream.Documents.Single().RootNode);
    }

    /// <summary>Every mapping of the document, from the outside in.</summary>
    public IEnumerable<YamlMappingNode> Mappings() => Root.AllNodes.OfType<YamlMappingNode>();

    /// <summary>The text of a key; null when the mapping does not have it.</summary>
    public static string? Text(YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? (value as YamlScalarNode)?.Value : null;

    /// <summary>The texts of a key that has one or a list.</summary>
    public static IReadOnlyList<string> Texts(YamlMappingNode mapping, string key) =>
        !mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? []
        : value is YamlSequenceNode list ? [.. list.Select(each => ((YamlScalarNode)each).Value!)]
        : [((YamlScalarNode)value).Value!];

    /// <summary>The keys of a mapping.</summary>
    public static IEnumerable<string> Keys(YamlMappingNode mapping) => mapping.Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    private static IEnumerable<PipelineScript> ScriptsOf(YamlNode node, string job) => node switch
    {
        YamlMappingNode mapping => OfMapping(mapping, Text(mapping, "stage") ?? Text(mapping, "job") ?? job),
        YamlSequenceNode list => list.SelectMany(each => ScriptsOf(each, job)),
        _ => [],
    };

    private static IEnumerable<PipelineScript> OfMapping(YamlMappingNode mapping, string job)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            if (value is YamlScalarNode { Value: { } text } && ScriptKeys.Contains(name))
            {
                yield return new(job, text);
            }

            // GitHub names its jobs by keys.
            var inner = job.Length == 0 && value is YamlMappingNode each && each.Children.ContainsKey(new YamlScalarNode("steps")) ? name : job;
            foreach (var script in ScriptsOf(value, inner))
            {
                yield return script;
            }
        }
    }
}
