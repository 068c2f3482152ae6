namespace Sluice.Rollouts.Analysis;

/// <summary>A row that the two versions answered differently.</summary>
/// <param name="Row">The number of the row in the probes' file, from 1.</param>
/// <param name="Stable">The stable deployment's answer, shortened.</param>
/// <param name="Candidate">The candidate's answer, shortened.</param>
public sealed record Disagreement(int Row, string Stable, string Candidate);
