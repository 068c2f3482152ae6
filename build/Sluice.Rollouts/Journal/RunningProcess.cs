namespace Sluice.Rollouts.Journal;

/// <summary>A process, told from all others there are and were, so that somebody on the same machine can see whether it still runs.</summary>
/// <param name="Machine">The machine and, where processes are numbered anew in containers, the container.</param>
/// <param name="Id">The process's number there.</param>
/// <param name="Started">When it was started, by the wall clock: numbers are used again.</param>
public sealed record RunningProcess(string Machine, int Id, DateTimeOffset Started)
{
    /// <summary>
    /// The same in the system's ticks since it booted, which no change of the wall clock moves; null where the system does not count them, and
    /// in journals of earlier releases.
    /// </summary>
    public long? StartTick { get; init; }
}
