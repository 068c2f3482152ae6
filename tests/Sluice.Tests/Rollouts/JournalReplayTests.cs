using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>A journal alone gives each judgement again that stands in it, whatever the evidence was.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class JournalReplayTests
{
    private const int Rollouts = 15;

    [Test]
    public async Task Each_judgement_follows_from_the_events_before_it()
    {
        var kinds = new HashSet<VerdictKind>();
        var judgements = 0;
        for (var seed = 0; seed < Rollouts; seed++)
        {
            var rehearsal = Random(new Random(seed));
            await rehearsal.RunAsync(Rehearsal.Line);
            await rehearsal.RunAsync(Rehearsal.Line);

            var reading = JournalFormat.Read(rehearsal.Store!.Content);
            Assert.That(reading.Unreadable, Is.Empty);
            foreach (var (index, judged) in reading.Events.Index().Where(entry => entry.Item is GatesJudged).Select(entry => (entry.Index, (GatesJudged)entry.Item)))
            {
                var before = reading.Events.Take(index).Where(happened => happened.Rollout == judged.Rollout).ToArray();
                var asked = judged.Reports.Select(report => rehearsal.Spec.Strategy.AllGates.Single(gate => gate.Name == report.Gate));

                var again = GateJudge.Judge(asked, new CandidateEvidence(new History(before), "default", "green-2"), rehearsal.Spec.Strategy);

                Assert.That(again.Select(InWords), Is.EqualTo(judged.Reports.Select(InWords)), $"seed {seed}, event {index}");
                kinds.UnionWith(again.Select(report => report.Kind));
                judgements++;
            }
        }

        TestContext.Out.WriteLine($"{judgements} judgements");
        Assert.That(kinds, Is.EquivalentTo(Enum.GetValues<VerdictKind>()), "the evidence was of all kinds");
    }

    private static string InWords(GateReport report) =>
        $"{report.Gate} {report.Kind} {report.IsConclusive}: {report.Sentence} {string.Join(", ", report.Numbers.Select(number => FormattableString.Invariant($"{number.Key} {number.Value:R}")))}";

    /// <summary>A rollout of which everything that gates look at is random, and the same whenever the seed is.</summary>
    private static Rehearsal Random(Random random)
    {
        Assume.That(MetricCondition.TryParse("result < 90", out var good, out _), Is.True);
        var sample = new LabelledSample("labelled.json", [.. Enumerable.Range(0, 30).Select(row => $$"""{"row":{{row}}}""")], [.. Enumerable.Repeat("1", 30)]);
        var consequences = new Consequences(
            random.Next(3) == 0 ? Consequence.Rollback : Consequence.Hold, Consequence.Advance, Consequence.Advance, Consequence.Advance);
        GateRule[] gates =
        [
            new ErrorsRule("errors") { MinimumRequests = 10, On = consequences },
            new ErrorsRule("replay") { Source = EvidenceSource.Replay, OncePerLook = random.Next(2) == 0, On = consequences },
            new LatencyRule("latency") { On = consequences },
            new LatencyRule("replayed latency") { Source = EvidenceSource.Replay, OncePerLook = true, ObserveOnly = true },
            new LatencyRule("objective") { Source = EvidenceSource.Replay, Objective = TimeSpan.FromMilliseconds(20), ObserveOnly = true },
            new AgreementRule("agreement") { Margin = 0.05, MinimumPairs = 20, ObserveOnly = true },
            new AgreementRule("share") { AtLeast = 0.8, MinimumPairs = 20, On = consequences },
            new DriftRule("drift") { MinimumPairs = 40, ObserveOnly = true },
            new QualityRule("quality", sample, QualityMetric.Accuracy, 0.6) { On = consequences },
            new KayentaRule("kayenta") { Metrics = [new("errorRate"), new("p95")], Settings = new(95, 75), MinimumMinutes = 3, ObserveOnly = true },
            new MetricRule("cpu", "Cpu") { Conditions = new(good, null), Limits = new() { Interval = TimeSpan.FromMinutes(1), FailureLimit = 2 }, ObserveOnly = true },
            new WebhookRule("judge", new Uri("https://judge.example/")) { ObserveOnly = true },
            new ApprovalRule("approval", 1) { ObserveOnly = true },
        ];
        var (errors, slowdown, wrong) = (random.NextDouble() * 0.3, 1 + random.NextDouble(), random.NextDouble() * 0.5);
        var rehearsal = new Rehearsal((Specs.First with
        {
            Probes = Specs.First.Probes with { Rows = sample.Rows },
        }).With(strategy => strategy with
        {
            Gates = [.. gates],
            Settle = TimeSpan.FromMinutes(1),
            Gate = strategy.Gate with { MaximumErrorRate = 0.9 },
            Replay = new(random.Next(2) == 0 ? 0.5 : null, null),
        }));
        rehearsal.Scoring.Answers = (deployment, request) =>
            rehearsal.Workspace.State.Endpoint?.Mark is null || deployment == "default" || Chance(random, 1 - errors) || request == 0;
        rehearsal.Scoring.Latencies = (deployment, _) => TimeSpan.FromMilliseconds(Draw(random, 1, 40) * (deployment == "green-2" ? slowdown : 1));
        rehearsal.Scoring.Bodies = (deployment, _) => deployment == "green-2" && Chance(random, wrong)
            ? FormattableString.Invariant($"[0,{Draw(random, 0, 0.7):0.000}]")
            : FormattableString.Invariant($"[1,{Draw(random, 0, 1):0.000}]");
        rehearsal.Telemetry.Minutes = minute =>
        [
            InMemoryTelemetry.Minute(minute, "default", (long)Draw(random, 1, 100), (long)Draw(random, 0, 4), Draw(random, 10, 30)),
            InMemoryTelemetry.Minute(minute, "green-2", (long)Draw(random, 0, 50), (long)Draw(random, 0, 9 * errors), Draw(random, 10, 30) * slowdown),
        ];
        rehearsal.Telemetry.Values = _ => Chance(random, 0.2) ? null : Draw(random, 0, 100);
        rehearsal.Telemetry.Fault = Chance(random, 0.2) ? "Forbidden" : null;
        rehearsal.Webhook.Answer = () => new(Chance(random, 0.7) ? 200 : Chance(random, 0.5) ? 400 : 503, "as it is");
        return rehearsal;
    }

    private static bool Chance(Random random, double probability) => Draw(random, 0, 1) < probability;

    // Deployments are asked by several threads at once.
    private static double Draw(Random random, double from, double to)
    {
        lock (random)
        {
            return from + (random.NextDouble() * (to - from));
        }
    }
}
