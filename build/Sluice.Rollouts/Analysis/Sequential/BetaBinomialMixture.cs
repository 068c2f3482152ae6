using MathNet.Numerics;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Evidence about sums of bounded terms that may be looked at any time: a likelihood ratio against mean 0, averaged over a Beta
/// distribution. Source: Howard, Ramdas, McAuliffe, Sekhon, arXiv 1810.08240, proposition 7, two-sided.
/// </summary>
public sealed class BetaBinomialMixture
{
    /// <summary>The least strength of the Beta distribution, where the tuning asks for less.</summary>
    internal const double LeastStrength = 1e-3;

    private readonly double _below;
    private readonly double _above;
    private readonly double _strength;
    private readonly double _start;

    /// <summary>A mixture for one kind of terms.</summary>
    /// <param name="below">How far a term can be below 0, g; above 0.</param>
    /// <param name="above">How far a term can be above 0, h; above 0.</param>
    /// <param name="tuning">The variance at which boundaries are to be tightest, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0, or not finite.</exception>
    public BetaBinomialMixture(double below, double above, double tuning)
    {
        Allowed.Positive(below);
        Allowed.Positive(above);
        Allowed.Positive(tuning);
        (_below, _above) = (below, above);
        var product = below * above;
        _strength = Math.Max((tuning / NormalMixture.VarianceRatio(NormalMixture.TuningAlpha)) - product, LeastStrength * product);
        _start = LogBeta(sum: 0, variance: 0);
    }

    /// <summary>
    /// The logarithm of the evidence against "the terms have mean 0": at most ln(1/α), at all times, with a probability of 1 − α while
    /// that holds.
    /// </summary>
    /// <param name="sum">The sum of the terms, from −variance/above to variance/below.</param>
    /// <param name="variance">The sum of their variances, 0 or more.</param>
    public double LogEvidence(double sum, double variance)
    {
        var range = _below + _above;
        return (variance / (_below * _above) * Math.Log(range))
            - ((variance + (_above * sum)) / (_above * range) * Math.Log(_below))
            - ((variance - (_below * sum)) / (_below * range) * Math.Log(_above))
            + LogBeta(sum, variance)
            - _start;
    }

    /// <summary>The sum at which the evidence is enough; null when even the largest possible sum is not.</summary>
    /// <param name="variance">The sum of the terms' variances, above 0.</param>
    /// <param name="alpha">The probability of ever crossing it, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public double? Bound(double variance, double alpha)
    {
        Allowed.Positive(variance);
        var threshold = Evidence.Threshold(alpha);
        var largest = variance / _below;
        return LogEvidence(largest, variance) < threshold
            ? null
            : Bisection.Last(0, largest, sum => LogEvidence(sum, variance) < threshold);
    }

    private double LogBeta(double sum, double variance)
    {
        var range = _below + _above;
        return SpecialFunctions.BetaLn(
            (_strength + variance - (_below * sum)) / (_below * range),
            (_strength + variance + (_above * sum)) / (_above * range));
    }
}
