using Sluice.Rollouts.Planning;

namespace Sluice.Rollouts.Journal;

/// <summary>A stage ended.</summary>
/// <param name="Time">When.</param>
/// <param name="Stage">Which.</param>
/// <param name="Outcome">How.</param>
/// <param name="Why">Why, in one sentence.</param>
public sealed record StageFinished(DateTimeOffset Time, Stage Stage, Outcome Outcome, string Why) : JournalEvent(Time);
