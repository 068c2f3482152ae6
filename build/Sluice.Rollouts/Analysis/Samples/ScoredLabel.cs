namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>A model's score of a request whose truth is known.</summary>
/// <param name="IsPositive">The truth.</param>
/// <param name="Score">The model's score; higher for what it takes for positive. Not NaN.</param>
public readonly record struct ScoredLabel(bool IsPositive, double Score);
