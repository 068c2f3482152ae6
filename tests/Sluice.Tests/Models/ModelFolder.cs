using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Models;

/// <summary>A checked-in MLflow folder of the heart classifier, read the way a server reads it.</summary>
internal sealed class ModelFolder
{
    private readonly string _folder;
    private readonly YamlMappingNode _description;

    public ModelFolder(string version)
    {
        _folder = Repository.File($"models/heart-classifier/{version}");
        _description = ReadYaml("MLmodel");
    }

    public IReadOnlyList<SignatureColumn> Inputs => Columns("inputs");

    public IReadOnlyList<SignatureColumn> Outputs => Columns("outputs");

    public byte[] Model => ReadBytes(Text("flavors", "onnx", "data"));

    public IEnumerable<string?> Files => Directory.EnumerateFiles(_folder).Select(Path.GetFileName);

    /// <summary>A scalar of the MLmodel file.</summary>
    public string Text(params string[] path) => path.Aggregate((YamlNode)_description, (node, key) => node[key]).ToString();

    public byte[] ReadBytes(string file) => File.ReadAllBytes(Path.Combine(_folder, file));

    public string[] ReadLines(string file) => File.ReadAllLines(Path.Combine(_folder, file));

    public JsonElement ReadJson(string file) => JsonElement.Parse(ReadBytes(file));

    public YamlMappingNode ReadYaml(string file)
    {
        using var reader = File.OpenText(Path.Combine(_folder, file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private IReadOnlyList<SignatureColumn> Columns(string side) =>
        [.. JsonElement.Parse(Text("signature", side)).EnumerateArray().Select(column =>
            new SignatureColumn(column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!))];
}
