using System.Text;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>A journal that somebody else, a later version or a torn write has left.</summary>
[Category("Fuzz")]
internal sealed class JournalFuzzTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly RolloutMark Mark = new("r1", "default", "green-2", RolloutStatus.Canary);

    private static readonly JournalEvent[] Events =
    [
        new RunStarted(Noon, [Stage.Canary, Stage.Promote], "green-2", new("agent", 7, Noon), Unfinished: null) { Rollout = "r1" },
        new StageStarted(Noon, Stage.Canary),
        new TrafficSeen(Noon, Traffic.AllTo("default").Percents),
        new SmokeTested(Noon, "green-2", new Verdict(VerdictKind.Pass, "It answered.")),
        new ActionStarted(Noon, "set traffic", "The step is 10 %."),
        new WriteIntended(Noon, Traffic.Split("default", "green-2", 10).Percents, Mark, "The step is 10 %."),
        new TrafficWritten(Noon, Traffic.Split("default", "green-2", 10).Percents, Mark, "The step is 10 %."),
        new ActionFinished(Noon, "set traffic", TimeSpan.FromSeconds(2)),
        new ProbesAnswered(Noon, "green-2", new ProbeTally(10, 1, "500: no")),
        new MarkWritten(Noon, Mark, "It begins."),
        new StageFinished(Noon, Stage.Canary, Outcome.Held, "Somebody else changed the traffic."),
        new RunEnded(Noon, Outcome.Held),
    ];

    [Test]
    public async Task Any_line_is_an_event_or_told_and_passed_over()
    {
        var fuzzer = new DocumentFuzzer(new JsonLinesSyntax(), Encoding.UTF8.GetString(JournalFormat.Write(Events)));

        await new FuzzRun<FuzzDocument>("journal lines", random => new FuzzDocument(fuzzer.Next(random)), Read).RunAsync(leastRead: 0.6);
    }

    private static Reach Read(FuzzDocument document)
    {
        var reading = JournalFormat.Read(document.Bytes);
        var lines = document.Bytes.Count(octet => octet == (byte)'\n') + 1;
        _ = (reading.OpenRun, reading.LatestRolloutOf("green-2"));
        foreach (var line in reading.Unreadable)
        {
            FindingException.ThrowUnlessSentence(line.Why);
            FindingException.ThrowUnless(line.Number >= 1 && line.Number <= lines, "A line is told that is not there.");
        }

        var again = JournalFormat.Read(JournalFormat.Write(reading.Events));
        FindingException.ThrowUnless(
            again.Unreadable.IsEmpty && again.Events.Count == reading.Events.Count, "What was read cannot be written and read again.");
        return reading.Unreadable.IsEmpty ? Reach.Accepted : reading.Events.Count > 0 ? Reach.Judged : Reach.Unparsed;
    }
}
