using System.Globalization;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>
/// Judges how far the distributions of the two versions' scores lie apart. The verdict rests on bands that hold at all looks together
/// (Howard and Ramdas, arXiv 1906.09712); the population stability index is told beside it, with the cut that belongs to its sample sizes.
/// </summary>
internal static class DriftGate
{
    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(DriftRule rule, CandidateEvidence evidence, double alpha)
    {
        double[] stable = [.. evidence.Pairs.SelectMany(look => look.StableScores).Order()];
        double[] candidate = [.. evidence.Pairs.SelectMany(look => look.CandidateScores).Order()];
        if (stable.Length < rule.MinimumPairs)
        {
            return new(
                rule.Name,
                VerdictKind.NoData,
                $"{stable.Length} of {rule.MinimumPairs} pairs of scores that are needed",
                IsConclusive: false,
                Numbers.Of(("pairs", stable.Length)));
        }

        var distance = KolmogorovSmirnov.Distance(stable, candidate);
        var band = 2 * SequentialKolmogorovSmirnov.OfTwoSamples(alpha, rule.MinimumPairs).Band(stable.Length);
        var bins = ScoreBins.Of(stable);
        var psi = Psi.Of(bins.SharesOf(stable), bins.SharesOf(candidate));
        var cut = bins.Count > 1 ? Psi.Cut(stable.Length, candidate.Length, bins.Count, alpha) : 0;
        var numbers = Numbers.Of(
            ("pairs", stable.Length), ("distance", distance), ("band", band), ("maximum", rule.MaximumDistance), ("psi", psi), ("psiCut", cut));
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"the scores of {stable.Length} pairs lie {distance:0.000} ± {band:0.000} apart, at most {rule.MaximumDistance:0.###} may be; "
            + $"PSI {psi:0.000}, by chance at most {cut:0.000}");
        return distance - band > rule.MaximumDistance ? new(rule.Name, VerdictKind.Fail, sentence, IsConclusive: true, numbers)
            : distance > rule.MaximumDistance ? new(rule.Name, VerdictKind.Inconclusive, sentence, IsConclusive: false, numbers)
            : new(rule.Name, VerdictKind.Pass, sentence, distance + band <= rule.MaximumDistance, numbers);
    }
}
