namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>What a score means.</summary>
public enum ScoreClass
{
    /// <summary>At least the threshold to pass.</summary>
    Pass,

    /// <summary>At least the marginal threshold.</summary>
    Marginal,

    /// <summary>Below both.</summary>
    Fail,
}
