using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>An answer, and what is wrong with it.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Fault">What is wrong with it, in words; null when nothing is.</param>
public sealed record JudgedAnswer(ScoringAnswer Answer, string? Fault);
