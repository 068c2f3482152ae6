using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>
/// The rank sum test of Wilcoxon, Mann and Whitney with its normal approximation, and the shift between two samples that it does not
/// reject.
/// </summary>
/// <remarks>
/// <para>As R's <c>wilcox.test(conf.int = TRUE, exact = FALSE)</c> and Kayenta's <c>MannWhitney.scala</c> compute it, with correction for
/// ties and continuity. The estimate is that of Hodges, Lehmann 1963, Estimates of location based on rank tests.</para>
/// <para>Roots are found to 10⁻⁴ of the range of shifts, but at least to 10⁻⁴: there it is always 10⁻⁴, which for error rates is as much
/// as the rates themselves.</para>
/// </remarks>
internal sealed class RankTest
{
    private const double LargestTolerance = 1e-4;

    private readonly double[] _canary;
    private readonly double[] _baseline;

    /// <summary>Compares two samples of finite numbers, neither of them empty.</summary>
    public RankTest(ImmutableArray<double> canary, ImmutableArray<double> baseline)
    {
        _canary = [.. canary.Order()];
        _baseline = [.. baseline.Order()];
    }

    /// <summary>
    /// The probability that a value of the canary is greater than one of the baseline, ties counted by half: U/(nm).
    /// </summary>
    public double Superiority => Compare(shift: 0).Wins / ((double)_canary.Length * _baseline.Length);

    /// <summary>
    /// How many standard deviations the canary's ranks lie above what they were expected at, were its values those of the baseline and a
    /// shift. Falls as the shift grows.
    /// </summary>
    /// <returns>0 where all values are tied.</returns>
    public double Score(double shift)
    {
        var (wins, ties) = Compare(shift);
        double pairs = (double)_canary.Length * _baseline.Length;
        double all = _canary.Length + _baseline.Length;
        var surplus = wins - (pairs / 2);
        var variance = pairs / 12 * (all + 1 - (ties / (all * (all - 1))));
        return variance > 0 ? (surplus - (Math.Sign(surplus) * 0.5)) / Math.Sqrt(variance) : 0;
    }

    /// <summary>The shift of the canary against the baseline.</summary>
    /// <param name="confidence">The confidence level of the interval, above 0 and below 1.</param>
    /// <remarks>
    /// Two constants differ by their difference, and by nothing else. Kayenta adds Gaussian noise of 10⁻⁵ of the values to such samples,
    /// because all values are tied at that shift; the result is this one, but for the noise.
    /// </remarks>
    public ShiftEstimate Estimate(double confidence)
    {
        var least = _canary[0] - _baseline[^1];
        var most = _canary[^1] - _baseline[0];
        if (least == most)
        {
            return new ShiftEstimate(least, least, least);
        }

        var z = -Normal.InvCDF(0, 1, (1 - confidence) / 2);
        return new ShiftEstimate(Crossing(z), Crossing(0), Crossing(-z));

        double Crossing(double level)
        {
            if (Score(least) <= level)
            {
                return least;
            }

            return Score(most) >= level
                ? most
                : BrentRoot.Find(shift => Score(shift) - level, least, most, LargestTolerance * Math.Min(1, most - least));
        }
    }

    /// <summary>The pairs in which the canary's value is the greater one, and the sum of t³ − t over the groups of t tied values.</summary>
    private (double Wins, double Ties) Compare(double shift)
    {
        var (wins, ties) = (0.0, 0.0);
        var (canary, baseline) = (0, 0);
        while (canary < _canary.Length || baseline < _baseline.Length)
        {
            var next = Math.Min(
                canary < _canary.Length ? _canary[canary] - shift : double.PositiveInfinity,
                baseline < _baseline.Length ? _baseline[baseline] : double.PositiveInfinity);
            var (firstCanary, firstBaseline) = (canary, baseline);
            while (canary < _canary.Length && _canary[canary] - shift == next)
            {
                canary++;
            }

            while (baseline < _baseline.Length && _baseline[baseline] == next)
            {
                baseline++;
            }

            double tiedCanary = canary - firstCanary;
            double tiedBaseline = baseline - firstBaseline;
            var tied = tiedCanary + tiedBaseline;
            wins += tiedCanary * (firstBaseline + (tiedBaseline / 2));
            ties += (tied * tied * tied) - tied;
        }

        return (wins, ties);
    }
}
