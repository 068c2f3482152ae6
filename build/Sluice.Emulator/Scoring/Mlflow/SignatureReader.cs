using System.Text.Json;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>Reads the JSON texts that an MLmodel file holds under <c>signature</c>.</summary>
internal static class SignatureReader
{
    private static readonly string[] ColumnTypes =
    [
        "boolean", "integer", "long", "float", "double", "string", "binary", "datetime", "array", "object", "map", "sparkml_vector", "any",
    ];

    /// <summary>Reads <c>signature.inputs</c>.</summary>
    /// <returns>Null for null.</returns>
    /// <exception cref="ModelFolderException">The text is no list of columns or tensors.</exception>
    internal static InputSchema? Inputs(string? json) => Schema(json, "signature.inputs", strict: true);

    /// <summary>Reads <c>signature.outputs</c>, which only describes: what cannot be understood is left out.</summary>
    internal static InputSchema? Outputs(string? json) => Schema(json, "signature.outputs", strict: false);

    /// <summary>Reads <c>signature.params</c>.</summary>
    /// <returns>Null for null.</returns>
    /// <exception cref="ModelFolderException">The text is no list of parameters.</exception>
    internal static IReadOnlyList<ParameterSpec>? Parameters(string? json)
    {
        if (json is null)
        {
            return null;
        }

        const string entry = "signature.params";
        using var document = Parse(json, entry);
        var specs = new List<ParameterSpec>();
        foreach (var item in Items(document.RootElement, entry))
        {
            // Versions 2.6 and following wrote "dtype" before it became "type".
            var type = Text(item, "type") ?? Text(item, "dtype");
            if (Text(item, "name") is not { } name || type is null)
            {
                throw Malformed(entry, $"a parameter needs 'name' and 'type': {item}");
            }

            specs.Add(new ParameterSpec(name, type, item.TryGetProperty("shape", out var shape) && shape.ValueKind == JsonValueKind.Array));
        }

        return specs;
    }

    private static InputSchema? Schema(string? json, string entry, bool strict)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = Parse(json, entry);
            var items = Items(document.RootElement, entry).ToList();
            if (items.Count == 0)
            {
                return null;
            }

            return items.TrueForAll(IsTensor) ? Tensors(items, entry)
                : items.Exists(IsTensor) ? throw Malformed(entry, "columns and tensors cannot be mixed")
                : Columns(items, entry);
        }
        catch (ModelFolderException) when (!strict)
        {
            return null;
        }
    }

    private static bool IsTensor(JsonElement item) => Text(item, "type") == "tensor";

    private static InputSchema.Columns Columns(List<JsonElement> items, string entry)
    {
        var specs = items.ConvertAll(item => new ColumnSpec(
            Text(item, "name"),
            Text(item, "type") is { } type && ColumnTypes.Contains(type)
                ? type
                : throw Malformed(entry, $"a column's 'type' must be one of {string.Join(", ", ColumnTypes)}: {item}"),
            !item.TryGetProperty("required", out var required) || required.ValueKind != JsonValueKind.False));
        CheckNames(specs.ConvertAll(spec => spec.Name), entry);
        return new InputSchema.Columns(specs);
    }

    private static InputSchema.Tensors Tensors(List<JsonElement> items, string entry)
    {
        var specs = items.ConvertAll(item => Tensor(item, entry));
        CheckNames(specs.ConvertAll(spec => spec.Name), entry);
        return specs.Count == 1 || specs[0].Name is not null
            ? new InputSchema.Tensors(specs)
            : throw Malformed(entry, "several tensors need names");
    }

    private static TensorSpec Tensor(JsonElement item, string entry)
    {
        if (!item.TryGetProperty("tensor-spec", out var spec) || spec.ValueKind != JsonValueKind.Object
            || !spec.TryGetProperty("shape", out var shape) || shape.ValueKind != JsonValueKind.Array)
        {
            throw Malformed(entry, $"a tensor needs 'tensor-spec' with 'dtype' and 'shape': {item}");
        }

        var dimensions = new List<int>();
        foreach (var dimension in shape.EnumerateArray())
        {
            dimensions.Add(dimension.ValueKind == JsonValueKind.Number && dimension.TryGetInt32(out var size) && size >= -1
                ? size
                : throw Malformed(entry, $"a tensor's 'shape' is a list of sizes or -1: {item}"));
        }

        var type = Text(spec, "dtype") switch
        {
            "bool" => DType.Bool,
            "int32" => DType.Int32,
            "int64" => DType.Int64,
            "float32" => DType.Float32,
            "float64" => DType.Float64,
            "str" or "object" => DType.Object,
            var other => throw Malformed(
                entry, $"a tensor's 'dtype' is '{other}'; served are bool, int32, int64, float32, float64, str and object"),
        };
        return new TensorSpec(Text(item, "name"), type, dimensions);
    }

    private static void CheckNames(List<string?> names, string entry)
    {
        if (names.Exists(name => name is null) && names.Exists(name => name is not null))
        {
            throw Malformed(entry, "either all entries have a name or none has");
        }

        if (names[0] is not null && names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw Malformed(entry, "a name is used twice");
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement root, string entry)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw Malformed(entry, $"a JSON list is expected, found {root.ValueKind}");
        }

        foreach (var item in root.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? item
                : throw Malformed(entry, $"the list's items are objects, found {item.ValueKind}");
        }
    }

    private static JsonDocument Parse(string json, string entry)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(ModelFolder.MLmodel, $"'{entry}' must be a JSON text: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement item, string key)
        => item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ModelFolderException Malformed(string entry, string problem)
        => new(ModelFolder.MLmodel, $"'{entry}' is malformed: {problem}.");
}
