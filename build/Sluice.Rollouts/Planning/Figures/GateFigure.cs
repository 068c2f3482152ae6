namespace Sluice.Rollouts.Planning.Figures;

/// <summary>How much evidence a gate needs in a step, and how much it is going to have.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Kind">What it is needed for.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="About">What it is needed for, as the end of a sentence that begins with "to".</param>
public sealed record GateFigure(string Gate, FigureKind Kind, FigureUnit Unit, string About)
{
    /// <summary>How much is needed, above 0; null when no amount suffices.</summary>
    public required double? Needed { get; init; }

    /// <summary>
    /// What the steps before bring, where their evidence counts on. Of requests it is what they are worth at this step's share, and not how many
    /// were sent: at another share a request tells more, or less.
    /// </summary>
    public double Before { get; init; }

    /// <summary>What the step brings by the end of its bake; null when that is not known.</summary>
    public double? Expected { get; init; }

    /// <summary>
    /// What it brings in the longest time that it may take: <c>untilEvidence</c>, and for <see cref="FigureKind.Minimum"/> the patience
    /// after it. Null when that is not known.
    /// </summary>
    public double? Most { get; init; }
}
