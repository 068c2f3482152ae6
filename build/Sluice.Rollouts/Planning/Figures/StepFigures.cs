using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>What a step is going to bring its gates.</summary>
/// <param name="Step">The step; null for the final bake.</param>
/// <param name="Bake">What its bake brings.</param>
/// <param name="Longest">What it brings when it waits for evidence as long as it may; null when the bake alone decides.</param>
/// <param name="WithPatience">What it brings in the longest time that one run looks at it.</param>
/// <param name="Gates">What its gates need, in their order.</param>
public sealed record StepFigures(Step? Step, Exposure Bake, Exposure? Longest, Exposure WithPatience, ImmutableArray<GateFigure> Gates)
{
    /// <summary>The step in words: <c>10 %</c>, <c>20 % mirrored</c>, <c>100 %</c>.</summary>
    public string Title => Step?.Title ?? "100 %";
}
