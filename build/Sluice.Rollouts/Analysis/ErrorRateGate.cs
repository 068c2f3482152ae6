using System.Globalization;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Analysis;

/// <summary>The plain gate: the share of failed probes of the candidate must not exceed a maximum.</summary>
public static class ErrorRateGate
{
    /// <summary>
    /// Judges a tally. It fails as soon as the failures seen are too many even if every probe that is still missing to the
    /// minimum succeeded; it passes with the minimum reached and no more failures than allowed.
    /// </summary>
    public static Verdict Judge(GateSpec gate, ProbeTally tally)
    {
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Failed} of {tally.Sent} probes failed, at most {gate.MaximumErrorRate * 100:0.##} % may");
        if (IsExceeded(gate, tally.Sent, tally.Failed))
        {
            return new(VerdictKind.Fail, $"{numbers}; the first one: {tally.FirstFailure}");
        }

        return tally.Sent < gate.MinimumProbes
            ? new(VerdictKind.NoData, $"{numbers}; {gate.MinimumProbes} are needed")
            : new(VerdictKind.Pass, numbers);
    }

    /// <summary>Whether more probes failed than may, even if every probe that is still missing to the minimum succeeded.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="sent">The probes that were sent, 0 or more.</param>
    /// <param name="failed">Those of them that failed.</param>
    public static bool IsExceeded(GateSpec gate, long sent, long failed) =>
        (double)failed / Math.Max(Math.Max(sent, gate.MinimumProbes), 1) > gate.MaximumErrorRate;
}
