namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A parameter of a signature.</summary>
/// <param name="Name">Its name in <c>params</c>.</param>
/// <param name="Type">MLflow's own word: boolean, integer, long, float, double, string, datetime.</param>
/// <param name="IsList">Whether the value is a list of that type (shape <c>(-1,)</c>).</param>
internal sealed record ParameterSpec(string Name, string Type, bool IsList);
