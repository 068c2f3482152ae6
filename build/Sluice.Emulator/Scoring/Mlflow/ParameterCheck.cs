using System.Text.Json;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>
/// Checks <c>params</c> as the scoring script and MLflow do. A model of the onnx flavour makes no use of parameters, so nothing comes of
/// them but an error.
/// </summary>
internal static class ParameterCheck
{
    /// <summary>Checks the value of <c>params</c>.</summary>
    /// <param name="json">The request's body.</param>
    /// <param name="value">Where the value stands.</param>
    /// <param name="specs">What the signature declares; null when it declares nothing, and then anything is let pass and ignored.</param>
    /// <exception cref="ScoringException">The value is no object, or a declared parameter has a value of another type.</exception>
    internal static void Check(ReadOnlySpan<byte> json, Cell value, IReadOnlyList<ParameterSpec>? specs)
    {
        if (specs is null || IsEmpty(json, value))
        {
            return;
        }

        if (value.Kind != CellKind.Nested || json[value.Start] != '{')
        {
            throw new ScoringException("ValueError", "Invalid input data type to parse. Expected: <class 'dict'>");
        }

        using var document = JsonDocument.Parse(value.Of(json).ToArray());
        foreach (var parameter in document.RootElement.EnumerateObject())
        {
            if (specs.FirstOrDefault(spec => spec.Name == parameter.Name) is { } spec && !Fits(parameter.Value, spec))
            {
                throw ScoringException.Mlflow(
                    $"Failed to convert value {parameter.Value} to DataType.{spec.Type} for param '{spec.Name}'");
            }
        }
    }

    private static bool IsEmpty(ReadOnlySpan<byte> json, Cell value) => value.Kind switch
    {
        CellKind.Null or CellKind.False => true,
        CellKind.Text or CellKind.EscapedText => value.Length == 0,
        CellKind.Integer or CellKind.Float => Scalar.Cast(value, json, DType.Float64).Real == 0,
        CellKind.Nested => value.Of(json)[1..^1].Trim(" \t\r\n"u8).IsEmpty,
        _ => false,
    };

    private static bool Fits(JsonElement value, ParameterSpec spec) => (value.ValueKind, spec.IsList) switch
    {
        (JsonValueKind.Null, _) => true,
        (JsonValueKind.Array, true) => value.EnumerateArray().All(item => FitsOne(item, spec.Type)),
        (_, true) => false,
        _ => FitsOne(value, spec.Type),
    };

    private static bool FitsOne(JsonElement value, string type) => type switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" or "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" or "double" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "datetime" => value.ValueKind == JsonValueKind.String && value.TryGetDateTime(out _),
        _ => true,
    };
}
