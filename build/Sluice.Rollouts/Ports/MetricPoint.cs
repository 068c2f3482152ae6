namespace Sluice.Rollouts.Ports;

/// <summary>One point of a metric.</summary>
/// <param name="Start">The start of the time that it covers.</param>
/// <param name="Value">The value, in the metric's unit.</param>
public sealed record MetricPoint(DateTimeOffset Start, double Value);
