namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// The mixture sequential probability ratio test for a difference of means: a normal likelihood ratio, averaged over a normal
/// distribution of differences. Valid as counts grow, not for few events. Source: Johari, Pekelis, Walsh, Always valid inference.
/// </summary>
public static class MixtureSprt
{
    /// <summary>The natural logarithm of the evidence against "no difference".</summary>
    /// <param name="difference">The difference of the arms' means.</param>
    /// <param name="perArm">The observations of each arm, 0 or more.</param>
    /// <param name="variance">The sum of the variances of one observation of each arm, above 0.</param>
    /// <param name="mixingVariance">The variance τ² of the differences that are expected, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double LogEvidence(double difference, double perArm, double variance, double mixingVariance)
    {
        Allowed.Within(difference, double.MinValue, double.MaxValue);
        Allowed.Amount(perArm);
        Allowed.Positive(variance);
        Allowed.Positive(mixingVariance);
        var spread = perArm * mixingVariance;
        return (Math.Log(variance / (variance + spread)) / 2)
            + (perArm * spread * difference * difference / (2 * variance * (variance + spread)));
    }
}
