namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Limits of a difference that hold at every look once there is much data; with few errors they can't be trusted. Source:
/// Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, Time-uniform central limit theory and asymptotic confidence sequences, arXiv 2103.06476.
/// </summary>
public static class AsymptoticConfidenceSequence
{
    /// <summary>Half the width of the limits around the observed difference.</summary>
    /// <param name="standardError">The standard error of the difference, 0 or more.</param>
    /// <param name="observations">The observations of both arms together, above 0.</param>
    /// <param name="alpha">The probability that the limits are ever wrong, above 0 and below 1.</param>
    /// <param name="tuning">The number of observations at which the limits are to be tightest, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double HalfWidth(double standardError, double observations, double alpha, double tuning)
    {
        Allowed.Amount(standardError);
        Allowed.Positive(observations);
        Allowed.Positive(tuning);
        var threshold = Evidence.Threshold(alpha);
        var rhoSquared = ((2 * threshold) + Math.Log(1 + (2 * threshold))) / tuning;
        var scaled = observations * rhoSquared;
        return standardError * Math.Sqrt(2 * (scaled + 1) * ((Math.Log(scaled + 1) / 2) + threshold) / scaled);
    }
}
