namespace Sluice.Rollouts.Reporting;

/// <summary>How a rollout ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="Why">Why, in a sentence or two, as the journal has it.</param>
public sealed record ReportEnding(EndingKind Kind, string Why);
