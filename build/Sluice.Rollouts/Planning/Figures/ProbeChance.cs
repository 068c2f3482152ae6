using MathNet.Numerics.Distributions;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning.Figures;

/// <summary>
/// The probability that the limit on failed probes sends back a candidate that fails no more often than is usual. The gate is no test: it is
/// asked at every look, and each weight begins with no probes.
/// </summary>
internal static class ProbeChance
{
    /// <summary>More probes of one weight are not followed up: by then it is decided, or hardly happens any more.</summary>
    private const int MostProbes = 100_000;

    /// <summary>What is less probable than this is left out.</summary>
    private const double Nothing = 1e-12;

    /// <summary>The probability that the limit is ever exceeded, 0 to 1. Probes are assumed to fail independently.</summary>
    /// <param name="gate">The limit.</param>
    /// <param name="errorRate">The share of requests that fails as usual, above 0 and below 1.</param>
    /// <param name="probesBeforeStart">The probes of the one look before the candidate has any traffic, 0 or more.</param>
    /// <param name="bakes">The weights that are held.</param>
    public static double Of(GateSpec gate, double errorRate, int probesBeforeStart, IEnumerable<Exposure> bakes) =>
        Math.Max(0, 1 - bakes.Aggregate(
            Remains(gate, errorRate, probesBeforeStart, looks: 1),
            (remains, bake) => remains * Remains(gate, errorRate, gate.ProbesPerLook, bake.Looks)));

    /// <summary>The probability that the limit holds at each look of a weight.</summary>
    private static double Remains(GateSpec gate, double errorRate, int probes, int looks)
    {
        if (probes == 0)
        {
            return 1;
        }

        var ofLook = Enumerable.Range(0, probes + 1).Select(failed => Binomial.PMF(errorRate, probes, failed)).ToArray();
        var most = Array.FindLastIndex(ofLook, IsSomething);

        // By how many have failed so far, from the least number on that is not improbable.
        var (least, chances) = (0, new[] { 1.0 });
        for (var (look, sent) = (1, (long)probes); look <= looks && sent <= MostProbes && chances.Length > 0; look++, sent += probes)
        {
            var next = new double[chances.Length + most];
            for (var before = 0; before < chances.Length; before++)
            {
                for (var failed = 0; failed <= most; failed++)
                {
                    next[before + failed] += chances[before] * ofLook[failed];
                }
            }

            var (first, last) = (Math.Max(0, Array.FindIndex(next, IsSomething)), Array.FindLastIndex(next, IsSomething));
            while (last >= first && ErrorRateGate.IsExceeded(gate, sent, least + last))
            {
                last--;
            }

            (least, chances) = (least + first, next[first..(last + 1)]);
        }

        return chances.Sum();
    }

    private static bool IsSomething(double probability) => probability > Nothing;
}
