using MathNet.Numerics.Distributions;

namespace Sluice.Tests.Analysis;

/// <summary>
/// Draws counts fast enough for millions of them. Binomial: inversion where few successes are expected, else the rejection method BTRS of
/// Hörmann 1993, The generation of binomial random variates.
/// </summary>
internal static class Draws
{
    private const double FewSuccesses = 10;

    // What Stirling's formula lacks of the logarithm of k!, for the first k.
    private static readonly double[] StirlingTail =
    [
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ];

    public static int Poisson(this Random random, double mean) => mean == 0 ? 0 : MathNet.Numerics.Distributions.Poisson.Sample(random, mean);

    public static int Binomial(this Random random, int trials, double probability)
    {
        if (probability > 0.5)
        {
            return trials - random.Binomial(trials, 1 - probability);
        }

        return trials * probability < FewSuccesses
            ? Inverted(random, trials, probability)
            : Rejected(random, trials, probability);
    }

    public static double LogNormal(this Random random, double logMedian, double sigma) =>
        Math.Exp(Normal.Sample(random, logMedian, sigma));

    private static int Inverted(Random random, int trials, double probability)
    {
        var odds = probability / (1 - probability);
        var term = Math.Pow(1 - probability, trials);
        var rest = random.NextDouble();
        var successes = 0;
        while (rest > term && successes < trials)
        {
            rest -= term;
            successes++;
            term *= odds * (trials - successes + 1) / successes;
        }

        return successes;
    }

    private static int Rejected(Random random, int trials, double probability)
    {
        var odds = probability / (1 - probability);
        var deviation = Math.Sqrt(trials * probability * (1 - probability));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * probability);
        var centre = (trials * probability) + 0.5;
        var squeeze = 0.92 - (4.2 / b);
        var alpha = (2.83 + (5.1 / b)) * deviation;
        var mode = Math.Floor((trials + 1) * probability);
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = random.NextDouble();
            var distance = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / distance) + b) * u) + centre);
            if (k < 0 || k > trials)
            {
                continue;
            }

            if (distance >= 0.07 && v <= squeeze)
            {
                return (int)k;
            }

            var bound = ((mode + 0.5) * Math.Log((mode + 1) / (odds * (trials - mode + 1))))
                + ((trials + 1) * Math.Log((trials - mode + 1) / (trials - k + 1)))
                + ((k + 0.5) * Math.Log(odds * (trials - k + 1) / (k + 1)))
                + Tail(mode) + Tail(trials - mode) - Tail(k) - Tail(trials - k);
            if (Math.Log(v * alpha / ((a / (distance * distance)) + b)) <= bound)
            {
                return (int)k;
            }
        }
    }

    private static double Tail(double k)
    {
        if (k < StirlingTail.Length)
        {
            return StirlingTail[(int)k];
        }

        var square = (k + 1) * (k + 1);
        return ((1 / 12.0) - (((1 / 360.0) - (1 / 1260.0 / square)) / square)) / (k + 1);
    }
}
