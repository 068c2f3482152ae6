namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>Where a model keeps its input example.</summary>
/// <param name="File">Relative to the model folder.</param>
/// <param name="Type"><c>dataframe</c>, <c>ndarray</c> or <c>json_object</c>.</param>
internal sealed record SavedExample(string File, string Type);
