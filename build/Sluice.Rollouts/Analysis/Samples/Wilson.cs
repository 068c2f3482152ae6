using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// Limits of a share for one look at a fixed sample, without a correction for continuity. Source: Wilson 1927, Probable inference, the
/// law of succession, and statistical inference.
/// </summary>
public static class Wilson
{
    /// <summary>The limits, both sides together wrong with a probability of about α.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 or more; without one the limits are 0 and 1.</param>
    /// <param name="alpha">The probability, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Interval Of(double successes, double trials, double alpha)
    {
        Allowed.Amount(trials);
        Allowed.Within(successes, 0, trials);
        Allowed.Probability(alpha);
        if (trials == 0)
        {
            return new(0, 1);
        }

        var z = Normal.InvCDF(0, 1, 1 - (alpha / 2));
        var share = successes / trials;
        var centre = (share + (z * z / (2 * trials))) / (1 + (z * z / trials));
        var half = z / (1 + (z * z / trials)) * Math.Sqrt((share * (1 - share) / trials) + (z * z / (4 * trials * trials)));

        // At the ends the limit is the end itself, which rounding may miss.
        return new(successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half));
    }
}
