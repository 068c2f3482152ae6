using Sluice.Rollouts.Planning;

namespace Sluice.Rollouts.Journal;

/// <summary>A process has ended its run and is about to free the lock.</summary>
/// <param name="Time">When.</param>
/// <param name="Outcome">How its last stage ended; null when an error or a signal ended it.</param>
public sealed record RunEnded(DateTimeOffset Time, Outcome? Outcome) : JournalEvent(Time);
