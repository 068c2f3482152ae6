namespace Sluice.Rollouts.Planning.Figures;

/// <summary>What a gate needs evidence for.</summary>
public enum FigureKind
{
    /// <summary>To be able to pass at all: with less the gate says NoData.</summary>
    Minimum,

    /// <summary>To find a regression of a stated size.</summary>
    FindRegression,

    /// <summary>To prove that there is none, which steps with <c>untilEvidence</c> wait for.</summary>
    ProvePass,
}
