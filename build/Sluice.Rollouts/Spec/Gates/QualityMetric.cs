namespace Sluice.Rollouts.Spec.Gates;

/// <summary>How well answers fit known labels.</summary>
public enum QualityMetric
{
    /// <summary>The share of right labels, 0 to 1; more is better.</summary>
    Accuracy,

    /// <summary>The probability that a positive row is scored above a negative one, 0 to 1; more is better.</summary>
    Auc,

    /// <summary>The mean negative logarithm of the probability given to the right label, in nats; less is better.</summary>
    LogLoss,

    /// <summary>How far the mean score lies from the share of positive rows, 0 to 1; less is better. Scores that drift move it.</summary>
    Calibration,
}
