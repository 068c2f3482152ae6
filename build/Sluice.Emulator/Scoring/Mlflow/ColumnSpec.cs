namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A column of a signature (MLflow's ColSpec).</summary>
/// <param name="Name">Null in a signature without names.</param>
/// <param name="Type">MLflow's own word: boolean, integer, long, float, double, string, binary, datetime, array, object, map.</param>
/// <param name="Required">Old files do not say; then it is required.</param>
internal sealed record ColumnSpec(string? Name, string Type, bool Required)
{
    /// <summary>The element type that a data frame's column of this type has; what is no number, boolean or date is an object.</summary>
    internal DType DType => Type switch
    {
        "boolean" => DType.Bool,
        "integer" => DType.Int32,
        "long" => DType.Int64,
        "float" => DType.Float32,
        "double" => DType.Float64,
        "datetime" => DType.DateTime,
        _ => DType.Object,
    };
}
