namespace Sluice.Rollouts.Spec.Gates;

/// <summary>
/// How often the two versions give the same answer to the same row. Two good versions may rightly disagree, so there are two questions:
/// a stated share, or no less than they agreed before the candidate got traffic.
/// </summary>
/// <param name="Name">The gate's name.</param>
public sealed record AgreementRule(string Name) : GateRule(Name)
{
    /// <summary>The share of equal answers that is needed, above 0 to 1; null for the reference.</summary>
    public double? AtLeast { get; init; }

    /// <summary>How far below the agreement before the start it may be, 0 to below 1; null for a stated share.</summary>
    public double? Margin { get; init; }

    /// <summary>Pairs of answers that a Pass needs, at least 1.</summary>
    public int MinimumPairs { get; init; } = 100;

    /// <inheritdoc/>
    public override bool NeedsPairs => true;

    /// <inheritdoc/>
    public override bool IsStatistical => true;
}
