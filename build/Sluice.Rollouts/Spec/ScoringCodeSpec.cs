namespace Sluice.Rollouts.Spec;

/// <summary>The code that a deployment scores with.</summary>
/// <param name="Source">Where it comes from: a folder, or a code asset.</param>
/// <param name="ScoringScript">The Python file with <c>init()</c> and <c>run()</c>, relative to the code.</param>
public sealed record ScoringCodeSpec(AssetSource Source, string ScoringScript);
