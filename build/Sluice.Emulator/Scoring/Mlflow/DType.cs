namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>The element types that numpy and pandas give to what scoring can be sent.</summary>
internal enum DType
{
    /// <summary>numpy's bool.</summary>
    Bool,

    /// <summary>numpy's int32.</summary>
    Int32,

    /// <summary>numpy's int64, the type of whole numbers in JSON.</summary>
    Int64,

    /// <summary>numpy's float32.</summary>
    Float32,

    /// <summary>numpy's float64, the type of numbers with a fraction in JSON.</summary>
    Float64,

    /// <summary>numpy's datetime64 in nanoseconds. There is no such input of a graph.</summary>
    DateTime,

    /// <summary>pandas' object: texts, and columns of mixed values.</summary>
    Object,
}
