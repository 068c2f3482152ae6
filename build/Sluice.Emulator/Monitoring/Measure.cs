using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Monitoring;

/// <summary>Reads the samples of one metric out of a deployment's minute.</summary>
/// <param name="deployment">The deployment's name.</param>
/// <param name="minute">The minute.</param>
/// <returns>The samples; none when the minute says nothing about the metric.</returns>
internal delegate IEnumerable<MetricSample> Measure(string deployment, MetricsMinute minute);
