using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Journal;

/// <summary>Rows were sent to both deployments, whatever the traffic says.</summary>
/// <param name="Time">When the last one was answered.</param>
/// <param name="Stable">The stable deployment.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Tally">What came back.</param>
public sealed record PairsAnswered(DateTimeOffset Time, string Stable, string Candidate, PairTally Tally) : JournalEvent(Time);
