using System.Globalization;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>Runs a rule on simulated traffic, and holds how often it calls for a rollback against the reference.</summary>
internal static class KayentaBakeoff
{
    private const int DefaultSeed = 20240601;

    /// <summary>Checks a share to three standard errors of both simulations together.</summary>
    /// <remarks>A seed that is always the same, because of so many shares one would lie outside now and then by chance alone.</remarks>
    public static void Check(int runs, Func<Random, bool> rejects, double share, int referenceRuns)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : DefaultSeed;
        TestContext.Out.WriteLine($"SLUICE_SEED={seed}");
        var random = new Random(seed);
        var rejected = Enumerable.Range(0, runs).Count(_ => rejects(random));

        // Of both together, and never 0: a share of 0 of some runs does not say that it is 0.
        var pooled = (rejected + (share * referenceRuns) + 0.5) / (runs + referenceRuns + 1);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / runs) + (1.0 / referenceRuns)));
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(double)rejected / runs:0.0000} of {runs} runs; the reference has {share:0.0000}, ± {3 * error:0.0000}"));
        Assert.That((double)rejected / runs, Is.EqualTo(share).Within(3 * error));
    }
}
