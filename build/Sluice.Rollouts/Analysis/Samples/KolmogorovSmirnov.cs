using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>
/// The two-sample Kolmogorov-Smirnov test, for one look at a fixed sample; <see cref="Sequential.SequentialKolmogorovSmirnov"/> is the
/// one for many looks.
/// </summary>
public static class KolmogorovSmirnov
{
    private const int LargestExactSize = 2000;
    private const double RescaleAbove = 1e140;

    /// <summary>The largest distance of two empirical distributions, 0 to 1.</summary>
    /// <param name="first">One sample in ascending order.</param>
    /// <param name="second">The other sample in ascending order.</param>
    /// <returns>NaN when a sample is empty.</returns>
    public static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty)
        {
            return double.NaN;
        }

        var (i, j) = (0, 0);
        var largest = 0.0;
        while (i < first.Length && j < second.Length)
        {
            var value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] <= value)
            {
                i++;
            }

            while (j < second.Length && second[j] <= value)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return largest;
    }

    /// <summary>
    /// The probability of at least this distance between two samples of one continuous distribution, exactly; with ties it is too large.
    /// Source: Hodges 1958, The significance probability of the Smirnov two-sample test: of all orders of the joint sample, those count
    /// whose path gets that far from the diagonal. Takes time in proportion to the product of the sizes.
    /// </summary>
    /// <param name="distance">The distance, 0 to 1.</param>
    /// <param name="firstSize">The size of one sample, 1 or more.</param>
    /// <param name="secondSize">The size of the other one, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double ExactPValue(double distance, int firstSize, int secondSize)
    {
        RequireSizes(distance, firstSize, secondSize);

        // In units of one over the least common multiple distances are whole numbers, and "at least" is no matter of rounding.
        var divisor = GreatestCommonDivisor(firstSize, secondSize);
        var (stepFirst, stepSecond) = ((long)secondSize / divisor, (long)firstSize / divisor);
        var far = (long)Math.Round(distance * stepFirst * firstSize);

        // Probability that a random path to (i, j) has been far away, from those of the two points before it. Only sums of positive
        // numbers, so that small probabilities keep their digits.
        var row = new double[secondSize + 1];
        for (var i = 0; i <= firstSize; i++)
        {
            for (var j = 0; j <= secondSize; j++)
            {
                row[j] = Math.Abs((i * stepFirst) - (j * stepSecond)) >= far ? 1
                    : i + j == 0 ? 0
                    : (((i == 0 ? 0 : row[j]) * i) + ((j == 0 ? 0 : row[j - 1]) * j)) / (i + j);
            }
        }

        return row[secondSize];
    }

    /// <summary>
    /// The same probability by the law of one sample of the effective size, <c>nm/(n + m)</c> rounded, as SciPy's ks_2samp has it; the
    /// limit for endless samples is off by a tenth at sizes of some hundred.
    /// </summary>
    /// <param name="distance">The distance, 0 to 1.</param>
    /// <param name="firstSize">The size of one sample, 1 or more.</param>
    /// <param name="secondSize">The size of the other one, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double ApproximatePValue(double distance, int firstSize, int secondSize)
    {
        RequireSizes(distance, firstSize, secondSize);
        var size = (int)Math.Max(1, Math.Round((double)firstSize * secondSize / ((double)firstSize + secondSize)));
        return OneSamplePValue(distance, size);
    }

    /// <summary>The probability of at least this distance between a sample and its continuous distribution.</summary>
    /// <param name="distance">The distance, 0 to 1.</param>
    /// <param name="size">The size of the sample, 1 or more.</param>
    internal static double OneSamplePValue(double distance, int size)
    {
        var scaled = distance * Math.Sqrt(size);
        if (distance * size <= 0.5)
        {
            return 1;
        }

        if (distance >= 1)
        {
            return 0;
        }

        // Far out, both sides at once have no probability worth mentioning, and one side is known exactly.
        if (scaled > 2.2)
        {
            return 2 * OneSidedPValue(distance, size);
        }

        // Vrbik 2018, Small-sample corrections to Kolmogorov-Smirnov test statistic: the limit is met to six digits from here on.
        return size <= LargestExactSize
            ? 1 - Distribution(distance, size)
            : LimitPValue(scaled + (1 / (6 * Math.Sqrt(size))) + ((scaled - 1) / (4.0 * size)));
    }

    // Marsaglia, Tsang, Wang 2003, Evaluating Kolmogorov's distribution: n!/nⁿ times an element of the n-th power of a matrix.
    private static double Distribution(double distance, int size)
    {
        var k = (int)(size * distance) + 1;
        var order = (2 * k) - 1;
        var h = k - (size * distance);
        var matrix = Matrix<double>.Build.Dense(order, order, (i, j) => i - j + 1 < 0 ? 0 : 1);
        for (var i = 0; i < order; i++)
        {
            matrix[i, 0] -= Math.Pow(h, i + 1);
            matrix[order - 1, i] -= Math.Pow(h, order - i);
        }

        matrix[order - 1, 0] += (2 * h) - 1 > 0 ? Math.Pow((2 * h) - 1, order) : 0;
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j <= Math.Min(i, order - 1); j++)
            {
                for (var factor = 2; factor <= i - j + 1; factor++)
                {
                    matrix[i, j] /= factor;
                }
            }
        }

        var (power, logScale) = Power(matrix, size, k - 1);
        var logFactor = SpecialFunctions.FactorialLn(size) - (size * Math.Log(size)) + logScale;
        return Math.Clamp(power * Math.Exp(logFactor), 0, 1);
    }

    // The element in the middle of a power of the matrix, and the logarithm of what it must be multiplied with.
    private static (double Value, double LogScale) Power(Matrix<double> matrix, int exponent, int middle)
    {
        var result = Matrix<double>.Build.DenseIdentity(matrix.RowCount);
        var (logScale, logSquareScale) = (0.0, 0.0);
        var square = matrix;
        for (var rest = exponent; rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1)
            {
                result *= square;
                logScale += logSquareScale;
                Rescale(ref result, ref logScale, middle);
            }

            if (rest > 1)
            {
                square *= square;
                logSquareScale *= 2;
                Rescale(ref square, ref logSquareScale, middle);
            }
        }

        return (result[middle, middle], logScale);
    }

    private static void Rescale(ref Matrix<double> matrix, ref double logScale, int middle)
    {
        var size = matrix[middle, middle];
        if (size > RescaleAbove)
        {
            matrix /= size;
            logScale += Math.Log(size);
        }
    }

    // Birnbaum, Tingey 1951: exact for one side.
    private static double OneSidedPValue(double distance, int size)
    {
        var sum = 0.0;
        for (var j = 0; j <= (int)(size * (1 - distance)); j++)
        {
            var share = (double)j / size;
            var rest = 1 - distance - share;
            if (rest <= 0)
            {
                break;
            }

            sum += Math.Exp(SpecialFunctions.BinomialLn(size, j)
                + ((j - 1) * Math.Log(distance + share)) + ((size - j) * Math.Log(rest)));
        }

        return distance * sum;
    }

    // Kolmogorov's limit for endless samples.
    private static double LimitPValue(double scaled)
    {
        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
        {
            var term = Math.Exp(-2.0 * k * k * scaled * scaled);
            sum += k % 2 == 1 ? term : -term;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }

    private static int GreatestCommonDivisor(int first, int second) =>
        second == 0 ? first : GreatestCommonDivisor(second, first % second);

    private static void RequireSizes(double distance, int firstSize, int secondSize)
    {
        Allowed.Within(distance, 0, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(secondSize, 1);
    }
}
