using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// How good a model is on a labelled sample, with one-sided limits: a gate that asks for at least 0.9 asks for a lower limit of 0.9, or
/// a small lucky sample would pass. For one look; a gate that looks at growing samples needs a confidence sequence.
/// </summary>
public static class Quality
{
    /// <summary>
    /// What smaller probabilities are taken for. A loss without a largest value has no limits for samples of any size; the smaller the floor, the
    /// wider they are.
    /// </summary>
    private const double Floor = 0.01;

    /// <summary>The most that a row counts for in <see cref="LogLoss"/>, in nats.</summary>
    public static double LargestLogLoss { get; } = -Math.Log(Floor);

    /// <summary>The share of right answers, with exact limits. Source: Clopper, Pearson 1934, The use of confidence or fiducial limits.</summary>
    /// <param name="right">Right answers, 0 to <paramref name="answers"/>.</param>
    /// <param name="answers">All answers, 1 or more.</param>
    /// <param name="alpha">The probability that a limit is wrong, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Estimate Accuracy(long right, long answers, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answers, 1);
        Allowed.Within(right, 0, answers);
        Allowed.Probability(alpha);
        return new((double)right / answers, ShareLimits(right, answers, alpha));
    }

    /// <summary>
    /// The probability that a positive request has a higher score than a negative one, ties counted half: the area under the receiver
    /// operating characteristic.
    /// </summary>
    /// <remarks>
    /// Limits: DeLong, DeLong, Clarke-Pearson 1988, Comparing the areas under two or more correlated receiver operating characteristic
    /// curves, on the logit scale, which keeps them within 0 and 1 (Pepe 2003); right as the sample grows. A sample that is ordered
    /// perfectly has no variance to speak of; there the limit is the exact one of as many separate pairs as the smaller class gives.
    /// </remarks>
    /// <param name="sample">The sample, with at least two requests of each class.</param>
    /// <param name="alpha">The probability that a limit is wrong, above 0 and below 1.</param>
    /// <returns>Null when a class has fewer than two requests.</returns>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public static Estimate? AreaUnderCurve(IReadOnlyCollection<ScoredLabel> sample, double alpha)
    {
        Allowed.Probability(alpha);
        if (sample.Any(label => double.IsNaN(label.Score)))
        {
            throw new ArgumentException("A score is NaN.", nameof(sample));
        }

        double[] positives = [.. sample.Where(label => label.IsPositive).Select(label => label.Score).Order()];
        double[] negatives = [.. sample.Where(label => !label.IsPositive).Select(label => label.Score).Order()];
        if (positives.Length < 2 || negatives.Length < 2)
        {
            return null;
        }

        // Each request's share of the other class that it is ordered rightly with.
        double[] ofPositives = [.. positives.Select(score => ShareBelow(negatives, score))];
        double[] ofNegatives = [.. negatives.Select(score => 1 - ShareBelow(positives, score))];
        var area = ofPositives.Average();
        var variance = (Variance(ofPositives) / positives.Length) + (Variance(ofNegatives) / negatives.Length);
        if (area is <= 0 or >= 1 || variance == 0)
        {
            var pairs = Math.Min(positives.Length, negatives.Length);
            return new(area, ShareLimits(area * pairs, pairs, alpha));
        }

        var half = Normal.InvCDF(0, 1, 1 - alpha) * Math.Sqrt(variance) / (area * (1 - area));
        var logit = SpecialFunctions.Logit(area);
        return new(area, new(SpecialFunctions.Logistic(logit - half), SpecialFunctions.Logistic(logit + half)));
    }

    /// <summary>
    /// The mean of −ln of the probability that the model gave to the truth, in nats, with limits for samples of any size; no row counts for more
    /// than <see cref="LargestLogLoss"/>. Source: Maurer, Pontil 2009, Empirical Bernstein bounds and sample variance penalization, theorem 4.
    /// </summary>
    /// <param name="probabilitiesOfTruth">The probability given to the truth of each request, 0 to 1; two or more.</param>
    /// <param name="alpha">The probability that a limit is wrong, above 0 and below 1.</param>
    /// <returns>Null when there are fewer than two requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Estimate? LogLoss(IReadOnlyCollection<double> probabilitiesOfTruth, double alpha)
    {
        Allowed.Probability(alpha);
        if (probabilitiesOfTruth.Count < 2)
        {
            return null;
        }

        double[] losses = [.. probabilitiesOfTruth.Select(probability =>
        {
            Allowed.Within(probability, 0, 1);
            return -Math.Log(Math.Max(probability, Floor));
        })];
        var mean = losses.Average();
        var half = BernsteinHalf(losses, LargestLogLoss, alpha);
        return new(mean, new(Math.Max(0, mean - half), Math.Min(LargestLogLoss, mean + half)));
    }

    /// <summary>
    /// How far the mean score lies from the share of positive requests: calibration in the large (Steyerberg 2009, Clinical Prediction
    /// Models, chapter 15). 0 is best; scores that are shifted as a whole move it by as much.
    /// </summary>
    /// <remarks>Limits for samples of any size: Maurer, Pontil 2009, theorem 4, for differences between −1 and 1.</remarks>
    /// <param name="sample">The sample, two requests or more; each score the probability of being positive, 0 to 1.</param>
    /// <param name="alpha">The probability that a limit is wrong, above 0 and below 1.</param>
    /// <returns>Null when there are fewer than two requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Estimate? Calibration(IReadOnlyCollection<ScoredLabel> sample, double alpha)
    {
        Allowed.Probability(alpha);
        if (sample.Count < 2)
        {
            return null;
        }

        double[] differences = [.. sample.Select(label =>
        {
            Allowed.Within(label.Score, 0, 1);
            return label.Score - (label.IsPositive ? 1 : 0);
        })];
        var distance = Math.Abs(differences.Average());
        var half = BernsteinHalf(differences, range: 2, alpha);
        return new(distance, new(Math.Max(0, distance - half), Math.Min(1, distance + half)));
    }

    /// <summary>Half the width of an empirical Bernstein interval of a mean.</summary>
    private static double BernsteinHalf(double[] values, double range, double alpha)
    {
        var level = Math.Log(2 / alpha);
        return Math.Sqrt(2 * Variance(values) * level / values.Length) + (7 * range * level / (3.0 * (values.Length - 1)));
    }

    private static Interval ShareLimits(double successes, double trials, double alpha)
    {
        // The limits are where the binomial tail has the probability α; the incomplete beta function is that tail.
        var failures = trials - successes;
        return new(
            successes == 0 ? 0 : Bisection.Last(0, 1, p => SpecialFunctions.BetaRegularized(successes, failures + 1, p) <= alpha),
            failures == 0 ? 1 : Bisection.Last(1, 0, p => SpecialFunctions.BetaRegularized(successes + 1, failures, p) >= 1 - alpha));
    }

    private static double ShareBelow(double[] sorted, double score)
    {
        var below = CountWhile(sorted, other => other < score);
        var upTo = CountWhile(sorted, other => other <= score);
        return (below + upTo) / (2.0 * sorted.Length);
    }

    // How many of a sorted array meet a condition that its first ones meet and its last ones do not.
    private static int CountWhile(double[] sorted, Func<double, bool> holds)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = holds(sorted[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
