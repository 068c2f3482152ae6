namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A tensor of a signature.</summary>
/// <param name="Name">Null when it is the only one and has no name.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The dimensions; -1 for one that varies.</param>
internal sealed record TensorSpec(string? Name, DType DType, IReadOnlyList<int> Shape);
