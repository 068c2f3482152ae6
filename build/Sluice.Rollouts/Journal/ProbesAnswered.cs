using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Journal;

/// <summary>Probes were sent to a deployment: one look.</summary>
/// <param name="Time">When the last one was answered.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Tally">The counts of this look.</param>
public sealed record ProbesAnswered(DateTimeOffset Time, string Deployment, ProbeTally Tally) : JournalEvent(Time)
{
    /// <summary>
    /// All that the run itself has sent since its look before, oldest first: the platform counts it among what callers send. Empty where
    /// earlier releases counted.
    /// </summary>
    public ImmutableArray<SentCount> Sent
    {
        get => field.IsDefault ? [] : field;
        init;
    }
}
