namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>What stands at a place of a JSON table.</summary>
internal enum CellKind : byte
{
    /// <summary>null.</summary>
    Null,

    /// <summary>null in a data frame, where pandas puts NaN in its place.</summary>
    Nan,

    /// <summary>true.</summary>
    True,

    /// <summary>false.</summary>
    False,

    /// <summary>A number without fraction and exponent.</summary>
    Integer,

    /// <summary>Another number.</summary>
    Float,

    /// <summary>A text that holds no escape.</summary>
    Text,

    /// <summary>A text with escapes.</summary>
    EscapedText,

    /// <summary>A list or an object.</summary>
    Nested,
}
