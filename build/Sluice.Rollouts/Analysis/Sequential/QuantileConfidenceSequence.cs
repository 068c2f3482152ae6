using MathNet.Numerics;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Limits of a quantile, such as the 95th percentile of a latency, that hold at every number of observations at once and for every
/// distribution. Source: Howard, Ramdas, Sequential estimation of quantiles with applications to A/B testing and best-arm
/// identification, arXiv 1906.09712.
/// </summary>
public sealed class QuantileConfidenceSequence
{
    // Constants of the double stitching bound as the paper's code has them, with ζ the Riemann zeta function of the exponent σ.
    private const double Delta = 0.5;
    private const double Sigma = 1.4;
    private const double Eta = 2;
    private const double ZetaOfSigma = 3.1055472779775804;

    private readonly BetaBinomialMixture _lower;
    private readonly BetaBinomialMixture _upper;

    /// <summary>Limits of one quantile.</summary>
    /// <param name="quantile">Its probability, 0.95 for the 95th percentile; above 0 and below 1.</param>
    /// <param name="alpha">The probability that the limits are ever wrong, both together; above 0 and below 1.</param>
    /// <param name="tuning">The number of observations at which they are to be tightest, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public QuantileConfidenceSequence(double quantile, double alpha, double tuning)
    {
        Allowed.Probability(quantile);
        Allowed.Probability(alpha);
        Allowed.Positive(tuning);
        (Quantile, Alpha, Tuning) = (quantile, alpha, tuning);
        var variance = quantile * (1 - quantile) * tuning;
        _lower = new(1 - quantile, quantile, variance);
        _upper = new(quantile, 1 - quantile, variance);
    }

    /// <summary>The probability of the quantile.</summary>
    public double Quantile { get; }

    /// <summary>The probability that the limits are ever wrong.</summary>
    public double Alpha { get; }

    /// <summary>The number of observations at which the limits are tightest.</summary>
    public double Tuning { get; }

    /// <summary>Which order statistics are the limits.</summary>
    /// <param name="observations">How many observations there are, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no observation.</exception>
    public QuantileRanks Ranks(long observations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observations, 1);
        var variance = Quantile * (1 - Quantile) * observations;

        // A bound that does not exist is no bound at the largest sum: then even a sample that lies wholly on one side of the quantile
        // is not evidence enough, and the extreme observation must not be taken for a limit.
        var below = _lower.Bound(variance, Alpha) / observations;
        var above = _upper.Bound(variance, Alpha) / observations;
        var lower = below is null ? 0 : (long)Math.Floor((observations * (Quantile - below.Value)) + 1);
        var upper = above is null ? long.MaxValue : (long)Math.Ceiling(observations * (Quantile + above.Value));
        return new(
            lower < 1 ? null : lower,
            upper > observations ? null : upper,
            below ?? Quantile,
            above ?? 1 - Quantile);
    }

    /// <summary>The limits after some observations; infinite where there are too few.</summary>
    /// <param name="sorted">The observations so far, in ascending order.</param>
    public Interval Of(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty)
        {
            return Interval.Everything;
        }

        var ranks = Ranks(sorted.Length);
        return new(
            ranks.Lower is { } lower ? sorted[(int)lower - 1] : double.NegativeInfinity,
            ranks.Upper is { } upper ? sorted[(int)upper - 1] : double.PositiveInfinity);
    }

    /// <summary>
    /// A bound for all quantiles and all times together, by double stitching: how many observations the number of those below a quantile
    /// ever differs from its expectation. Units: observations.
    /// </summary>
    /// <param name="quantile">The probability of the quantile, above 0 and below 1.</param>
    /// <param name="observations">The number of observations, above 0.</param>
    /// <param name="alpha">The probability that any quantile ever leaves the bound, above 0 and below 1.</param>
    /// <param name="tuning">The number of observations from which on the bound is to be good, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double DoubleStitchingBound(double quantile, double observations, double alpha, double tuning)
    {
        Allowed.Probability(quantile);
        Allowed.Positive(observations);
        Allowed.Probability(alpha);
        Allowed.Positive(tuning);
        var time = Math.Max(observations, tuning);
        var logit = SpecialFunctions.Logit(quantile);
        var near = quantile >= 0.5
            ? quantile
            : Math.Min(0.5, SpecialFunctions.Logistic(logit + (2 * Delta * Math.Sqrt(tuning * Eta / time))));
        var width = near * (1 - near);
        var cells = (Math.Sqrt(time / tuning) * Math.Abs(logit) / (2 * Delta)) + 1;
        var level = (Sigma * Math.Log(Math.Log(Eta * time / tuning))) + (Sigma * Math.Log(cells))
            + Math.Log(2 * ZetaOfSigma * ((2 * ZetaOfSigma) + 1) / (alpha * Math.Pow(Math.Log(Eta), Sigma)));
        var first = (Math.Pow(Eta, 0.25) + Math.Pow(Eta, -0.25)) / Math.Sqrt(2);
        var skew = (Math.Sqrt(Eta) + 1) / 2 * level * (1 - (2 * quantile)) / 3;
        return (Delta * Math.Sqrt(Eta * time * width / tuning)) + Math.Sqrt((first * first * width * time * level) + (skew * skew)) + skew;
    }
}
