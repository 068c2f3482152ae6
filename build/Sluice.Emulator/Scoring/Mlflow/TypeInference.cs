namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>Finds the element type that pandas or numpy gives to values without being told one.</summary>
internal struct TypeInference
{
    private bool _null;
    private bool _boolean;
    private bool _integer;
    private bool _float;
    private bool _other;

    /// <summary>Takes one more value into account.</summary>
    internal void Add(CellKind kind)
    {
        switch (kind)
        {
            case CellKind.Null or CellKind.Nan:
                _null = true;
                break;
            case CellKind.True or CellKind.False:
                _boolean = true;
                break;
            case CellKind.Integer:
                _integer = true;
                break;
            case CellKind.Float:
                _float = true;
                break;
            default:
                _other = true;
                break;
        }
    }

    /// <summary>The type of a pandas column: null makes integers floats, and what has no common type is an object.</summary>
    internal readonly DType Column => (_other, _boolean, _integer || _float) switch
    {
        (true, _, _) or (_, true, true) or (_, false, false) => DType.Object,
        (_, true, false) => _null ? DType.Object : DType.Bool,
        _ => _float || _null ? DType.Float64 : DType.Int64,
    };

    /// <summary>The type of a numpy array: booleans next to numbers are numbers, null and text make objects, nothing is a float.</summary>
    internal readonly DType Array => (_other || _null, _float, _integer, _boolean) switch
    {
        (true, _, _, _) => DType.Object,
        (_, true, _, _) or (_, false, false, false) => DType.Float64,
        (_, _, true, _) => DType.Int64,
        _ => DType.Bool,
    };
}
