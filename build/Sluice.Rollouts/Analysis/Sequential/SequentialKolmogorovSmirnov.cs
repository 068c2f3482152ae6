using Sluice.Rollouts.Analysis.Samples;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// A band around the empirical distribution that the true one ever leaves with a probability of at most α, and the comparison of two
/// arms by it: for drift of whole distributions, such as that of scores. Source: Howard, Ramdas, arXiv 1906.09712, theorem 2.
/// </summary>
public sealed class SequentialKolmogorovSmirnov
{
    private const double Factor = 0.85;
    private const double LargestConstant = 1000;

    // Far below the constant of any α.
    private const double SmallestConstant = 0.01;

    private readonly double _constant;
    private readonly double _firstTime;

    /// <summary>A band.</summary>
    /// <param name="alpha">The probability that the distribution ever leaves it, above 0 and below 1.</param>
    /// <param name="firstTime">The number of observations from which on the band is wanted, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public SequentialKolmogorovSmirnov(double alpha, double firstTime)
    {
        Allowed.Probability(alpha);
        Allowed.Within(firstTime, 1, double.MaxValue);
        _constant = ConstantFor(alpha);
        _firstTime = firstTime;
    }

    /// <summary>Half the height of the band, in probability; infinite before the first time.</summary>
    /// <param name="observations">The number of observations.</param>
    public double Band(double observations) => observations < _firstTime
        ? double.PositiveInfinity
        : Factor * Math.Sqrt((Math.Log(1 + Math.Log(observations / _firstTime)) + _constant) / observations);

    /// <summary>The band of each of two samples that are compared by <see cref="Differ"/>: half of α goes to each.</summary>
    /// <param name="alpha">The probability that the samples are ever told apart without a difference, above 0 and below 1.</param>
    /// <param name="firstTime">The number of observations that each sample must have, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static SequentialKolmogorovSmirnov OfTwoSamples(double alpha, double firstTime) => new(alpha / 2, firstTime);

    /// <summary>
    /// True when no distribution fits into the bands of both samples. Over all looks together that is wrong with a probability of at
    /// most twice the band's α.
    /// </summary>
    /// <param name="first">One sample in ascending order.</param>
    /// <param name="second">The other sample in ascending order.</param>
    public bool Differ(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var together = Band(first.Length) + Band(second.Length);

        // Also covers empty samples, which have no distance.
        return double.IsFinite(together) && KolmogorovSmirnov.Distance(first, second) > together;
    }

    /// <summary>The constant C of the band, which grows as α shrinks.</summary>
    /// <param name="alpha">The probability, above 0 and below 1.</param>
    internal static double ConstantFor(double alpha) =>
        Bisection.Last(LargestConstant, SmallestConstant, constant => CrossingProbability(constant) <= alpha);

    private static double CrossingProbability(double constant)
    {
        // γ² falls in η, from 2A² > 1 at η = 1, and is 1 at the largest η that counts.
        var largest = Bisection.Last(1, 2, eta => GammaSquared(eta, constant) > 1);
        var best = GoldenSection.Minimiser(1, largest, eta => Probability(eta, constant));
        return Probability(best, constant);
    }

    private static double GammaSquared(double eta, double constant)
    {
        var rest = Factor - Math.Sqrt(2 * (eta - 1) / constant);
        return rest <= 0 ? 0 : 2 / eta * rest * rest;
    }

    private static double Probability(double eta, double constant)
    {
        var gammaSquared = GammaSquared(eta, constant);
        return 4 * Math.Exp(-gammaSquared * constant) * (1 + (1 / ((gammaSquared - 1) * Math.Log(eta))));
    }
}
