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

    /// <summary>The steps of a job as its agent runs them, with those of the template or the local action in its place.</summary>
    /// <param name="job">The job.</param>
    public static IReadOnlyList<YamlMappingNode> Steps(YamlMappingNode job)
    {
        var holder = Text(job, "deployment") is null ? job : (YamlMappingNode)job["strategy"]["runOnce"]["deploy"];
        return !holder.Children.TryGetValue(new YamlScalarNode("steps"), out var steps) ? []
            : [.. ((YamlSequenceNode)steps).Cast<YamlMappingNode>().SelectMany(Expanded)];
    }

    private static IEnumerable<YamlMappingNode> Expanded(YamlMappingNode step)
    {
        if (Text(step, "uses") is { } action && action.StartsWith("./", StringComparison.Ordinal))
        {
            return ((YamlSequenceNode)Read($"{action}/action.yml").Root["runs"]["steps"]).Cast<YamlMappingNode>();
        }

        if (Text(step, "template") is not { } template)
        {
            return [step];
        }

        var given = (YamlMappingNode)step["parameters"];
        return ((YamlSequenceNode)Read($".azuredevops/{template}").Root["steps"]).Cast<YamlMappingNode>().SelectMany(each => Keys(each).First() switch
        {
            "${{ each step in parameters.run }}" => ((YamlSequenceNode)given["run"]).Cast<YamlMappingNode>(),
            "${{ if ne(parameters.serviceConnection, '') }}" =>
                Text(given, "serviceConnection") is null ? [] : ((YamlSequenceNode)each.Children.Values.Single()).Cast<YamlMappingNode>(),
            _ => [each],
        });
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
