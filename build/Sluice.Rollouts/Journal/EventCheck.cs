using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>Whether the numbers of an event can be: whoever reads the journal relies on them.</summary>
internal static class EventCheck
{
    /// <summary>The event, when all of it can be.</summary>
    /// <exception cref="ArgumentException">A weight is below 0 or above 100, a count is negative, or a list does not go with another one.</exception>
    public static JournalEvent? Passed(JournalEvent? happened)
    {
        switch (happened)
        {
            case TrafficWritten written:
                Check(written.Traffic);
                Check(written.Mirror);
                break;
            case TrafficSeen seen:
                Check(seen.Traffic);
                Check(seen.Mirror);
                break;
            case TrafficKnown known:
                Check(known.Traffic);
                break;
            case WriteIntended intended:
                Check(intended.Traffic);
                Check(intended.Mirror);
                break;
            case ProbesAnswered { Tally: var tally } probes:
                Check(tally.Failed >= 0 && tally.Failed <= tally.Sent && probes.Sent.All(sent => sent is { Deployment: not null, Class: not null, Count: >= 0 }));
                break;
            case PairsAnswered { Tally: var tally }:
                Check(tally);
                break;
            case TrafficRead read:
                Check(read.From < read.To && read.Minutes.All(IsPossible));
                break;
            case GatesJudged judged:
                Check(!judged.Reports.Contains(null!));
                break;
            case RunStarted { Configuration: { } configuration }:
                Check(!configuration.Contains(null!));
                break;
            case RunEnded { Next: { } next }:
                Check(!next.Contains(null!));
                break;
            case QualityMeasured measured:
                Check(!measured.Labels.IsEmpty
                    && measured.Labels.Length == measured.Answers.Length
                    && measured.Labels.Length == measured.Scores.Length
                    && measured.Scores.All(score => score is null || double.IsFinite(score.Value))
                    && measured.Requests is not ({ Failed: < 0 } or { FirstFailure: null, Failed: > 0 })
                    && !(measured.Requests?.Failed > measured.Requests?.Sent));
                break;
        }

        return happened;
    }

    private static bool IsPossible(TrafficMinute? minute) =>
        minute is not null && minute.Answers.Values.All(answers => answers >= 0) && minute.LatencyMilliseconds.Values.All(latency => double.IsFinite(latency) && latency >= 0);

    private static void Check(PairTally tally)
    {
        int[] parts = [tally.OnlyStableFailed, tally.OnlyCandidateFailed, tally.BothFailed, tally.Compared, tally.Agreed];
        Check(parts.All(part => part >= 0)
            && (long)tally.OnlyStableFailed + tally.OnlyCandidateFailed + tally.BothFailed <= tally.Sent
            && tally.Agreed <= tally.Compared
            && tally.Compared <= tally.Sent
            && tally.Answers.All(answers => answers is { Count: > 0 })
            && !tally.Disagreements.Contains(null!)
            && tally.Answers.Sum(answers => (long)answers.Count) <= tally.Sent
            && tally.StableMilliseconds.Length == tally.CandidateMilliseconds.Length
            && tally.StableScores.Length == tally.CandidateScores.Length
            && tally.StableMilliseconds.Concat(tally.CandidateMilliseconds).All(latency => double.IsFinite(latency) && latency >= 0)
            && tally.StableScores.Concat(tally.CandidateScores).All(double.IsFinite));
    }

    private static void Check(IReadOnlyDictionary<string, int>? percents)
    {
        if (percents is not null)
        {
            _ = Traffic.Of(percents);
        }
    }

    private static void Check(bool isPossible)
    {
        if (!isPossible)
        {
            throw new ArgumentException("The numbers of the event can't be.");
        }
    }
}
