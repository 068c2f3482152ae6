namespace Sluice.Rollouts.Analysis.Measurements;

/// <summary>One try to measure a metric.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Phase">What it means: never <see cref="MetricPhase.Pending"/> or <see cref="MetricPhase.Running"/>.</param>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Sentence">The value against its condition, or why there is none.</param>
public sealed record Measurement(DateTimeOffset At, MetricPhase Phase, double? Value, string Sentence)
{
    /// <summary>A try that brought no value.</summary>
    /// <param name="at">When it ended.</param>
    /// <param name="why">Why, as a sentence.</param>
    public static Measurement Error(DateTimeOffset at, string why) => new(at, MetricPhase.Error, Value: null, why);
}
