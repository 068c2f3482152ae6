using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Spec;

/// <summary>A traffic weight, or a share of mirrored traffic, that is held while the evidence is judged.</summary>
/// <param name="Weight">The candidate's share of the live traffic in percent, 1 to 99; 0 for a step of mirrored traffic.</param>
/// <param name="Bake">How long it is held at least, counted from its read-back, before it is judged.</param>
public sealed record Step(int Weight, TimeSpan Bake)
{
    /// <summary>The percent of the live requests that are copied to the candidate, 1 to 50; 0 for a step of live traffic.</summary>
    public int Mirror { get; init; }

    /// <summary>
    /// How long the step waits at most, from its beginning, until each gate has its Pass evidence, not only nothing against the candidate;
    /// null when the bake alone decides.
    /// </summary>
    public TimeSpan? UntilEvidence { get; init; }

    /// <summary>The gates of this step alone, beside those of all steps.</summary>
    public ImmutableArray<GateRule> Gates { get; init; } = [];

    /// <summary>The step in words: <c>10 %</c> or <c>20 % mirrored</c>.</summary>
    public string Title => Mirror > 0 ? $"{Mirror} % mirrored" : $"{Weight} %";
}
