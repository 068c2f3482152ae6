namespace Sluice.Rollouts.Spec.Gates;

/// <summary>How well the candidate answers rows whose labels are known, asked once, before it gets any traffic.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Sample">The rows and their labels.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Limit">The least that passes; for <see cref="QualityMetric.LogLoss"/> the most.</param>
public sealed record QualityRule(string Name, LabelledSample Sample, QualityMetric Metric, double Limit) : GateRule(Name)
{
    /// <inheritdoc/>
    public override bool IsStatistical => true;
}
