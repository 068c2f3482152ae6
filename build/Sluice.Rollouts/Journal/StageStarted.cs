using Sluice.Rollouts.Planning;

namespace Sluice.Rollouts.Journal;

/// <summary>A stage began.</summary>
/// <param name="Time">When.</param>
/// <param name="Stage">Which.</param>
public sealed record StageStarted(DateTimeOffset Time, Stage Stage) : JournalEvent(Time);
