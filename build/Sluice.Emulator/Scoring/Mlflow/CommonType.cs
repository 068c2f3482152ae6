namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>The type of a data frame's matrix (<c>DataFrame.values</c>): numbers widen, booleans and texts go with nothing else.</summary>
internal static class CommonType
{
    /// <summary>Finds the common type.</summary>
    /// <param name="columns">The columns' types, at least one.</param>
    internal static DType Of(IEnumerable<DType> columns) => columns.Aggregate((common, next) => (common, next) switch
    {
        _ when common == next => common,
        (DType.Object or DType.Bool, _) or (_, DType.Object or DType.Bool) => DType.Object,
        (DType.Int32, DType.Int64) or (DType.Int64, DType.Int32) => DType.Int64,
        _ => DType.Float64,
    });
}
