using System.Globalization;
using Sluice.Rollouts.Analysis.Answers;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges the candidate's answers to rows whose labels are known. Asked once, so that its limits need not hold at many looks.</summary>
internal static class QualityGate
{
    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(QualityRule rule, CandidateEvidence evidence, double alpha)
    {
        if (evidence.QualityOf(rule.Name) is not { } measured)
        {
            return new(rule.Name, VerdictKind.NoData, $"the candidate has not been asked the rows of {rule.Sample.Path}", false, Numbers.Of());
        }

        var rows = measured.Labels.Length;
        if (EstimateOf(rule, measured, alpha) is not { } estimate)
        {
            return new(
                rule.Name,
                VerdictKind.Error,
                $"{measured.Scores.Count(score => score is null)} of {rows} answers have no score, or the labels are not of two kinds; "
                + $"{Title(rule.Metric)} needs both",
                false,
                Numbers.Of(("rows", rows)));
        }

        var (value, limits) = estimate;
        var isLess = rule.IsLessBetter;
        var numbers = Numbers.Of(("rows", rows), ("value", value), ("lower", limits.Lower), ("upper", limits.Upper), ("limit", rule.Limit));
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{Title(rule.Metric)} {value:0.000} on {rows} labelled rows, {limits.Lower:0.000} to {limits.Upper:0.000}; "
            + $"{(isLess ? "at most" : "at least")} {rule.Limit:0.###} is needed");
        var isBad = isLess ? limits.Lower > rule.Limit : limits.Upper < rule.Limit;
        var isProven = isLess ? limits.Upper <= rule.Limit : limits.Lower >= rule.Limit;
        var isReached = isLess ? value <= rule.Limit : value >= rule.Limit;
        return isBad ? new(rule.Name, VerdictKind.Fail, sentence, true, numbers)
            : isReached ? new(rule.Name, VerdictKind.Pass, sentence, isProven, numbers)
            : new(rule.Name, VerdictKind.Inconclusive, sentence, false, numbers);
    }

    private static Estimate? EstimateOf(QualityRule rule, QualityMeasured measured, double alpha)
    {
        if (rule.Metric == QualityMetric.Accuracy)
        {
            var right = measured.Labels.Zip(measured.Answers).Count(row => row.Second is { } answer && ModelAnswer.IsSameLabel(answer, row.First));
            return Quality.Accuracy(right, measured.Labels.Length, alpha);
        }

        // The positive label is the last one in order: 1 of 0 and 1, true of false and true, "yes" of "no" and "yes".
        var kinds = measured.Labels.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (kinds.Length != 2 || measured.Scores.Any(score => score is null))
        {
            return null;
        }

        ScoredLabel[] sample = [.. measured.Labels.Zip(measured.Scores, (label, score) => new ScoredLabel(label == kinds[1], score!.Value))];
        return rule.Metric switch
        {
            QualityMetric.Auc => Quality.AreaUnderCurve(sample, alpha),
            QualityMetric.Calibration => Quality.Calibration([.. sample.Select(row => row with { Score = Math.Clamp(row.Score, 0, 1) })], alpha),
            _ => Quality.LogLoss([.. sample.Select(row => Math.Clamp(row.IsPositive ? row.Score : 1 - row.Score, 0, 1))], alpha),
        };
    }

    private static string Title(QualityMetric metric) => metric switch
    {
        QualityMetric.Accuracy => "accuracy",
        QualityMetric.Auc => "AUC",
        QualityMetric.Calibration => "calibration",
        _ => "log loss",
    };
}
