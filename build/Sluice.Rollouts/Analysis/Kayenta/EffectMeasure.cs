namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>How the size of a difference is told.</summary>
public enum EffectMeasure
{
    /// <summary>The canary's mean divided by the baseline's; 1 where they are equal, unknown where one of them is 0.</summary>
    MeanRatio,

    /// <summary>
    /// The probability that a value of the canary is greater than one of the baseline, ties counted by half; 0 to 1, and .5 where the
    /// two are alike (McGraw, Wong 1992, A common language effect size statistic).
    /// </summary>
    CommonLanguage,
}
