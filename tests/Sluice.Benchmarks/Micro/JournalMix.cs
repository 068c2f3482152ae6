using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;

namespace Sluice.Benchmarks.Micro;

/// <summary>Journals of any length with a rollout's mix of events.</summary>
internal static class JournalMix
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The first events of such a journal, one each second; the candidate is green-2.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<JournalEvent> Of(int count) => [.. Enumerable.Range(0, count).Select(Event)];

    /// <summary>A rollout's mix: looks with pairs and judgements, and the actions around them.</summary>
    private static JournalEvent Event(int index)
    {
        var time = Noon.AddSeconds(index);
        JournalEvent happened = (index % 5) switch
        {
            0 => new ActionStarted(time, "send 20 rows to default and green-2", "green-2 bakes at 10 %."),
            1 => new ProbesAnswered(time, "green-2", new(20, 0, null)),
            2 => new PairsAnswered(time, "default", "green-2", Pairs),
            3 => new GatesJudged(time, 10, [new("errors", VerdictKind.Pass, "0 of 400 requests failed on the candidate", false, Numbers)]),
            _ => new ActionFinished(time, "send 20 rows to default and green-2", TimeSpan.FromSeconds(0.4)),
        };
        return happened with { Rollout = $"20260105-120000-{index / 1_000:x6}", Actor = "https://github.com/owner/repo/actions/runs/1 (somebody)" };
    }

    private static PairTally Pairs { get; } = new(
        20,
        0,
        0,
        0,
        20,
        18,
        [.. Enumerable.Range(0, 20).Select(index => 10 + (index * 0.125))],
        [.. Enumerable.Range(0, 20).Select(index => 11 + (index * 0.125))],
        [.. Enumerable.Range(0, 20).Select(index => index / 20.0)],
        [.. Enumerable.Range(0, 20).Select(index => index / 21.0)],
        []);

    private static ImmutableSortedDictionary<string, double> Numbers { get; } =
        ImmutableSortedDictionary<string, double>.Empty.Add("failLogE", -1.25).Add("passLogE", 0.5).Add("threshold", 4.61);
}
