using System.Text.Json;

namespace Sluice.Tests.Models;

/// <summary>A column of a model's signature.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">MLflow's name of its type.</param>
internal sealed record SignatureColumn(string Name, string Type)
{
    /// <summary>True when the row has a value for each column, and MLflow takes them without a loss.</summary>
    public static bool Take(IReadOnlyList<SignatureColumn> columns, JsonElement[] row) =>
        row.Length == columns.Count && columns.Zip(row).All(pair => pair.First.Takes(pair.Second));

    /// <summary>True when MLflow takes the value for this column without a loss.</summary>
    private bool Takes(JsonElement value) => Type switch
    {
        "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "double" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        _ => false,
    };
}
