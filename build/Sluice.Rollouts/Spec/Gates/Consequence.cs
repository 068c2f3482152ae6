namespace Sluice.Rollouts.Spec.Gates;

/// <summary>What follows from a gate's answer.</summary>
public enum Consequence
{
    /// <summary>The gate does not stand in the way.</summary>
    Advance,

    /// <summary>The weight stays. A person decides if no better answer comes in time.</summary>
    Hold,

    /// <summary>The stable deployment gets all traffic back, at once.</summary>
    Rollback,
}
