using System.Globalization;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges how often the two versions answer alike: a confidence sequence that may be read at every look.</summary>
internal static class AgreementGate
{
    private const int MostShown = 2;

    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(AgreementRule rule, CandidateEvidence evidence, double alpha)
    {
        var reference = rule.AtLeast is null ? evidence.Reference : null;
        var looks = evidence.Pairs.Where(look => look != reference).ToArray();
        var (agreed, compared) = (looks.Sum(look => look.Agreed), looks.Sum(look => look.Compared));
        if (RequiredAgreement.Of(rule, (reference?.Agreed ?? 0, reference?.Compared ?? 0, reference?.Sent ?? 0), alpha) is not { } needed)
        {
            return new(rule.Name, VerdictKind.NoData, "the versions have not been compared before the start", IsConclusive: false, Numbers.Of());
        }

        var required = needed.Share;
        var share = compared == 0 ? new Interval(0, 1) : BernoulliConfidenceSequence.Of(agreed, compared, needed.Alpha, BernoulliConfidenceSequence.UsualTuning);
        var numbers = Numbers.Of(
            ("agreed", agreed),
            ("compared", compared),
            ("lower", share.Lower),
            ("upper", share.Upper),
            ("required", required),
            ("referenceAgreed", reference?.Agreed ?? double.NaN),
            ("referenceCompared", reference?.Compared ?? double.NaN),
            ("referenceLower", needed.ReferenceLower ?? double.NaN));
        var ofAll = needed.ReferenceLower is { } lower
            ? string.Create(CultureInfo.InvariantCulture, $", of all rows at least {lower * 100:0.0} %")
            : "";
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{agreed} of {compared} rows were answered alike: {share.Lower * 100:0.0} to {share.Upper * 100:0.0} %, {required * 100:0.0} % are needed"
            + $"{(reference is null ? "" : $" ({reference.Agreed} of {reference.Compared} before the start{ofAll}, less {rule.Margin * 100:0.#} points)")}");
        if (share.Upper < required)
        {
            return new(rule.Name, VerdictKind.Fail, sentence + Shown(looks), IsConclusive: true, numbers);
        }

        if (compared < rule.MinimumPairs)
        {
            return new(
                rule.Name,
                VerdictKind.NoData,
                compared == 0 && looks.Sum(look => look.Sent) > 0
                    ? "no answer has a label to compare; rollout.replay.scoreTolerance compares scores"
                    : $"{sentence}; {rule.MinimumPairs} pairs are needed",
                IsConclusive: false,
                numbers);
        }

        return (double)agreed / compared >= required
            ? new(rule.Name, VerdictKind.Pass, sentence, share.Lower >= required, numbers)
            : new(rule.Name, VerdictKind.Inconclusive, sentence + Shown(looks), IsConclusive: false, numbers);
    }

    private static string Shown(IEnumerable<PairTally> looks) => string.Concat(looks
        .SelectMany(look => look.Disagreements)
        .DistinctBy(row => row.Row)
        .Take(MostShown)
        .Select(row => $"; row {row.Row}: {row.Stable} became {row.Candidate}"));
}
