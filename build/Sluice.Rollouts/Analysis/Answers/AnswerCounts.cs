using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>Counts answers by their labels. A model may have any number of labels; those beyond a few are counted together.</summary>
public static class AnswerCounts
{
    /// <summary>The labels that are counted by themselves, the most frequent ones; a larger table is read by nobody.</summary>
    public const int MostLabels = 8;

    private const int MostOfLabel = 40;

    /// <summary>Counts the rows of one look by the first label of each answer; answers without one are left out.</summary>
    /// <param name="pairs">The answers of the stable deployment and of the candidate to the same rows.</param>
    public static ImmutableArray<AnswerCount> Of(IEnumerable<(ModelAnswer Stable, ModelAnswer Candidate)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return Of(pairs
            .Where(pair => pair is { Stable.Label: not null, Candidate.Label: not null })
            .Select(pair => new AnswerCount(Shortened.Of(pair.Stable.Label!, MostOfLabel), Shortened.Of(pair.Candidate.Label!, MostOfLabel), 1)));
    }

    /// <summary>Adds counts up, those of the most rows first.</summary>
    public static ImmutableArray<AnswerCount> Of(IEnumerable<AnswerCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var all = counts.ToArray();
        var labels = all
            .SelectMany(count => new[] { (Label: count.Stable, count.Count), (Label: count.Candidate, count.Count) })
            .Where(entry => entry.Label is not null)
            .GroupBy(entry => entry.Label, entry => entry.Count)
            .OrderByDescending(group => group.Sum())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MostLabels)
            .Select(group => group.Key)
            .ToHashSet();
        return
        [
            .. all
                .GroupBy(count => (Stable: Known(count.Stable), Candidate: Known(count.Candidate)), count => count.Count)
                .Select(group => new AnswerCount(group.Key.Stable, group.Key.Candidate, group.Sum()))
                .OrderByDescending(count => count.Count)
                .ThenBy(count => count.Stable, StringComparer.Ordinal)
                .ThenBy(count => count.Candidate, StringComparer.Ordinal),
        ];

        string? Known(string? label) => labels.Contains(label) ? label : null;
    }
}
