using System.Collections.Immutable;
using System.Text;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class JournalFormatTests
{
    private static readonly RolloutMark Mark = new("r-1", "default", "green-2", RolloutStatus.FinalBake);
    private static readonly SortedDictionary<string, int> Split = new() { ["default"] = 90, ["green-2"] = 10 };

    /// <summary>Events of all kinds, in no order that a rollout would write them in.</summary>
    public static readonly JournalEvent[] OneOfEach =
    [
        new RunStarted(Noon, [Stage.Canary, Stage.Promote], "digest", new("machine", 7, Noon), null),
        new RunStarted(Noon, [Stage.Canary], "digest", new("machine", 7, Noon), null)
        {
            Commit = "0123456789abcdef0123456789abcdef01234567",
            Configuration = [new("Steps", "10 % for 5m")],
        },
        new StageStarted(Noon, Stage.Canary),
        new TrafficSeen(Noon, Split),
        new TrafficSeen(Noon, Split) { Mirror = Split },
        new MarkSeen(Noon, null),
        new Adopted(Noon, Split, Mark),
        new Approved(Noon, ApprovalScope.Promote),
        new ActionStarted(Noon, "shift", "because \"it\" passed\n— really"),
        new WriteIntended(Noon, Split, Mark, "why"),
        new WriteIntended(Noon, null, Mark, "why"),
        new TrafficWritten(Noon, Split, null, "why"),
        new MarkWritten(Noon, Mark, "why"),
        new ActionFinished(Noon, "shift", TimeSpan.FromSeconds(1.5)),
        new ActionFailed(Noon, "shift", "no"),
        new ForeignChangeMet(Noon, "shift", "somebody"),
        new SmokeTested(Noon, "green-2", new(VerdictKind.NoData, "nothing")),
        new ProbesAnswered(Noon, "green-2", new(10, 1, "HTTP 500")),
        new WriteIntended(Noon, Split, Mark, "why") { Mirror = Split },
        new TrafficWritten(Noon, Split, Mark, "why") { Mirror = Split },
        new PairsAnswered(Noon, "default", "green-2", new(3, 1, 0, 0, 2, 1, [1.5, 2], [3, 4], [0.25], [0.5], [new(2, "[1]", "[0]")])),
        new PairsAnswered(Noon, "default", "green-2", new(3, 0, 0, 0, 3, 2, [], [], [], [], []) { Answers = [new("1", null, 2), new("0", "1", 1)] }),
        new TrafficRead(Noon, Noon, Noon.AddMinutes(1), [InMemoryTelemetry.Minute(Noon, "green-2", good: 7, failed: 1)]),
        new TelemetryFailed(Noon, "no"),
        new MetricMeasured(Noon, "cpu", 0.5, null),
        new WebhookAnswered(Noon, "judge", 204, ""),
        new QualityMeasured(Noon, "quality", "green-2", ["1", "0"], ["1", null], [0.75, null]) { Requests = new(2, 1, "HTTP 424") },
        new GatesJudged(Noon, 10, [
            new("errors", VerdictKind.Inconclusive, "why", false, ImmutableSortedDictionary<string, double>.Empty.Add("logE", -1.5)) { ObserveOnly = true },
        ]),
        new NotificationIntended(Noon, "teams TEAMS_WEBHOOK", "completed"),
        new NotificationEnded(Noon, "teams TEAMS_WEBHOOK", "completed", null),
        new StageFinished(Noon, Stage.Canary, Outcome.RolledBack, "why"),
        new RunEnded(Noon, null),
    ];

    private static IEnumerable<Type> Kinds =>
        typeof(JournalEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JournalEvent)) && !type.IsAbstract);

    [Test]
    public void Every_kind_of_event_is_read_as_it_was_written()
    {
        var written = OneOfEach.Select(happened => happened with { Rollout = "r-1", Actor = "somebody on a machine" }).ToArray();

        var lines = JournalFormat.Write(written);
        var reading = JournalFormat.Read(lines);

        Assert.Multiple(() =>
        {
            Assert.That(OneOfEach.Select(happened => happened.GetType()).Distinct(), Is.EquivalentTo(Kinds), "one of each kind");
            Assert.That(reading.Unreadable, Is.Empty);
            Assert.That(JournalFormat.Write(reading.Events), Is.EqualTo(lines));
            Assert.That(reading.Events.Select(happened => happened.GetType()), Is.EqualTo(written.Select(happened => happened.GetType())));
        });
    }

    [Test]
    public void As_many_events_go_at_once_as_the_store_takes_and_each_of_them_is_read_back()
    {
        var look = new QualityMeasured(
            Noon, "quality", "green-2", [.. Enumerable.Repeat("1", 10_000)], [.. Enumerable.Repeat("1", 10_000)], [.. Enumerable.Repeat<double?>(0.123456789, 10_000)]);
        var left = Enumerable.Repeat<JournalEvent>(look, 40).ToList();
        var appended = new List<byte>();
        var times = 0;

        for (; left.Count > 0; times++)
        {
            var (lines, count) = JournalFormat.WriteFitting(left);
            Assert.That(lines, Has.Length.LessThanOrEqualTo(JournalFormat.MostBytes));
            appended.AddRange(lines);
            left.RemoveRange(0, count);
        }

        Assert.That(times, Is.InRange(2, 20));
        Assert.That(JournalFormat.Read(appended.ToArray()).Events, Has.Count.EqualTo(40));
    }

    [Test]
    public void A_line_says_its_kind_its_version_when_and_who() =>
        Assert.That(
            Encoding.UTF8.GetString(JournalFormat.Write([new StageStarted(Noon, Stage.Canary) { Rollout = "r-1", Actor = "me" }])),
            Is.EqualTo("""{"type":"stage-started","v":1,"rollout":"r-1","actor":"me","stage":"canary","time":"2026-01-05T12:00:00+00:00"}""" + "\n"));

    [Test]
    public void What_earlier_releases_wrote_lacks_what_later_ones_added_and_is_read_all_the_same()
    {
        const string Old = """
            {"type":"run-started","v":1,"rollout":"r-1","actor":"me","stages":["canary"],"candidate":"digest","process":{"machine":"m","id":1,"started":"2026-01-05T12:00:00Z"},"unfinished":null,"time":"2026-01-05T12:00:00Z"}
            {"type":"pairs-answered","v":1,"stable":"a","candidate":"b","tally":{"sent":1,"onlyStableFailed":0,"onlyCandidateFailed":0,"bothFailed":0,"compared":1,"agreed":1,"stableMilliseconds":[],"candidateMilliseconds":[],"stableScores":[],"candidateScores":[],"disagreements":[]},"time":"2026-01-05T12:00:00Z"}
            {"type":"gates-judged","v":1,"weight":10,"reports":[{"gate":"errors","kind":"pass","sentence":"why","isConclusive":true,"numbers":{}}],"time":"2026-01-05T12:00:00Z"}
            """;

        var reading = JournalFormat.Read(Encoding.UTF8.GetBytes(Old));

        Assert.That(reading.Unreadable, Is.Empty);
        Assert.That((RunStarted)reading.Events[0], Has.Property("Commit").Null.And.Property("Configuration").Null);
        Assert.That(((PairsAnswered)reading.Events[1]).Tally.Answers, Is.Empty);
        Assert.That(((GatesJudged)reading.Events[2]).Reports[0].ObserveOnly, Is.False);
    }

    [TestCase("{\"v\":1,\"type\":\"pairs-answered\",\"stable\":\"a\",\"candidate\":\"b\",\"tally\":{\"sent\":1,\"onlyStableFailed\":0,\"onlyCandidateFailed\":0,\"bothFailed\":0,\"compared\":1,\"agreed\":1,\"stableMilliseconds\":[],\"candidateMilliseconds\":[],\"stableScores\":[],\"candidateScores\":[],\"disagreements\":[],\"answers\":[{\"stable\":\"1\",\"candidate\":\"1\",\"count\":2}]},\"time\":\"2026-01-05T12:00:00Z\"}", 1)]
    [TestCase("", 0)]
    [TestCase("\n\r\n", 0)]
    [TestCase("{}", 1)]
    [TestCase("null", 1)]
    [TestCase("[1]", 1)]
    [TestCase("{\"v\":1}", 1)]
    [TestCase("{\"v\":0,\"type\":\"run-ended\",\"time\":\"2026-01-05T12:00:00Z\",\"outcome\":null}", 1)]
    [TestCase("{\"v\":1,\"type\":\"run-ended\"}", 1)]
    [TestCase("{\"v\":1,\"type\":\"traffic-seen\",\"time\":\"2026-01-05T12:00:00Z\",\"traffic\":null}", 1)]
    [TestCase("{\"v\":1,\"type\":\"traffic-seen\",\"time\":\"2026-01-05T12:00:00Z\",\"traffic\":{\"a\":101}}", 1)]
    [TestCase("{\"v\":1,\"type\":\"stage-started\",\"time\":\"2026-01-05T12:00:00Z\",\"stage\":\"moon\"}", 1)]
    [TestCase("{\"v\":1,\"type\":\"traffic-read\",\"time\":\"2026-01-05T12:00:00Z\",\"from\":\"2026-01-05T12:00:00Z\",\"to\":\"2026-01-05T12:01:00Z\",\"minutes\":[{\"start\":\"2026-01-05T12:00:00Z\",\"deployment\":\"a\",\"answers\":{\"2xx\":-1},\"latencyMilliseconds\":{}}]}", 1)]
    [TestCase("{\"v\":1,\"type\":\"quality-measured\",\"time\":\"2026-01-05T12:00:00Z\",\"gate\":\"q\",\"deployment\":\"a\",\"labels\":[\"1\"],\"answers\":[null],\"scores\":[null],\"requests\":{\"sent\":1,\"failed\":2,\"firstFailure\":\"no\"}}", 1)]
    [TestCase("\u00ff\u0000", 1)]
    public void What_is_no_event_is_passed_over_and_told(string text, int unreadable)
    {
        var good = Encoding.UTF8.GetString(JournalFormat.Write(OneOfEach[..2]));

        var reading = JournalFormat.Read(Encoding.UTF8.GetBytes(good + text + "\n" + good));

        Assert.Multiple(() =>
        {
            Assert.That(reading.Events, Has.Count.EqualTo(4));
            Assert.That(reading.Unreadable, Has.Length.EqualTo(unreadable));
        });
    }

    [Test]
    public void A_last_line_that_is_torn_at_any_byte_costs_that_line_only()
    {
        var whole = JournalFormat.Write(OneOfEach);
        var last = JournalFormat.Write(OneOfEach[..^1]).Length;
        for (var length = last + 1; length < whole.Length - 1; length++)
        {
            var reading = JournalFormat.Read(whole.AsSpan(0, length));

            Assert.That((reading.Events.Count, reading.Unreadable.Length), Is.EqualTo((OneOfEach.Length - 1, 1)), $"torn at byte {length}");
        }
    }
}
