using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Answers;

namespace Sluice.Rollouts.Reporting;

/// <summary>What the two versions answered to the same rows, all looks together.</summary>
/// <param name="Compared">The pairs of answers that were compared.</param>
/// <param name="Agreed">Those that were equal.</param>
/// <param name="Labels">The labels, as JSON, in order; empty where the journal has none. A last null stands for all others.</param>
/// <param name="Counts">The rows by what was answered.</param>
/// <param name="Disagreements">Some rows that were answered differently, each once.</param>
public sealed record AgreementMatrix(
    long Compared,
    long Agreed,
    ImmutableArray<string?> Labels,
    ImmutableArray<AnswerCount> Counts,
    ImmutableArray<Disagreement> Disagreements)
{
    private const int MostDisagreements = 10;

    /// <summary>The rows that the stable deployment answered with one label and the candidate with the other.</summary>
    public int this[string? stable, string? candidate] =>
        Counts.FirstOrDefault(count => count.Stable == stable && count.Candidate == candidate)?.Count ?? 0;

    /// <summary>The matrix of some looks; null when nothing was compared.</summary>
    public static AgreementMatrix? Of(IReadOnlyCollection<PairTally> looks)
    {
        ArgumentNullException.ThrowIfNull(looks);
        var compared = looks.Sum(look => (long)look.Compared);
        if (compared == 0)
        {
            return null;
        }

        var counts = AnswerCounts.Of(looks.SelectMany(look => look.Answers));
        return new(
            compared,
            looks.Sum(look => (long)look.Agreed),
            [
                .. counts.SelectMany(count => new[] { count.Stable, count.Candidate }).Distinct()
                    .OrderBy(label => label is null).ThenBy(label => label, StringComparer.Ordinal),
            ],
            counts,
            [.. looks.SelectMany(look => look.Disagreements).DistinctBy(row => row.Row).OrderBy(row => row.Row).Take(MostDisagreements)]);
    }
}
