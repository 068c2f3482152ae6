using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// How many mirrored or replayed requests are needed to certify that a canary's answers agree with the baseline's: the same label, or
/// numbers no farther apart than a tolerance.
/// </summary>
public static class AgreementPlan
{
    /// <summary>
    /// The first of 10, 20, … 1,000, 1,100, … requests after which the lower limit of the agreement reaches what is required, if as
    /// many agree as are expected to.
    /// </summary>
    /// <param name="agreement">The share that is expected to agree, 0 to 1.</param>
    /// <param name="required">The share that is required, above 0 and below 1.</param>
    /// <param name="alpha">The probability that the limits are ever wrong, above 0 and below 1.</param>
    /// <param name="tuning">The number of requests at which the limits are to be tightest, above 0.</param>
    /// <param name="most">The most requests that are considered.</param>
    /// <param name="power">
    /// The probability with which they are to suffice, 0.5 to below 1: no more disagree with it than is reckoned with. Null for as many as are
    /// expected.
    /// </param>
    /// <returns>Null when so many do not suffice.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static int? RequestsNeeded(
        double agreement,
        double required,
        double alpha,
        double tuning = BernoulliConfidenceSequence.UsualTuning,
        int most = 100_000,
        double? power = null)
    {
        Allowed.Within(agreement, 0, 1);
        Allowed.Probability(required);
        Allowed.Within(power ?? 0.5, 0.5, Math.BitDecrement(1.0));
        if (agreement <= required)
        {
            // The limits narrow towards the agreement from below.
            return null;
        }

        for (var requests = 10; requests <= most; requests += requests < 1000 ? 10 : 100)
        {
            var agree = power is { } wanted ? requests - Quantile(requests * (1 - agreement), wanted) : Math.Round(requests * agreement);
            var limits = BernoulliConfidenceSequence.Of(Math.Max(0, agree), requests, alpha, tuning);
            if (limits.Lower >= required)
            {
                return requests;
            }
        }

        return null;
    }

    /// <summary>The count that one with an expectation does not exceed with a probability of at least one half.</summary>
    private static int Quantile(double expected, double probability)
    {
        // A Poisson count's median lies above the whole number below that of the expectation.
        var count = (int)expected;
        while (expected > 0 && Poisson.CDF(expected, count) < probability)
        {
            count++;
        }

        return count;
    }
}
