namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>How many rows the two versions answered like this.</summary>
/// <param name="Stable">The label that the stable deployment answered, as JSON; null for any that is not counted by itself.</param>
/// <param name="Candidate">The label that the candidate answered, likewise.</param>
/// <param name="Count">The rows, at least 1.</param>
public sealed record AnswerCount(string? Stable, string? Candidate, int Count);
