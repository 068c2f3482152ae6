using System.Globalization;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A value of a known element type.</summary>
/// <param name="Type">Which of the other members counts.</param>
/// <param name="Integer">The value of a Bool (0 or 1), Int32 or Int64.</param>
/// <param name="Real">The value of a Float32 or Float64.</param>
/// <param name="Cell">Where the value comes from; all there is of an Object and of a DateTime.</param>
internal readonly record struct Scalar(DType Type, long Integer, double Real, Cell Cell)
{
    private static readonly string[] ShortDates = ["yyyy", "yyyyMM", "yyyyMMdd"];
    private static readonly string[] NoDates = ["", "nat", "nan", "none", "null", "na", "n/a"];

    /// <summary>
    /// Casts as numpy does, value by value: a fraction is cut off when an integer is wanted, a text that reads as a number is one, null is
    /// no integer but a NaN among floats. NaN is true.
    /// </summary>
    /// <exception cref="ScoringException">numpy refuses the value.</exception>
    internal static Scalar Cast(Cell cell, ReadOnlySpan<byte> json, DType type) => type switch
    {
        DType.Int64 => new Scalar(type, ToInteger(cell, json), 0, cell),
        DType.Int32 => new Scalar(type, unchecked((int)ToInteger(cell, json)), 0, cell),
        DType.Float64 => new Scalar(type, 0, ToReal(cell, json), cell),
        DType.Float32 => new Scalar(type, 0, (float)ToReal(cell, json), cell),
        DType.Bool => new Scalar(type, IsTrue(cell, json) ? 1 : 0, 0, cell),
        DType.DateTime => new Scalar(type, 0, 0, RequireDate(cell, json)),
        _ => new Scalar(type, 0, 0, cell),
    };

    /// <summary>Widens to a type that keeps the value.</summary>
    internal Scalar As(DType type) => (Type, type) switch
    {
        (DType.Float32 or DType.Float64, _) => this with { Type = type },
        (_, DType.Float32 or DType.Float64) => this with { Type = type, Real = Integer },
        _ => this with { Type = type },
    };

    private static long ToInteger(Cell cell, ReadOnlySpan<byte> json)
    {
        switch (cell.Kind)
        {
            case CellKind.Integer when PythonFloat.TryParseJsonInteger(cell.Of(json), out var value):
                return value;
            case CellKind.Integer:
                throw new ScoringException("ValueError", "Value is too big!");
            case CellKind.Float:
                var whole = Math.Truncate(PythonFloat.ParseJson(cell.Of(json)));
                return whole is >= long.MinValue and < 9223372036854775808.0
                    ? (long)whole
                    : throw new ScoringException(
                        "pandas.errors.IntCastingNaNError", "Cannot convert non-finite values (NA or inf) to integer");
            case CellKind.True:
                return 1;
            case CellKind.False:
                return 0;
            case CellKind.Null or CellKind.Nan:
                throw new ScoringException(
                    "pandas.errors.IntCastingNaNError", "Cannot convert non-finite values (NA or inf) to integer");
            case CellKind.Text or CellKind.EscapedText:
                var text = cell.ToText(json);
                return PythonFloat.TryParseInteger(System.Text.Encoding.UTF8.GetBytes(text), out var parsed)
                    ? parsed
                    : throw new ScoringException("ValueError", $"invalid literal for int() with base 10: '{text}'");
            default:
                throw new ScoringException("TypeError", "int() argument must be a string or a number, not a list or an object");
        }
    }

    private static double ToReal(Cell cell, ReadOnlySpan<byte> json)
    {
        switch (cell.Kind)
        {
            case CellKind.Integer or CellKind.Float:
                return PythonFloat.ParseJson(cell.Of(json));
            case CellKind.True:
                return 1;
            case CellKind.False:
                return 0;
            case CellKind.Null or CellKind.Nan:
                return double.NaN;
            case CellKind.Text or CellKind.EscapedText:
                var text = cell.ToText(json);
                return PythonFloat.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var parsed)
                    ? parsed
                    : throw new ScoringException("ValueError", $"could not convert string to float: '{text}'");
            default:
                throw new ScoringException("TypeError", "float() argument must be a string or a number, not a list or an object");
        }
    }

    private static bool IsTrue(Cell cell, ReadOnlySpan<byte> json) => cell.Kind switch
    {
        CellKind.True => true,
        CellKind.False or CellKind.Null => false,
        CellKind.Text or CellKind.EscapedText => cell.Length > 0,
        _ => ToReal(cell, json) != 0,
    };

    // Numbers are nanoseconds since 1970. Which texts pandas reads as a date is only told roughly: no form is missing that people write.
    private static Cell RequireDate(Cell cell, ReadOnlySpan<byte> json) => cell.Kind switch
    {
        CellKind.Null or CellKind.Nan or CellKind.Integer or CellKind.Float => cell,
        CellKind.Text or CellKind.EscapedText => cell.ToText(json) is var text && IsDate(text.Trim())
            ? cell
            : throw new ScoringException(
                "pandas._libs.tslibs.parsing.DateParseError", $"Unknown datetime string format, unable to parse: {text}"),
        CellKind.True or CellKind.False => throw new ScoringException("TypeError", "<class 'bool'> is not convertible to datetime"),
        _ => throw new ScoringException("TypeError", "a list or an object is not convertible to datetime"),
    };

    private static bool IsDate(string text)
        => NoDates.Contains(text, StringComparer.OrdinalIgnoreCase)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            || DateTimeOffset.TryParseExact(
                text, ShortDates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
