using System.Collections.Immutable;
using Sluice.Rollouts.Analysis.Answers;

namespace Sluice.Rollouts.Analysis;

/// <summary>
/// Pairs of one look: the same row sent to the stable deployment and to the candidate. All that gates ask of them is in it, so that a
/// journal alone gives the same verdicts again.
/// </summary>
/// <param name="Sent">Pairs sent.</param>
/// <param name="OnlyStableFailed">Pairs of which the stable deployment alone failed.</param>
/// <param name="OnlyCandidateFailed">Pairs of which the candidate alone failed.</param>
/// <param name="BothFailed">Pairs of which both failed; they tell nothing about the difference.</param>
/// <param name="Compared">Pairs of answers with something in them to compare, at most those that neither failed.</param>
/// <param name="Agreed">Pairs of answers that were equal, at most <paramref name="Compared"/>.</param>
/// <param name="StableMilliseconds">The stable deployment's latencies where neither failed.</param>
/// <param name="CandidateMilliseconds">The candidate's latencies, of the same pairs in the same order.</param>
/// <param name="StableScores">The stable deployment's scores where both answers have one.</param>
/// <param name="CandidateScores">The candidate's scores, of the same pairs in the same order.</param>
/// <param name="Disagreements">Some rows that were answered differently, for people to look at.</param>
public sealed record PairTally(
    int Sent,
    int OnlyStableFailed,
    int OnlyCandidateFailed,
    int BothFailed,
    int Compared,
    int Agreed,
    ImmutableArray<double> StableMilliseconds,
    ImmutableArray<double> CandidateMilliseconds,
    ImmutableArray<double> StableScores,
    ImmutableArray<double> CandidateScores,
    ImmutableArray<Disagreement> Disagreements)
{
    /// <summary>The rows that neither failed by what the two answered, for people to look at; empty where earlier releases counted.</summary>
    public ImmutableArray<AnswerCount> Answers
    {
        get => field.IsDefault ? [] : field;
        init;
    }
}
