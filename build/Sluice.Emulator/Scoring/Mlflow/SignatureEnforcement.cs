namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>MLflow's check of the input's types against the signature: what is lossless is widened, everything else refused.</summary>
internal static class SignatureEnforcement
{
    /// <summary>The type that a data frame column has after the check.</summary>
    /// <param name="column">The column's name, for the error.</param>
    /// <param name="values">Its type.</param>
    /// <param name="spec">What the signature wants.</param>
    /// <param name="zeroOrOne">True when the conversion is only allowed if each value is 0 or 1.</param>
    /// <exception cref="ScoringException">The conversion could lose something.</exception>
    internal static DType Widen(string column, DType values, ColumnSpec spec, out bool zeroOrOne)
    {
        var wanted = spec.DType;
        zeroOrOne = false;
        if (values == wanted || wanted == DType.Object)
        {
            return values == wanted || values == DType.Object ? values : throw Incompatible(column, values, "object");
        }

        switch (values, wanted)
        {
            case (DType.Int32, DType.Int64) or (DType.Float32, DType.Float64) or (DType.Int32, DType.Float64):
                return wanted;
            case (DType.Int64, DType.Float32 or DType.Float64):
                zeroOrOne = true;
                return wanted;
            case (DType.Object, DType.DateTime):
                return wanted;
            case (DType.Object, DType.Bool):
                // MLflow leaves such a column alone, lest null become false.
                return values;
            default:
                throw Incompatible(column, values, NameOf(wanted));
        }
    }

    /// <summary>Checks the values of a column that <see cref="Widen"/> lets pass on a condition.</summary>
    /// <exception cref="ScoringException">A value is neither 0 nor 1.</exception>
    internal static void RequireZeroOrOne(string column, in Scalar value, DType wanted)
    {
        if (value.Integer is not (0 or 1))
        {
            throw Incompatible(column, value.Type, NameOf(wanted));
        }
    }

    /// <summary>Checks an array.</summary>
    /// <exception cref="ScoringException">Its shape or its type differs from the signature's.</exception>
    internal static void Check(NestedArray array, DType type, TensorSpec spec)
    {
        var fits = array.Shape.Count == spec.Shape.Count;
        for (var i = 0; fits && i < spec.Shape.Count; i++)
        {
            fits = spec.Shape[i] < 0 || spec.Shape[i] == array.Shape[i];
        }

        if (!fits)
        {
            throw ScoringException.Mlflow($"Shape of input {Tuple(array.Shape)} does not match expected shape {Tuple(spec.Shape)}.");
        }

        if (type != spec.DType)
        {
            throw ScoringException.Mlflow($"dtype of input {NameOf(type)} does not match expected dtype {NameOf(spec.DType)}");
        }
    }

    /// <summary>numpy's name of a type.</summary>
    internal static string NameOf(DType type) => type == DType.DateTime ? "datetime64[ns]" : type.ToString().ToLowerInvariant();

    private static string Tuple(IReadOnlyList<int> shape) => shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";

    private static ScoringException Incompatible(string column, DType values, string wanted) => ScoringException.Mlflow(
        $"Incompatible input types for column {column}. Can not safely convert {NameOf(values)} to {wanted}.");
}
