namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A model's signature.</summary>
/// <param name="Inputs">Columns, tensors, or null when the inputs are not declared.</param>
/// <param name="Outputs">Columns, tensors, or null when the outputs are not declared.</param>
/// <param name="Parameters">The declared parameters; null when the signature declares none.</param>
internal sealed record ModelSignature(InputSchema? Inputs, InputSchema? Outputs, IReadOnlyList<ParameterSpec>? Parameters);
