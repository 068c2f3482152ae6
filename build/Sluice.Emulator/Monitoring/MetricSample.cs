namespace Sluice.Emulator.Monitoring;

/// <summary>A value that a deployment gave in a minute.</summary>
/// <param name="Minute">The minute's first moment.</param>
/// <param name="Value">The value.</param>
/// <param name="Weight">How many observations the value is the mean of; null for a count, whose samples of one minute add up.</param>
/// <param name="Dimensions">The value of each dimension, by its name.</param>
internal sealed record MetricSample(DateTimeOffset Minute, double Value, int? Weight, IReadOnlyDictionary<string, string> Dimensions);
