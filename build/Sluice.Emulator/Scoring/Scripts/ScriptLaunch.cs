namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>A scoring script and what its container gives it.</summary>
/// <param name="AppRoot">The folder of the code, <c>AML_APP_ROOT</c>.</param>
/// <param name="ScoringScript">The Python file with <c>init()</c> and <c>run()</c>, relative to <paramref name="AppRoot"/>.</param>
/// <param name="ModelFolder">The folder that holds the model's file or folder, <c>AZUREML_MODEL_DIR</c>; null without a model.</param>
/// <param name="Variables">The deployment's environment variables.</param>
/// <param name="Notes">What is not as in Azure, for the container's log.</param>
internal sealed record ScriptLaunch(
    string AppRoot,
    string ScoringScript,
    string? ModelFolder,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<string> Notes);
