using System.Text.Json;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>A model folder in the temporary directory, of which every file can be changed before a container starts on it.</summary>
internal sealed class TestModel : IDisposable
{
    private readonly List<ModelContainer> _containers = [];

    private TestModel() => Folder = Directory.CreateTempSubdirectory("scoring").FullName;

    /// <summary>The model folder.</summary>
    internal string Folder { get; }

    /// <summary>The columns of a small stand-in for the heart model: a whole number, a number with a fraction, a text.</summary>
    internal static (string Name, string Type)[] HeartColumns { get; } = [("age", "long"), ("oldpeak", "double"), ("thal", "string")];

    /// <summary>
    /// A model that tells what arrived: each input comes back as an output of the same type, named <c>seen_</c> and the input's name.
    /// </summary>
    /// <param name="columns">The signature's columns; the graph has an input of rank 1 for each.</param>
    internal static TestModel Echo(params (string Name, string Type)[] columns)
    {
        var graph = new OnnxWriter();
        foreach (var (name, type) in columns)
        {
            var seen = $"seen_{name}";
            graph.Input(name, OnnxType(type), -1).Output(seen, OnnxType(type), -1).Node("Identity", [name], [seen]);
        }

        return Of(graph.ToBytes(), Columns(columns));
    }

    /// <summary>A stand-in for the heart model: target is the rounded probability, which is oldpeak and a number for thal.</summary>
    internal static TestModel Heart()
    {
        var graph = new OnnxWriter()
            .Input("age", OnnxWriter.Int64, -1).Input("oldpeak", OnnxWriter.Float, -1).Input("thal", OnnxWriter.Text, -1)
            .Output("target", OnnxWriter.Int64, -1).Output("probability", OnnxWriter.Float, -1)
            .Node(
                "LabelEncoder", "ai.onnx.ml", ["thal"], ["code"],
                OnnxWriter.Attribute("keys_strings", "normal", "fixed", "reversible"),
                OnnxWriter.Attribute("values_floats", 0.0f, 0.125f, 0.5f), OnnxWriter.Attribute("default_float", -1.0f))
            .Node("Add", ["code", "oldpeak"], ["probability"])
            .Node("Round", ["probability"], ["rounded"])
            .Node("Cast", ["rounded"], ["target"], OnnxWriter.Attribute("to", OnnxWriter.Int64));
        var model = Of(graph.ToBytes(), Columns(HeartColumns));
        model.Example("""{"columns": ["age", "oldpeak", "thal"], "data": [[48, 0.25, "normal"]]}""");
        return model;
    }

    /// <summary>A model of any graph.</summary>
    /// <param name="graph">The ONNX file.</param>
    /// <param name="inputs">The JSON of <c>signature.inputs</c>; null for no signature.</param>
    internal static TestModel Of(byte[] graph, string? inputs)
    {
        var model = new TestModel();
        File.WriteAllBytes(Path.Combine(model.Folder, "model.onnx"), graph);
        model.MLmodel(inputs);
        return model;
    }

    /// <summary>The JSON of columns as <c>signature.inputs</c> holds it.</summary>
    internal static string Columns(params (string Name, string Type)[] columns)
        => JsonSerializer.Serialize(columns.Select(column => new { type = column.Type, name = column.Name, required = true }));

    /// <summary>The ONNX element type that equals a column's type.</summary>
    internal static int OnnxType(string type) => type switch
    {
        "boolean" => OnnxWriter.Bool,
        "integer" => OnnxWriter.Int32,
        "long" => OnnxWriter.Int64,
        "float" => OnnxWriter.Float,
        "double" => OnnxWriter.Double,
        _ => OnnxWriter.Text,
    };

    /// <summary>Writes an MLmodel file.</summary>
    /// <param name="inputs">The JSON of <c>signature.inputs</c>; null for no signature.</param>
    /// <param name="parameters">The JSON of <c>signature.params</c>; null for none.</param>
    /// <param name="extra">More lines.</param>
    internal void MLmodel(string? inputs, string? parameters = null, string extra = "")
    {
        var signature = inputs is null
            ? ""
            : $"""
            signature:
              inputs: '{inputs}'
              outputs: '[{Quoted("long", "target")}, {Quoted("float", "probability")}]'
              params: {(parameters is null ? "null" : $"'{parameters}'")}

            """;
        Write("MLmodel", $"""
            flavors:
              onnx:
                code: null
                data: model.onnx
                onnx_version: 1.16.2
              python_function:
                data: model.onnx
                loader_module: mlflow.onnx
            mlflow_version: 2.16.2
            model_uuid: 3f1c1c1e
            {signature}{extra}
            """);

        static string Quoted(string type, string name) => $$"""{"type": "{{type}}", "name": "{{name}}", "required": true}""";
    }

    /// <summary>Saves an input example and names it in MLmodel.</summary>
    internal void Example(string json, string type = "dataframe")
    {
        Write("input_example.json", json);
        File.AppendAllText(
            Path.Combine(Folder, "MLmodel"),
            $"\nsaved_input_example_info:\n  artifact_path: input_example.json\n  pandas_orient: split\n  type: {type}\n");
    }

    /// <summary>Writes a file of the folder.</summary>
    internal void Write(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content);

    /// <summary>Starts a container on the folder; it stops with this model.</summary>
    internal ModelContainer Start(TimeProvider? time = null)
    {
        var container = ModelContainer.Start(Folder, Clocks.Both(time ?? TimeProvider.System));
        _containers.Add(container);
        return container;
    }

    public void Dispose()
    {
        foreach (var container in _containers)
        {
            _ = container.DisposeAsync().AsTask();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
