namespace Sluice.Emulator.Monitoring;

/// <summary>A metric of Azure Monitor.</summary>
/// <param name="Name">Its name in requests, for example <c>RequestsPerMinute</c>.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Description">What it says, in a sentence.</param>
/// <param name="Unit">A unit of Azure Monitor: <c>Count</c>, <c>MilliSeconds</c>, <c>Percent</c> and so on.</param>
/// <param name="Measure">What it is made of here; null when the local Azure ML does not measure it, and shows it without a series.</param>
/// <param name="Dimensions">The dimensions that it can be split by.</param>
internal sealed record MetricDefinition(
    string Name, string DisplayName, string Description, string Unit, Measure? Measure, params IReadOnlyList<string> Dimensions);
