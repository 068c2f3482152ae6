namespace Sluice.Rollouts.Reporting;

/// <summary>What the numbers of a gate are, and so what its curve shows.</summary>
public enum GateScale
{
    /// <summary>The gate has no number that makes a curve.</summary>
    None,

    /// <summary>Logarithms of e-values: the evidence against the candidate, and for it; each decides when it reaches the threshold.</summary>
    Evidence,

    /// <summary>A share with its confidence limits, from 0 to 1.</summary>
    Share,

    /// <summary>A value with its confidence limits, in the unit of the gate.</summary>
    Value,
}
