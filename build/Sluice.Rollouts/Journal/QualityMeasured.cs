using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Journal;

/// <summary>The candidate was asked rows whose labels are known.</summary>
/// <param name="Time">When the last one was answered.</param>
/// <param name="Gate">The gate's name.</param>
/// <param name="Deployment">The candidate.</param>
/// <param name="Labels">The right label of each row, as JSON.</param>
/// <param name="Answers">
/// Which of the sample's labels each row was answered with, as <paramref name="Labels"/> has it; null where the answer was a failure, or is none of them.
/// </param>
/// <param name="Scores">The score that each row was answered with; null where there was none.</param>
public sealed record QualityMeasured(
    DateTimeOffset Time,
    string Gate,
    string Deployment,
    ImmutableArray<string> Labels,
    ImmutableArray<string?> Answers,
    ImmutableArray<double?> Scores) : JournalEvent(Time)
{
    /// <summary>The requests, one for each row; null where earlier releases did not count those that failed.</summary>
    public ProbeTally? Requests { get; init; }
}
