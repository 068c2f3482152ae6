namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>Compares a quantile of two arms, by limits of each or by a p-value; both hold at every look.</summary>
/// <remarks>Source: Howard, Ramdas, arXiv 1906.09712, section 5.</remarks>
/// <param name="Baseline">The limits of the baseline's quantile, each arm with half of α.</param>
/// <param name="Canary">The limits of the canary's quantile.</param>
public sealed record QuantileComparison(Interval Baseline, Interval Canary)
{
    /// <summary>The limits of both arms.</summary>
    /// <param name="baseline">The baseline's observations in ascending order.</param>
    /// <param name="canary">The canary's observations in ascending order.</param>
    /// <param name="quantile">The probability of the quantile, above 0 and below 1.</param>
    /// <param name="alpha">The probability that any of the limits is ever wrong, above 0 and below 1.</param>
    /// <param name="baselineTuning">The number of observations at which the baseline's limits are to be tightest, above 0.</param>
    /// <param name="canaryTuning">The number of observations at which the canary's limits are to be tightest, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static QuantileComparison Of(
        ReadOnlySpan<double> baseline,
        ReadOnlySpan<double> canary,
        double quantile,
        double alpha,
        double baselineTuning,
        double canaryTuning) => new(
            new QuantileConfidenceSequence(quantile, alpha / 2, baselineTuning).Of(baseline),
            new QuantileConfidenceSequence(quantile, alpha / 2, canaryTuning).Of(canary));

    /// <summary>True when the canary's quantile is surely above the baseline's and a tolerance.</summary>
    /// <param name="tolerance">What is added to the baseline's quantile, in its unit.</param>
    public bool IsCanaryAbove(double tolerance = 0) => Canary.Lower > Baseline.Upper + tolerance;

    /// <summary>True when the canary's quantile is surely not above the baseline's and a tolerance.</summary>
    /// <param name="tolerance">What is added to the baseline's quantile, in its unit.</param>
    public bool IsCanaryWithin(double tolerance = 0) => Canary.Upper <= Baseline.Lower + tolerance;

    /// <summary>
    /// A p-value for "the quantile is the same in both arms": the evidence of both arms together against the value that speaks best
    /// for it.
    /// </summary>
    /// <param name="first">One arm's observations in ascending order, at least one.</param>
    /// <param name="second">The other arm's observations in ascending order, at least one.</param>
    /// <param name="quantile">The probability of the quantile, above 0 and below 1.</param>
    /// <param name="tuning">The number of observations at which the test is to be strongest, above 0.</param>
    /// <returns>The natural logarithm of the p-value, at most 0: p-values themselves may be too small for a number.</returns>
    /// <exception cref="ArgumentException">An arm has no observation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double LogPValue(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double quantile, double tuning)
    {
        Allowed.Probability(quantile);
        Allowed.Positive(tuning);
        if (first.IsEmpty || second.IsEmpty)
        {
            throw new ArgumentException("Each arm needs an observation.");
        }

        var mixture = new BetaBinomialMixture(quantile, 1 - quantile, quantile * (1 - quantile) * tuning);
        var firstLeast = LeastEvidentCount(mixture, quantile, first.Length);
        var secondLeast = LeastEvidentCount(mixture, quantile, second.Length);
        var best = double.PositiveInfinity;
        var (i, j) = (0, 0);
        while (i < first.Length || j < second.Length)
        {
            var value = j == second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            var (firstBelow, secondBelow) = (i, j);
            i = End(first, i, value);
            j = End(second, j, value);
            best = Math.Min(
                best,
                LeastEvidence(mixture, quantile, first.Length, Math.Clamp(firstLeast, firstBelow, i))
                    + LeastEvidence(mixture, quantile, second.Length, Math.Clamp(secondLeast, secondBelow, j)));
        }

        return Math.Min(0, -best);
    }

    // Where the observations that equal a value end.
    private static int End(ReadOnlySpan<double> sorted, int start, double value)
    {
        while (start < sorted.Length && sorted[start] <= value)
        {
            start++;
        }

        return start;
    }

    private static double LeastEvidence(BetaBinomialMixture mixture, double quantile, int observations, double below) =>
        mixture.LogEvidence(below - (quantile * observations), quantile * (1 - quantile) * observations);

    // The evidence is convex in the count, so that a golden section finds its least.
    private static double LeastEvidentCount(BetaBinomialMixture mixture, double quantile, int observations) =>
        GoldenSection.Minimiser(0, observations, below => LeastEvidence(mixture, quantile, observations, below));
}
