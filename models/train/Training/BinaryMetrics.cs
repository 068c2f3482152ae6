namespace HeartClassifier.Trainer.Training;

/// <summary>How well predictions meet the truth.</summary>
/// <param name="Auc">Area under the ROC curve: the chance that a positive row is ranked above a negative one; ties count half.</param>
/// <param name="Accuracy">Share of the rows with the right label.</param>
/// <param name="LogLoss">Mean negative log-likelihood in nats, probabilities clipped to [1e-7, 1 − 1e-7].</param>
/// <param name="Recall">Share of the positive rows that are found.</param>
internal sealed record BinaryMetrics(double Auc, double Accuracy, double LogLoss, double Recall)
{
    private const double Clip = 1e-7;

    /// <summary>Compares predictions with the truth, row by row; both labels must occur.</summary>
    public static BinaryMetrics Of(IReadOnlyList<bool> truth, IReadOnlyList<Prediction> predictions)
    {
        var pairs = truth.Zip(predictions).ToList();
        var positives = pairs.Where(pair => pair.First).Select(pair => pair.Second).ToList();
        var negatives = pairs.Where(pair => !pair.First).Select(pair => pair.Second).ToList();
        if (positives.Count == 0 || negatives.Count == 0)
        {
            throw new ArgumentException("The rows have only one label; AUC and recall need both.", nameof(truth));
        }

        return new BinaryMetrics(
            Auc: positives.Average(p => negatives.Average(n => (Math.Sign(p.Probability - n.Probability) + 1) / 2.0)),
            Accuracy: pairs.Average(pair => pair.First == pair.Second.Target ? 1.0 : 0.0),
            LogLoss: pairs.Average(pair => -Math.Log(Likelihood(pair.First, pair.Second.Probability))),
            Recall: positives.Average(p => p.Target ? 1.0 : 0.0));
    }

    private static double Likelihood(bool truth, double probability) =>
        Math.Clamp(truth ? probability : 1 - probability, Clip, 1 - Clip);
}
