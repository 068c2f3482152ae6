namespace Sluice.Rollouts.Diagnosis;

/// <summary>A folder of this machine that is written to.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Obstacle">Why it can't be written, in a sentence; null when it can.</param>
public sealed record FolderFact(string Path, string? Obstacle);
