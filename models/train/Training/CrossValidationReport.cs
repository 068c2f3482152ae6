using System.Globalization;
using System.Text;

namespace HeartClassifier.Trainer.Training;

/// <summary>
/// Writes the cross-validation of two versions as a Markdown table: each one's mean and spread, and the paired difference.
/// </summary>
internal static class CrossValidationReport
{
    private static readonly IReadOnlyList<(string Name, Func<BinaryMetrics, double> Of, bool HigherIsBetter)> Metrics =
    [
        ("AUC", metrics => metrics.Auc, true),
        ("accuracy", metrics => metrics.Accuracy, true),
        ("log loss (nats)", metrics => metrics.LogLoss, false),
        ("recall at 0.5", metrics => metrics.Recall, true),
    ];

    /// <summary>Both lists hold the metrics on the same folds, in the same order.</summary>
    public static string ToMarkdown(IReadOnlyList<BinaryMetrics> v1, IReadOnlyList<BinaryMetrics> v2)
    {
        var table = new StringBuilder();
        table.Append("| | v1 | v2 | v2 − v1 | v2 better in |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (name, of, higherIsBetter) in Metrics)
        {
            var first = v1.Select(of).ToList();
            var second = v2.Select(of).ToList();
            var differences = second.Zip(first, (after, before) => after - before).ToList();
            var better = differences.Count(difference => higherIsBetter ? difference > 0 : difference < 0);
            var change = differences.Average().ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {Spread(first)} | {Spread(second)} | ")
                .Append(CultureInfo.InvariantCulture, $"{change} | {better} of {differences.Count} folds |\n");
        }

        return table.ToString();
    }

    /// <summary>Mean ± standard deviation from fold to fold.</summary>
    private static string Spread(List<double> values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {deviation:0.000}");
    }
}
