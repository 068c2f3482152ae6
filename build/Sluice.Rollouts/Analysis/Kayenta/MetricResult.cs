namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>What became of a metric, why, and the numbers that it came of.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Class">What became of it.</param>
/// <param name="Reason">Why, as a sentence with numbers.</param>
/// <param name="Baseline">The baseline's values.</param>
/// <param name="Canary">The canary's values.</param>
/// <param name="Shift">The difference, canary less baseline; null where none was computed.</param>
/// <param name="Effect">Its size by the metric's measure; NaN where there is none.</param>
/// <param name="IsCritical">Whether it makes the whole score 0, should it not have passed.</param>
public sealed record MetricResult(
    CanaryMetric Metric,
    MetricClass Class,
    string Reason,
    ArmSummary Baseline,
    ArmSummary Canary,
    ShiftEstimate? Shift,
    double Effect,
    bool IsCritical);
