using System.Globalization;
using Sluice.Rollouts.Analysis.Answers;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Judges the candidate's answers to rows whose labels are known. Asked once, so that its limits need not hold at many looks.</summary>
internal static class QualityGate
{
    /// <summary>How far a probability may lie outside 0 to 1: models count with numbers of seven digits.</summary>
    private const double Rounding = 1e-6;

    /// <summary>The distance from 1 to the next larger double.</summary>
    private static readonly double Precision = Math.BitIncrement(1.0) - 1;

    /// <summary>Asks the gate.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="alpha">The probability of a false Fail that it may use up, above 0 and below 1.</param>
    public static GateReport Judge(QualityRule rule, CandidateEvidence evidence, double alpha)
    {
        if (evidence.QualityOf(rule.Name) is not { } measured)
        {
            return new(rule.Name, VerdictKind.NoData, $"the candidate has not been asked the rows of {rule.Sample.Path}", IsConclusive: false, Numbers.Of());
        }

        var rows = measured.Labels.Length;
        var obstacle = Obstacle(rule.Metric, measured);
        if (obstacle is not null || EstimateOf(rule, measured, alpha) is not { } estimate)
        {
            obstacle ??= $"the sample has too few rows of one label; {Title(rule.Metric)} needs two of each";
            return new(rule.Name, VerdictKind.Error, obstacle, IsConclusive: false, Numbers.Of(("rows", rows)));
        }

        var (value, limits) = estimate;
        var isLess = rule.IsLessBetter;
        var numbers = Numbers.Of(("rows", rows), ("value", value), ("lower", limits.Lower), ("upper", limits.Upper), ("limit", rule.Limit));
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{Title(rule.Metric)} {value:0.000} on {rows} labelled rows, {limits.Lower:0.000} to {limits.Upper:0.000}; "
            + $"{(isLess ? "at most" : "at least")} {rule.Limit:0.###} is needed");
        if (FailuresOf(measured) is { } failures)
        {
            sentence += $"; {failures}";
        }

        if (rule.Metric == QualityMetric.LogLoss)
        {
            sentence += string.Create(CultureInfo.InvariantCulture, $"; no row counts for more than {Quality.LargestLogLoss:0.00}");
        }

        var isBad = isLess ? limits.Lower > rule.Limit : limits.Upper < rule.Limit;
        var isProven = isLess ? limits.Upper <= rule.Limit : limits.Lower >= rule.Limit;
        var isReached = isLess ? value <= rule.Limit : value >= rule.Limit;

        // What is beyond the largest loss may be what decides: a model that is certain and wrong.
        if (isReached && rule.Metric == QualityMetric.LogLoss && UncutLogLoss(rule, measured) is var uncut && uncut > rule.Limit)
        {
            var more = string.Create(CultureInfo.InvariantCulture, $"; with nothing cut off it is {uncut:0.000}");
            return new(rule.Name, VerdictKind.Inconclusive, sentence + more, IsConclusive: false, numbers);
        }

