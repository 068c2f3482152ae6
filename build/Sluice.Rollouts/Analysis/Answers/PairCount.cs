using System.Globalization;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Analysis.Answers;

/// <summary>Counts the pairs of one look.</summary>
public static class PairCount
{
    private const int MostDisagreements = 5;
    private const int MostOfAnswer = 120;

    /// <summary>Digits of a score that are kept: scores may be as small as they like, so they are not those behind the point.</summary>
    private const string Digits = "G7";

    /// <summary>Counts pairs.</summary>
    /// <param name="pairs">Each row's number, from 1, and what came back; an answer with a fault in words is a failure.</param>
    /// <param name="replay">How answers are compared.</param>
    public static PairTally Of(IReadOnlyList<(int Row, JudgedAnswer Stable, JudgedAnswer Candidate)> pairs, ReplaySpec replay)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(replay);
        var answered = pairs
            .Where(pair => pair is { Stable.Fault: null, Candidate.Fault: null })
            .Select(pair => (
                pair.Row,
                Stable: pair.Stable.Answer,
                Candidate: pair.Candidate.Answer,
                One: ModelAnswer.Read(pair.Stable.Answer.Body, replay),
                Other: ModelAnswer.Read(pair.Candidate.Answer.Body, replay)))
            .ToArray();
        var agreement = answered.Select(pair => pair.One.Agrees(pair.Other, replay.ScoreTolerance)).ToArray();
        var scored = answered.Where(pair => pair is { One.Score: not null, Other.Score: not null }).ToArray();
        return new(
            pairs.Count,
            pairs.Count(pair => pair is { Stable.Fault: not null, Candidate.Fault: null }),
            pairs.Count(pair => pair is { Stable.Fault: null, Candidate.Fault: not null }),
            pairs.Count(pair => pair is { Stable.Fault: not null, Candidate.Fault: not null }),
            agreement.Count(agrees => agrees is not null),
            agreement.Count(agrees => agrees is true),
            [.. answered.Select(pair => Milliseconds(pair.Stable))],
            [.. answered.Select(pair => Milliseconds(pair.Candidate))],
            [.. scored.Select(pair => Rounded(pair.One.Score!.Value))],
            [.. scored.Select(pair => Rounded(pair.Other.Score!.Value))],
            [
                .. answered.Zip(agreement).Where(pair => pair.Second is false).Take(MostDisagreements)
                    .Select(pair => new Disagreement(
                        pair.First.Row,
                        Shortened.Of(pair.First.Stable.Body, MostOfAnswer),
                        Shortened.Of(pair.First.Candidate.Body, MostOfAnswer))),
            ])
        {
            Answers = AnswerCounts.Of(answered.Select(pair => (pair.One, pair.Other))),
        };
    }

    private static double Rounded(double score) =>
        double.Parse(score.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Milliseconds(ScoringAnswer answer) => Math.Round(answer.Latency.TotalMilliseconds, 3);
}
