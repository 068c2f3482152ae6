using MathNet.Numerics.Distributions;

namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// How many canary requests a count evidence needs at assumed error rates: what a plan says before a request was sent.
/// </summary>
/// <remarks>
/// An approximation, without a simulation. Errors of the arms are Poisson counts that grow with the requests. The evidence, with its
/// whole grid, is computed at the expected counts; for a power above one half, at those counts of the wanted improbability that cost
/// the evidence most (the first-order reliability method: the growth of the evidence per error of each arm says in which direction they
/// lie). That the threshold may be crossed earlier and left again is not counted, so that a plan errs towards more requests: against
/// simulations it asks for 1.05 to 1.4 times as many.
/// </remarks>
/// <param name="MedianCanaryRequests">The canary requests that half of the rollouts need.</param>
/// <param name="CanaryRequests">The canary requests that suffice with the power asked for.</param>
/// <param name="FalseAlarmBound">
/// The largest probability that the threshold is ever reached while the null hypothesis holds, by Ville's inequality:
/// <c>e^−threshold</c>.
/// </param>
public sealed record DetectionPlan(double MedianCanaryRequests, double CanaryRequests, double FalseAlarmBound)
{
    private const double MostRequests = 1e12;

    /// <summary>What finding a regression needs.</summary>
    /// <param name="baselineRate">The baseline's error rate, above 0 and below 1.</param>
    /// <param name="ratio">The canary's error rate over the baseline's, above 0.</param>
    /// <param name="canaryShare">The canary's share of the requests, above 0 and below 1.</param>
    /// <param name="threshold">What the evidence must reach, see <see cref="Evidence.Threshold"/>; above 0.</param>
    /// <param name="tolerance">The ratio that is put up with, 1 to 10.</param>
    /// <param name="power">The probability that the requests suffice, 0.5 to below 1.</param>
    /// <returns>Null where no number of requests suffices, as with a ratio that is put up with.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or the canary's rate above 1.</exception>
    public static DetectionPlan? ForFail(
        double baselineRate,
        double ratio,
        double canaryShare,
        double threshold,
        double tolerance = 1.25,
        double power = 0.8) =>
        Of(() => CountEProcess.ForFail(tolerance), baselineRate, ratio, canaryShare, threshold, power);

    /// <summary>What evidence for an early promotion needs.</summary>
    /// <param name="baselineRate">The baseline's error rate, above 0 and below 1.</param>
    /// <param name="ratio">The canary's true error rate over the baseline's, above 0; 1 for a canary that is as good.</param>
    /// <param name="canaryShare">The canary's share of the requests, above 0 and below 1.</param>
    /// <param name="threshold">What the evidence must reach, see <see cref="Evidence.Threshold"/>; above 0.</param>
    /// <param name="excludedRatio">The ratio that must be ruled out, 1 to 20.</param>
    /// <param name="power">The probability that the requests suffice, 0.5 to below 1.</param>
    /// <returns>Null where no number of requests suffices, as with a ratio that is to be ruled out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or the canary's rate above 1.</exception>
    public static DetectionPlan? ForPass(
        double baselineRate,
        double ratio,
        double canaryShare,
        double threshold,
        double excludedRatio = 2,
        double power = 0.8) =>
        Of(() => CountEProcess.ForPass(excludedRatio), baselineRate, ratio, canaryShare, threshold, power);

    private static DetectionPlan? Of(
        Func<CountEProcess> start,
        double baselineRate,
        double ratio,
        double canaryShare,
        double threshold,
        double power)
    {
        Allowed.Probability(baselineRate);
        Allowed.Positive(ratio);
        Allowed.Within(baselineRate * ratio, 0, 1);
        Allowed.Probability(canaryShare);
        Allowed.Positive(threshold);
        Allowed.Within(power, 0.5, Math.BitDecrement(1.0));
        double Evidence(double requests, double deviations)
        {
            var baselineErrors = requests * (1 - canaryShare) / canaryShare * baselineRate;
            var canaryErrors = requests * baselineRate * ratio;
            return EvidenceAt(start, baselineErrors, canaryErrors, canaryShare, deviations);
        }

        // At an expectation that grows for ever the evidence may fall first, while the improbable counts still are none at all.
        double? Needed(double deviations)
        {
            var enough = 1.0;
            while (Evidence(enough, deviations) < threshold)
            {
                enough *= 2;
                if (enough > MostRequests)
                {
                    return null;
                }
            }

            return Bisection.Last(0, enough, requests => Evidence(requests, deviations) < threshold);
        }

        return Needed(0) is { } median && Needed(Normal.InvCDF(0, 1, power)) is { } most
            ? new(median, Math.Max(median, most), Math.Exp(-threshold))
            : null;
    }

    private static double EvidenceAt(
        Func<CountEProcess> start,
        double baselineErrors,
        double canaryErrors,
        double canaryShare,
        double deviations)
    {
        var expected = LogE(start, baselineErrors, canaryErrors, canaryShare);
        if (deviations == 0)
        {
            return expected;
        }

        // What one more error of an arm does to the evidence, there.
        var perBaselineError = LogE(start, baselineErrors + 1, canaryErrors, canaryShare) - expected;
        var perCanaryError = LogE(start, baselineErrors, canaryErrors + 1, canaryShare) - expected;
        var spread = Math.Sqrt((perBaselineError * perBaselineError * baselineErrors) + (perCanaryError * perCanaryError * canaryErrors));
        return LogE(
            start,
            Math.Max(0, baselineErrors - (deviations * perBaselineError * baselineErrors / spread)),
            Math.Max(0, canaryErrors - (deviations * perCanaryError * canaryErrors / spread)),
            canaryShare);
    }

    private static double LogE(Func<CountEProcess> start, double baselineErrors, double canaryErrors, double canaryShare)
    {
        var evidence = start();
        evidence.Add(baselineErrors, canaryErrors, canaryShare);
        return evidence.LogE;
    }
}