        return isBad ? new(rule.Name, VerdictKind.Fail, sentence, IsConclusive: true, numbers)
            : isReached ? new(rule.Name, VerdictKind.Pass, sentence, isProven, numbers)
            : new(rule.Name, VerdictKind.Inconclusive, sentence, IsConclusive: false, numbers);
    }

    /// <summary>Why a metric can't be measured by such answers; null when it can.</summary>
    private static string? Obstacle(QualityMetric metric, QualityMeasured measured)
    {
        var rows = measured.Labels.Length;
        if (metric == QualityMetric.Accuracy)
        {
            // A model that fails at each row answers nothing, and is as bad as that. One that answers scores is asked the wrong question.
            var isScored = measured.Scores.Any(score => score is not null);
            return isScored && !LabelsOf(measured).Any(answer => answer is not null && measured.Labels.Any(label => ModelAnswer.IsSameLabel(answer, label)))
                ? $"none of {rows} answers is one of the sample's labels; accuracy needs an answer with a label"
                : null;
        }

        var kinds = KindsOf(measured);
        var scoreless = measured.Scores.Count(score => score is null);
        return FailuresOf(measured) is { } failures ? $"{failures}; {Title(metric)} needs a score of each row"
            : kinds.Length != 2 ? $"the sample has labels of {kinds.Length} {(kinds.Length == 1 ? "kind" : "kinds")}; {Title(metric)} needs two"
            : scoreless > 0 ? $"{scoreless} of {rows} answers have no score, which is a number with a fraction; {Title(metric)} needs one"
            : metric != QualityMetric.Auc && measured.Scores.FirstOrDefault(score => score is < -Rounding or > 1 + Rounding) is { } outside
                ? string.Create(CultureInfo.InvariantCulture, $"an answer's score is {outside}; {Title(metric)} needs probabilities, 0 to 1")
                : null;
    }

    /// <summary>How many requests failed, and what the first failure said; null when none did, or nobody counted them.</summary>
    private static string? FailuresOf(QualityMeasured measured) =>
        measured.Requests is { Failed: > 0 } requests ? $"{requests.Failed} of {requests.Sent} requests failed: {requests.FirstFailure}" : null;

    /// <summary>The label of each answer; of a model that answers its labels as numbers with a fraction, as 1.0, that number.</summary>
    private static IEnumerable<string?> LabelsOf(QualityMeasured measured) => measured.Answers.Any(answer => answer is not null)
        ? measured.Answers
        : measured.Scores.Select(score => score?.ToString(CultureInfo.InvariantCulture));

    private static string[] KindsOf(QualityMeasured measured) => [.. measured.Labels.Distinct().Order(StringComparer.Ordinal)];

    private static Estimate? EstimateOf(QualityRule rule, QualityMeasured measured, double alpha)
    {
        if (rule.Metric == QualityMetric.Accuracy)
        {
            var right = measured.Labels.Zip(LabelsOf(measured)).Count(row => row.Second is { } answer && ModelAnswer.IsSameLabel(answer, row.First));
            return Quality.Accuracy(right, measured.Labels.Length, alpha);
        }

        var sample = SampleOf(rule, measured);
        return rule.Metric switch
        {
            QualityMetric.Auc => Quality.AreaUnderCurve(sample, alpha),
            QualityMetric.Calibration => Quality.Calibration([.. sample.Select(row => row with { Score = Math.Clamp(row.Score, 0, 1) })], alpha),
            _ => Quality.LogLoss([.. ProbabilitiesOfTruth(sample)], alpha),
        };
    }

    /// <summary>
    /// The log loss in nats as it is usually counted, a row that is certain and wrong as 36: scikit-learn's log_loss takes no probability for
    /// less than what a double tells from 0 beside 1.
    /// </summary>
    private static double UncutLogLoss(QualityRule rule, QualityMeasured measured) =>
        ProbabilitiesOfTruth(SampleOf(rule, measured)).Average(probability => -Math.Log(Math.Max(probability, Precision)));

    private static IEnumerable<double> ProbabilitiesOfTruth(IEnumerable<ScoredLabel> sample) =>
        sample.Select(row => Math.Clamp(row.IsPositive ? row.Score : 1 - row.Score, 0, 1));

    /// <summary>
    /// Each row's score and whether its label is the positive one. Where the sample does not say it, that is the last one in order: 1 of 0 and
    /// 1, true of false and true, "yes" of "no" and "yes".
    /// </summary>
    private static ScoredLabel[] SampleOf(QualityRule rule, QualityMeasured measured)
    {
        var positive = rule.Sample.Positive ?? KindsOf(measured)[^1];
        return [.. measured.Labels.Zip(measured.Scores, (label, score) => new ScoredLabel(label == positive, score!.Value))];
    }

    private static string Title(QualityMetric metric) => metric switch
    {
        QualityMetric.Accuracy => "accuracy",
        QualityMetric.Auc => "AUC",
        QualityMetric.Calibration => "calibration",
        _ => "log loss",
    };
}
