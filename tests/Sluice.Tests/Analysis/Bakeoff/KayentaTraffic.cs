using MathNet.Numerics.Distributions;
using Sluice.Rollouts.Analysis.Kayenta;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>Two arms of simulated traffic, look by look, as the values of a metric that the rank rules compare.</summary>
/// <param name="Baseline">The baseline's value at each look.</param>
/// <param name="Canary">The canary's value at each look.</param>
internal sealed record KayentaTraffic(double[] Baseline, double[] Canary)
{
    public const int Looks = 60;

    /// <summary>
    /// Error rates: of a Poisson number of requests a look a binomial number goes to the canary, and of each arm's a binomial number fails.
    /// </summary>
    public static KayentaTraffic OfErrors(Random random, double requests, double weight, double baselineRate, double canaryRate)
    {
        var traffic = new KayentaTraffic(new double[Looks], new double[Looks]);
        for (var look = 0; look < Looks; look++)
        {
            var all = Poisson.Sample(random, requests);
            var canary = Binomial(random, all, weight);
            traffic.Canary[look] = Binomial(random, canary, canaryRate) / (double)canary;
            traffic.Baseline[look] = Binomial(random, all - canary, baselineRate) / (double)(all - canary);
        }

        return traffic;
    }

    /// <summary>The 95th percentile of log-normal latencies about 100 ms; the canary's are longer by a factor.</summary>
    public static KayentaTraffic OfLatency(Random random, int baseline, int canary, double factor)
    {
        var traffic = new KayentaTraffic(new double[Looks], new double[Looks]);
        for (var look = 0; look < Looks; look++)
        {
            traffic.Baseline[look] = Percentile(random, baseline, 100);
            traffic.Canary[look] = Percentile(random, canary, 100 * factor);
        }

        return traffic;
    }

    private static int Binomial(Random random, int trials, double probability)
    {
        var hits = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            hits += random.NextDouble() < probability ? 1 : 0;
        }

        return hits;
    }

    private static double Percentile(Random random, int count, double median)
    {
        var latencies = new double[count];
        LogNormal.Samples(random, latencies, Math.Log(median), 0.5);
        Array.Sort(latencies);
        return SampleCleaning.Percentile(latencies, 0.95);
    }
}
