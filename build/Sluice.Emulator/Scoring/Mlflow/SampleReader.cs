using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>Finds a model's sample: the saved example first, the signature second.</summary>
internal static class SampleReader
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Finds the sample and the value that shows it.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="model">Its MLmodel.</param>
    /// <param name="log">Told when an example cannot be used; then the signature decides, as on Azure.</param>
    /// <returns>The sample, null when there is none, and an example of <c>input_data</c> in the form that it asks for.</returns>
    internal static (Sample? Sample, JsonNode? Example) Find(ModelFolder folder, MLmodelFile model, ContainerLog log)
    {
        if (model.Example is { } saved)
        {
            try
            {
                var bytes = folder.Read(saved.File, "saved_input_example_info.artifact_path", MaxBytes);
                var found = FromExample(JsonNode.Parse(bytes), saved.Type);
                if (Contradicts(found.Sample, model.Signature?.Inputs))
                {
                    throw new FormatException("it is of another form than the signature's inputs");
                }

                log.Information($"The sample is {saved.File}.");
                return found;
            }
            catch (Exception e) when (e is ModelFolderException or JsonException or FormatException or InvalidOperationException)
            {
                log.Warning($"Failure processing model sample input {saved.File}: {e.Message} The sample is made of the signature.");
            }
        }

        return FromSignature(model.Signature?.Inputs);
    }

    private static bool Contradicts(Sample? sample, InputSchema? inputs) => (sample, inputs) switch
    {
        (Sample.Table, InputSchema.Tensors) => true,
        (Sample.NamedArrays or Sample.SingleArray, InputSchema.Columns) => true,
        _ => false,
    };

    private static (Sample? Sample, JsonNode? Example) FromExample(JsonNode? example, string type)
    {
        switch (type)
        {
            case "dataframe":
                return FromTable(example);
            case "ndarray":
                return example is JsonObject { } root && root["inputs"] is { } inputs
                    ? FromArrays(inputs)
                    : throw new FormatException("an ndarray example has the key 'inputs'.");
            default:
                throw new FormatException($"the example's type is '{type}'; dataframe and ndarray are understood.");
        }
    }

    private static (Sample Sample, JsonNode Example) FromTable(JsonNode? example)
    {
        var rows = (example is JsonObject split ? split["data"] : example) as JsonArray
            ?? throw new FormatException("a dataframe example has the keys 'columns' and 'data', or is a list of rows.");
        var width = rows.Count > 0 && rows[0] is JsonArray first ? first.Count : 0;
        var names = example is JsonObject && example["columns"] is JsonArray columns
            ? columns.Select(name => name!.ToString()).ToList()
            : [.. Enumerable.Range(0, width).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var inference = new TypeInference[names.Count];
        foreach (var row in rows)
        {
            if (row is not JsonArray cells || cells.Count != names.Count)
            {
                throw new FormatException($"each row of 'data' must be a list of {names.Count} values.");
            }

            for (var i = 0; i < inference.Length; i++)
            {
                inference[i].Add(KindOf(cells[i]));
            }
        }

        var types = names.Zip(inference).ToDictionary(pair => pair.First, pair => pair.Second.Column, StringComparer.Ordinal);
        return (new Sample.Table(types), Split(names, rows));
    }

    private static JsonObject Split(IEnumerable<string> names, JsonArray rows) => new()
    {
        ["columns"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
        ["index"] = new JsonArray([.. Enumerable.Range(0, rows.Count).Select(i => (JsonNode)i)]),
        ["data"] = rows.DeepClone(),
    };

    private static (Sample Sample, JsonNode Example) FromArrays(JsonNode inputs)
    {
        if (inputs is not JsonObject named)
        {
            return (new Sample.SingleArray(TypeOf(inputs)), inputs.DeepClone());
        }

        var types = named.ToDictionary(member => member.Key, member => TypeOf(member.Value), StringComparer.Ordinal);
        return (new Sample.NamedArrays(types), named.DeepClone());
    }

    private static DType TypeOf(JsonNode? array)
    {
        var inference = default(TypeInference);
        Add(array, ref inference);
        return inference.Array;

        static void Add(JsonNode? node, ref TypeInference inference)
        {
            if (node is not JsonArray items)
            {
                inference.Add(KindOf(node));
                return;
            }

            foreach (var item in items)
            {
                Add(item, ref inference);
            }
        }
    }

    private static CellKind KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => CellKind.Null,
        JsonValueKind.True => CellKind.True,
        JsonValueKind.False => CellKind.False,
        JsonValueKind.Number => node.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? CellKind.Integer : CellKind.Float,
        JsonValueKind.String => CellKind.Text,
        _ => CellKind.Nested,
    };

    private static (Sample? Sample, JsonNode? Example) FromSignature(InputSchema? inputs) => inputs switch
    {
        InputSchema.Columns columns => (
            new Sample.Table(Named(columns).ToDictionary(pair => pair.Name, pair => pair.Spec.DType, StringComparer.Ordinal)),
            Split(Named(columns).Select(pair => pair.Name), [])),
        InputSchema.Tensors { Named: true } tensors => (
            new Sample.NamedArrays(tensors.Specs.ToDictionary(spec => spec.Name!, spec => spec.DType, StringComparer.Ordinal)),
            new JsonObject(tensors.Specs.Select(spec => KeyValuePair.Create(spec.Name!, (JsonNode?)Zeros(spec, level: 0))))),
        InputSchema.Tensors { Specs: [var only] } => (new Sample.SingleArray(only.DType), Zeros(only, level: 0)),
        _ => (null, null),
    };

    private static IEnumerable<(string Name, ColumnSpec Spec)> Named(InputSchema.Columns columns)
        => columns.Specs.Select((spec, i) => (spec.Name ?? i.ToString(CultureInfo.InvariantCulture), spec));

    private static JsonNode Zeros(TensorSpec spec, int level)
    {
        if (level == spec.Shape.Count)
        {
            return spec.DType switch
            {
                DType.Bool => false,
                DType.Float32 or DType.Float64 => 0.0,
                DType.Object => "",
                _ => 0,
            };
        }

        // A dimension that varies is shown with one element.
        var size = Math.Clamp(Math.Abs(spec.Shape[level]), 0, 64);
        return new JsonArray([.. Enumerable.Range(0, size).Select(_ => Zeros(spec, level + 1))]);
    }
}
