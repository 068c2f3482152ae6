namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>
/// Compares shares of simulated runs with those of a simulation by others. There are some hundred comparisons: of the seeds that nobody
/// uses in CI, some fail in one of them by chance.
/// </summary>
internal static class Reference
{
    public const string File = "bakeoff-simulation.json";

    /// <summary>
    /// Fails when two shares differ by more than three standard errors of their difference. A share of 0 or 1 has an error as well: that of
    /// one run more or less, hence the pooled share with a run added to each side.
    /// </summary>
    public static void AssertAlike(string what, double share, int runs, double referenceShare, int referenceRuns)
    {
        var pooled = ((share * runs) + (referenceShare * referenceRuns) + 1) / (runs + referenceRuns + 2);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / runs) + (1.0 / referenceRuns)));

        TestContext.Out.WriteLine($"{what}: {100 * share:0.00} %, in the reference {100 * referenceShare:0.00} %");
        Assert.That(share, Is.EqualTo(referenceShare).Within(3 * error), what);
    }

    /// <summary>
    /// Fails when the share of runs on either side of the reference's median differs from one half by more than four standard errors.
    /// Medians themselves say little where a run can stop at a few looks only.
    /// </summary>
    public static void AssertMedian(string what, int[] values, int referenceMedian, int referenceRuns)
    {
        var margin = 2 * Math.Sqrt((1.0 / values.Length) + (1.0 / referenceRuns));

        // The reference's median is cut to a whole number.
        Assert.That(values.Count(value => value < referenceMedian), Is.LessThanOrEqualTo((0.5 + margin) * values.Length), what);
        Assert.That(values.Count(value => value <= referenceMedian + 1), Is.GreaterThanOrEqualTo((0.5 - margin) * values.Length), what);
    }
}
