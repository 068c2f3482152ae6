namespace Sluice.Rollouts.Spec.Gates;

/// <summary>How well the candidate answers rows whose labels are known, asked once, before it gets any traffic.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Sample">The rows and their labels.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Limit">The least that passes; for a metric of which less is better, the most.</param>
public sealed record QualityRule(string Name, LabelledSample Sample, QualityMetric Metric, double Limit) : GateRule(Name)
{
    /// <summary>Whether less of the metric is better.</summary>
    public bool IsLessBetter => IsLessBetterOf(Metric);

    /// <inheritdoc/>
    public override bool HasOwnSource => true;

    /// <inheritdoc/>
    public override bool IsStatistical => true;

    /// <summary>Whether less of a metric is better.</summary>
    public static bool IsLessBetterOf(QualityMetric metric) => metric is QualityMetric.LogLoss or QualityMetric.Calibration;
}
