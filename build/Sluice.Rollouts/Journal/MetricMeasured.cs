namespace Sluice.Rollouts.Journal;

/// <summary>A gate's metric was measured.</summary>
/// <param name="Time">When.</param>
/// <param name="Gate">The gate's name.</param>
/// <param name="Value">The value, in the metric's unit; null when there was none.</param>
/// <param name="Fault">Why there was none; null when there was one.</param>
public sealed record MetricMeasured(DateTimeOffset Time, string Gate, double? Value, string? Fault) : JournalEvent(Time);
