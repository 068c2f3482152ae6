using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>The rules that need no more than counts of errors, with the settings of the reference simulation.</summary>
/// <param name="setting">The scenario.</param>
internal sealed class StopRules(Setting setting)
{
    private static readonly double Threshold = Evidence.Threshold(0.05);

    /// <summary>Fresh rules, for one rollout.</summary>
    public IReadOnlyList<IStopRule> Start() =>
    [
        new StopRule("z-test every look (one-sided .05)", (_, _, sum) => Z(sum) > 1.6449),
        new StopRule("z-test once at horizon", (number, _, sum) => number == setting.Looks && Z(sum) > 1.6449),
        Flagger(5),
        Flagger(10),
        Argo(),
        Counts("e-process: count log-ratio grid mixture, H0 ratio<=1, alpha .05", CountEProcess.ForFail(1), 0.05),
        Counts("e-process: count log-ratio grid mixture, H0 ratio<=1, alpha .01", CountEProcess.ForFail(1), 0.01),
        Counts("e-process: same, tolerance ratio 1.25 (H0 ratio<=1.25), alpha .05", CountEProcess.ForFail(), 0.05),
        Safe(
            "safe 2x2 e-process (Turner/Ly/Grunwald) Beta(.18,.18), two-sided .05, bad direction",
            new SafeTwoByTwo()),
        Safe("safe 2x2 e-process, informed Beta(1,99), two-sided .05, bad direction", new SafeTwoByTwo(1, 99, 1, 99)),
        new StopRule("mSPRT normal approx tau=.02, two-sided .05, bad direction", (_, _, sum) => Difference(sum) > 0
            && MixtureSprt.LogEvidence(Difference(sum), sum.CanaryRequests, VarianceOfBoth(sum), 0.02 * 0.02) >= Threshold),
        new StopRule("asymptotic confidence sequence (GrowthBook/Waudby-Smith), two-sided .05, lower>0", (_, _, sum) =>
            Difference(sum) > AsymptoticConfidenceSequence.HalfWidth(
                StandardError(sum),
                Math.Max(1, sum.BaselineRequests + sum.CanaryRequests),
                0.05,
                setting.RequestsPerLook * setting.Looks / 2)),
        Counts("early PASS: e-process H0 ratio>=2.0, alpha .05", CountEProcess.ForPass(), 0.05),
    ];

    private static StopRule Flagger(int threshold)
    {
        var failed = 0;
        return new(
            $"Flagger success-rate>=99 each look, threshold {threshold} (no-data counts as failed check)",
            (_, look, _) =>
            {
                failed += look.CanaryRequests == 0 || look.CanaryErrors > 0.01 * look.CanaryRequests ? 1 : 0;
                return failed >= threshold;
            });
    }

    private static StopRule Argo()
    {
        var (failed, window) = (0, default(Look));
        return new("Argo docs example: successRate>=0.95 every 5 looks, failureLimit 3", (number, look, _) =>
        {
            window += look;
            if (number % 5 != 0)
            {
                return false;
            }

            failed += window.CanaryErrors > 0.05 * window.CanaryRequests ? 1 : 0;
            window = default;
            return failed > 3;
        });
    }

    // The reference simulation weighs by the configured share.
    private StopRule Counts(string name, CountEProcess evidence, double alpha) => new(name, (_, look, _) =>
    {
        evidence.Add(look.BaselineErrors, look.CanaryErrors, setting.Weight);
        return evidence.LogE >= Evidence.Threshold(alpha);
    });

    private static StopRule Safe(string name, SafeTwoByTwo evidence) => new(name, (_, look, sum) =>
    {
        evidence.Add(look.BaselineErrors, look.BaselineRequests, look.CanaryErrors, look.CanaryRequests);
        return evidence.LogE >= Threshold && Difference(sum) > 0;
    });

    private static double Z(Look sum)
    {
        var pooled = (sum.BaselineErrors + sum.CanaryErrors) / Math.Max(1.0, sum.BaselineRequests + sum.CanaryRequests);
        return sum.BaselineRequests == 0 || sum.CanaryRequests == 0 || pooled is 0 or 1
            ? 0
            : Difference(sum) / Math.Sqrt(pooled * (1 - pooled) * ((1.0 / sum.BaselineRequests) + (1.0 / sum.CanaryRequests)));
    }

    private static double Difference(Look sum) => CanaryRate(sum) - BaselineRate(sum);

    private static double BaselineRate(Look sum) => sum.BaselineErrors / Math.Max(1.0, sum.BaselineRequests);

    private static double CanaryRate(Look sum) => sum.CanaryErrors / Math.Max(1.0, sum.CanaryRequests);

    private static double Variance(double rate) => rate * (1 - rate);

    private static double VarianceOfBoth(Look sum) => Math.Max(
        1e-4,
        (Variance(BaselineRate(sum)) / Math.Max(sum.BaselineRequests / Math.Max(1.0, sum.CanaryRequests), 1))
            + Variance(CanaryRate(sum)));

    private static double StandardError(Look sum) => Math.Sqrt(
        (Variance(BaselineRate(sum)) / Math.Max(1.0, sum.BaselineRequests))
            + (Variance(CanaryRate(sum)) / Math.Max(1.0, sum.CanaryRequests)));
}
