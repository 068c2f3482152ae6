using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>What an MLmodel file says about scoring. Everything else in it is left alone.</summary>
/// <param name="OnnxData">The graph's file, relative to the model folder; null when the model has no <c>onnx</c> flavour.</param>
/// <param name="Flavors">The names of all flavours.</param>
/// <param name="Signature">The signature; null when the model has none.</param>
/// <param name="Example">The saved input example; null when the model has none.</param>
internal sealed record MLmodelFile(
    string? OnnxData, IReadOnlyList<string> Flavors, ModelSignature? Signature, SavedExample? Example)
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads the MLmodel of a folder.</summary>
    /// <exception cref="ModelFolderException">The file is no YAML, or an entry that scoring needs is malformed.</exception>
    internal static MLmodelFile Read(ModelFolder folder)
    {
        var root = Root(folder);
        var flavors = Map(root, "flavors")
            ?? throw new ModelFolderException(ModelFolder.MLmodel, "'flavors' is missing; an MLflow model has at least one flavour.");
        var onnx = Map(flavors, "onnx");
        return new MLmodelFile(
            onnx is null ? null : Text(onnx, "data") ?? "model.onnx",
            [.. flavors.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "")],
            SignatureOf(root),
            ExampleOf(root));
    }

    private static YamlMappingNode Root(ModelFolder folder)
    {
        var bytes = folder.Read(ModelFolder.MLmodel, "the model folder", MaxBytes);
        try
        {
            var yaml = new YamlStream();
            using var text = new StringReader(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
            yaml.Load(new BoundedYamlParser(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new ModelFolderException(ModelFolder.MLmodel, "the file is not one YAML mapping.");
        }
        catch (YamlException e)
        {
            throw new ModelFolderException(ModelFolder.MLmodel, $"line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library fails like this on some plain scalars and on aliases in the place of a document.
            throw new ModelFolderException(ModelFolder.MLmodel, "the file is not YAML.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFolderException(ModelFolder.MLmodel, "the file is not UTF-8 text.", e);
        }
    }

    private static ModelSignature? SignatureOf(YamlMappingNode root)
        => Map(root, "signature") is { } signature
            ? new ModelSignature(
                SignatureReader.Inputs(Text(signature, "inputs")),
                SignatureReader.Outputs(Text(signature, "outputs")),
                SignatureReader.Parameters(Text(signature, "params")))
            : null;

    private static SavedExample? ExampleOf(YamlMappingNode root)
        => Map(root, "saved_input_example_info") is { } info && Text(info, "artifact_path") is { } file
            ? new SavedExample(file, Text(info, "type") ?? "")
            : null;

    private static YamlNode? Entry(YamlMappingNode map, string key)
        => map.Children.TryGetValue(new YamlScalarNode(key), out var node)
            && node is not YamlScalarNode { Value: null or "" or "null" or "~" }
            ? node
            : null;

    private static YamlMappingNode? Map(YamlMappingNode map, string key) => Entry(map, key) switch
    {
        null => null,
        YamlMappingNode found => found,
        var other => throw Unexpected(key, other, "a mapping"),
    };

    private static string? Text(YamlMappingNode map, string key) => Entry(map, key) switch
    {
        null => null,
        YamlScalarNode found => found.Value,
        var other => throw Unexpected(key, other, "a text"),
    };

    private static ModelFolderException Unexpected(string key, YamlNode found, string expected)
        => new(ModelFolder.MLmodel, $"line {found.Start.Line}: '{key}' must be {expected}, but is a {found.NodeType}.");
}
