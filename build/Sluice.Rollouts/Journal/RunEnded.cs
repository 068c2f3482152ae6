using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;

namespace Sluice.Rollouts.Journal;

/// <summary>A process has ended its run and is about to free the lock.</summary>
/// <param name="Time">When.</param>
/// <param name="Outcome">How its last stage ended; null when an error or a signal ended it.</param>
public sealed record RunEnded(DateTimeOffset Time, Outcome? Outcome) : JournalEvent(Time)
{
    /// <summary>What a person might do next when the run ended; null in journals of earlier releases.</summary>
    public IReadOnlyList<NextStep>? Next { get; init; }
}
