namespace Sluice.Rollouts.Analysis;

/// <summary>What the evidence says.</summary>
public enum VerdictKind
{
    /// <summary>The gate is passed.</summary>
    Pass,

    /// <summary>The gate is not passed: back to the stable deployment.</summary>
    Fail,

    /// <summary>The evidence says neither; a person must decide.</summary>
    Inconclusive,

    /// <summary>There is too little evidence yet. Never a success.</summary>
    NoData,

    /// <summary>The evidence could not be had. Never a success.</summary>
    Error,
}
