namespace Sluice.Rollouts.Spec.Gates;

/// <summary>How far the distribution of the candidate's scores is from the stable deployment's, on the same rows.</summary>
/// <param name="Name">The gate's name.</param>
public sealed record DriftRule(string Name) : GateRule(Name)
{
    /// <summary>The largest distance (Kolmogorov and Smirnov's: of the two distribution functions) that still passes, 0 to below 1.</summary>
    public double MaximumDistance { get; init; } = 0.2;

    /// <summary>Pairs of scores that a Pass needs, at least 20.</summary>
    public int MinimumPairs { get; init; } = 100;

    /// <inheritdoc/>
    public override bool NeedsPairs => true;

    /// <inheritdoc/>
    public override bool IsStatistical => true;
}
