using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Journal;

/// <summary>Probes were sent to a deployment: one look.</summary>
/// <param name="Time">When the last one was answered.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Tally">The counts of this look.</param>
public sealed record ProbesAnswered(DateTimeOffset Time, string Deployment, ProbeTally Tally) : JournalEvent(Time)
{
    /// <summary>
    /// All that the run itself has sent since its look before, by minute and deployment and without latencies: the platform counts it among
    /// what callers send. Empty where earlier releases counted.
    /// </summary>
    public ImmutableArray<TrafficMinute> Sent
    {
        get => field.IsDefault ? [] : field;
        init;
    }
}
