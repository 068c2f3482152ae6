namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>An array with its name and the type it is cast to.</summary>
internal sealed record NamedArray(string Name, NestedArray Array, DType Type);
