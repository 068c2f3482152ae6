namespace Sluice.Rollouts.Analysis;

/// <summary>A gate's answer, always with a sentence that has its numbers.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Sentence">What was measured, against what.</param>
public sealed record Verdict(VerdictKind Kind, string Sentence);
