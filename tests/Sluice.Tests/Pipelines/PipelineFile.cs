using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Pipelines;

/// <summary>A pipeline of GitHub Actions or Azure DevOps, as its YAML stands.</summary>
internal sealed class PipelineFile
{
    private static readonly string[] ScriptKeys = ["run", "bash", "script", "pwsh", "inlineScript"];

    private PipelineFile(YamlMappingNode root) => Root = root;

    /// <summary>The document.</summary>
    public YamlMappingNode Root { get; }

    /// <summary>Every script, in the order of the file.</summary>
    public IReadOnlyList<PipelineScript> Scripts =>
    [
        .. Mappings().SelectMany(step => ScriptKeys.Select(key => Text(step, key))).OfType<string>().Select(text => new PipelineScript(text)),
    ];

    /// <summary>Reads a file of the repository.</summary>
    /// <param name="path">The path in it.</param>
    public static PipelineFile Read(string path)
    {
        using var text = File.OpenText(Repository.File(path));
        var stream = new YamlStream();
        stream.Load(text);
        return new((YamlMappingNode)stream.Documents.Single().RootNode);
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
}
