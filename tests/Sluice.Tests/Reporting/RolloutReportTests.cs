using System.Collections.Immutable;
using FsCheck.Fluent;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Reporting;

[TestFixture]
[Category("Unit")]
internal sealed class RolloutReportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_rollout_that_went_live_is_told_with_its_traffic_its_reasons_and_who_ran_what()
    {
        var rehearsal = ReportedRollouts.Rehearse();
        await rehearsal.RunAsync(request => request with { Actor = "ann at https://ci.example/7", Commit = "0123abc" }, Rehearsal.Line);

        var report = rehearsal.Report();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Stable, report.Candidate), Is.EqualTo(("default", "green-2")));
            Assert.That(report.Ending.Kind, Is.EqualTo(EndingKind.Live));
            Assert.That(report.Ending.Why, Does.StartWith("The final bake passed: ").And.EndsWith("green-2 has all traffic."));
            Assert.That(
                report.Traffic.Select(span => $"{span.Live}"),
                Is.EqualTo(["no traffic", "default 100 %", "default 90 %, green-2 10 %", "default 50 %, green-2 50 %", "green-2 100 %"]));
            Assert.That(report.Traffic.Skip(1).Zip(report.Traffic, (span, before) => span.From == before.To), Has.All.True);
            Assert.That(report.Traffic[2].To - report.Traffic[2].From, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(report.Runs.Single().Person, Is.EqualTo("ann"));
            Assert.That(report.Runs.Single().Commit, Is.EqualTo("0123abc"));
            Assert.That(report.Runs.Single().Outcome, Is.EqualTo(Outcome.Done));
            Assert.That(report.Decisions.Select(moment => moment.What), Has.Some.EqualTo("Shift traffic from [default 100 %] to [default 90 %, green-2 10 %]"));
            Assert.That(report.Decisions.Select(moment => moment.Why), Has.All.Not.Empty);
            Assert.That(report.Fact("Steps"), Is.EqualTo("10 % for 5m; 50 % for 5m"));
        }
    }

    [Test]
    public async Task The_curves_have_the_numbers_that_the_gates_wrote_down_and_their_thresholds()
    {
        var rehearsal = await ReportedRollouts.LiveAsync();
        var judged = rehearsal.Journal.OfType<GatesJudged>().ToArray();

        var curves = rehearsal.Report().Gates.ToDictionary(curve => curve.Gate);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                curves.Values.Select(curve => (curve.Gate, curve.Scale)),
                Is.EquivalentTo(new[]
                {
                    ("errors", GateScale.Evidence), ("replay", GateScale.Evidence), ("agreement", GateScale.Share), ("drift", GateScale.Value),
                    ("latency", GateScale.Share),
                }));
            foreach (var curve in curves.Values)
            {
                var reports = judged.SelectMany(look => look.Reports, (look, report) => (look.Time, Report: report)).Where(said => said.Report.Gate == curve.Gate).ToArray();
                Assert.That(curve.Points.Select(point => (point.Time, point.Kind)), Is.EqualTo(reports.Select(said => (said.Time, said.Report.Kind))), curve.Gate);
                Assert.That(curve.Points[^1].Value, Is.Not.Null, curve.Gate);
                Assert.That(curve.Points[^1].Threshold, Is.Not.Null, curve.Gate);
            }

            var last = judged[^1].Reports.Single(report => report.Gate == "replay").Numbers;
            Assert.That(curves["replay"].Points[^1].Value, Is.EqualTo(last["failLogE"]));
            Assert.That(curves["replay"].Points[^1].Support, Is.EqualTo(last["passLogE"]));
            Assert.That(curves["replay"].Points[^1].Threshold, Is.EqualTo(last["threshold"]));
            Assert.That(curves["drift"].Last.ObserveOnly, Is.True);
        }
    }

    [Test]
    public async Task Both_deployments_are_counted_and_timed_by_minute_and_by_look()
    {
        var rehearsal = await ReportedRollouts.LiveAsync();

        var report = rehearsal.Report();

        var pairs = rehearsal.Journal.OfType<PairsAnswered>().Select(answered => answered.Tally).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Looks.Sum(look => look.Stable!.Requests), Is.EqualTo(pairs.Sum(tally => tally.Sent)));
            Assert.That(report.Looks.Select(look => look.Candidate!.Latency), Has.All.Not.Null);
            Assert.That(report.Looks[0].Stable!.Latency!.P95, Is.EqualTo(pairs[0].StableMilliseconds.Order().ElementAt((int)Math.Ceiling(pairs[0].StableMilliseconds.Length * 0.95) - 1)));
            Assert.That(report.Minutes, Is.Not.Empty);
            Assert.That(report.Minutes.Sum(minute => minute.Candidate?.Requests ?? 0), Is.GreaterThan(0));
            Assert.That(report.Minutes[^1].Candidate!.Latency, Is.EqualTo(new Quantiles(null, 20)));
        }
    }

    [Test]
    public async Task The_agreement_matrix_counts_every_row_that_both_answered()
    {
        var rehearsal = await ReportedRollouts.LiveAsync();

        var matrix = rehearsal.Report().Agreement!;

        var pairs = rehearsal.Journal.OfType<PairsAnswered>().Select(answered => answered.Tally).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.Labels, Is.EqualTo(["0", "1"]));
            Assert.That(matrix["1", "1"] + matrix["1", "0"], Is.EqualTo(pairs.Sum(tally => tally.Sent)));
            Assert.That(matrix["1", "1"], Is.EqualTo(matrix.Agreed));
            Assert.That(matrix["1", "0"], Is.EqualTo(matrix.Compared - matrix.Agreed).And.GreaterThan(0));
            Assert.That(matrix["0", "0"], Is.Zero);
            Assert.That(matrix.Disagreements.Single().Row, Is.EqualTo(3), "each row once");
        }
    }

    [Test]
    public async Task A_candidate_that_failed_is_rolled_back_with_the_sentence_of_the_stage()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] < 50;
        var result = await rehearsal.RunAsync(Rehearsal.Line);

        var report = rehearsal.Report();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Ending, Is.EqualTo(new ReportEnding(EndingKind.RolledBack, result.Why)));
            Assert.That($"{report.Traffic[^1].Live}", Is.EqualTo("default 100 %"));
            Assert.That(report.Moments.Where(moment => moment.Kind == MomentKind.Evidence).Select(moment => moment.Why), Has.Some.Contains("The first failure: "));
        }
    }

    [Test]
    public async Task What_a_person_took_back_after_it_was_live_is_rolled_back()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        await rehearsal.RollBackAsync();

        var report = rehearsal.Report();

        Assert.That(report.Ending.Kind, Is.EqualTo(EndingKind.RolledBack));
        Assert.That(report.Runs, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task The_first_rollout_ever_has_no_candidate_beside_what_serves()
    {
        var rehearsal = new Rehearsal(Specs.FirstEver);
        await rehearsal.RunAsync(Rehearsal.Line);

        var report = rehearsal.Report();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Stable, report.Candidate), Is.EqualTo(("default", (string?)null)));
            Assert.That(report.Ending.Kind, Is.EqualTo(EndingKind.Live));
            Assert.That(report.Looks, Is.Empty);
            Assert.That(report.Agreement, Is.Null);
        }
    }

    [Test]
    public async Task A_process_that_died_leaves_a_rollout_under_way_and_the_next_run_continues_the_same_report()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        var before = rehearsal.Report();
        await rehearsal.RunAsync(Rehearsal.Line);

        var after = rehearsal.Report();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Ending.Kind, Is.EqualTo(EndingKind.UnderWay));
            Assert.That(before.Runs.Single().Ended, Is.Null);
            Assert.That(after.Rollout, Is.EqualTo(before.Rollout));
            Assert.That(after.Ending.Kind, Is.EqualTo(EndingKind.Live));
            Assert.That(after.Runs.Select(run => run.Ended is null), Is.EqualTo([true, false]));
            Assert.That(after.Moments.Take(before.Moments.Length - 1), Is.EqualTo(before.Moments.SkipLast(1)), "what was told stays");
        }
    }

    [Test]
    public async Task What_somebody_else_did_and_what_is_held_are_decisions_too()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.SomebodySetsTraffic(("default", 70), ("green-2", 30));
        var held = await rehearsal.RunAsync(Rehearsal.Line);

        var report = rehearsal.Report();

        Assert.That(report.Ending, Is.EqualTo(new ReportEnding(EndingKind.Held, held.Why)));
        Assert.That(report.Decisions.Where(moment => moment.Kind == MomentKind.Foreign).Select(moment => moment.What), Has.Some.Contains("default 70 %, green-2 30 %"));
    }

    [Test]
    public void No_event_makes_an_empty_report()
    {
        var report = RolloutReport.Of([]);

        Assert.That(report.Ending.Kind, Is.EqualTo(EndingKind.Empty));
        Assert.That((report.Rollout, report.Began, report.Moments.Length), Is.EqualTo(((string?)null, (DateTimeOffset?)null, 0)));
    }

    [Test]
    public async Task A_journal_that_ends_or_lacks_a_line_anywhere_makes_a_report()
    {
        var rehearsal = await ReportedRollouts.LiveAsync();
        await rehearsal.RollBackAsync();
        var events = rehearsal.Journal;

        for (var count = 0; count <= events.Count; count++)
        {
            var (head, tail, hole) = (events.Take(count).ToArray(), events.Skip(count).ToArray(), events.Where((_, index) => index != count).ToArray());
            foreach (var some in new[] { head, tail, hole })
            {
                Assert.DoesNotThrow(() => RolloutReport.Of(some), $"at event {count}");
            }
        }
    }

    [Test]
    public void Any_events_in_any_order_make_a_report()
    {
        Outcome?[] outcomes = [.. Enum.GetValues<Outcome>(), null];
        var events = Gen.Elements([.. JournalFormatTests.OneOfEach, .. outcomes.Select(outcome => new RunEnded(DateTimeOffset.UnixEpoch, outcome))]);

        Properties.Check(2000, events.ArrayOf().ToArbitrary(), some =>
        {
            Assert.That(RolloutReport.Of(some).Ending.Why, Does.Not.StartWith(" "));
            return Task.CompletedTask;
        });
    }

    [TestCase(Outcome.Done, EndingKind.Unfinished)]
    [TestCase(Outcome.Held, EndingKind.Held)]
    [TestCase(Outcome.Failed, EndingKind.Failed)]
    [TestCase(Outcome.RolledBack, EndingKind.RolledBack)]
    public void A_run_whose_last_stage_can_not_be_read_ended_as_it_says_for_a_reason_that_is_lost(Outcome outcome, EndingKind kind)
    {
        var report = RolloutReport.Of([new ActionFinished(Noon, "create x", TimeSpan.Zero), new RunEnded(Noon, outcome)]);

        Assert.That(report.Ending, Is.EqualTo(new ReportEnding(kind, "")));
    }

    [Test]
    public void Mirrored_traffic_is_what_was_written_until_it_is_seen_to_be_something_else()
    {
        var all = Traffic.AllTo("a").Percents;
        var shadow = new RolloutMark("r", "a", "b", RolloutStatus.Shadow);

        var spans = TrafficSpan.Of(
        [
            new TrafficSeen(Noon, all),
            new TrafficWritten(Noon.AddMinutes(1), all, shadow, "why") { Mirror = Traffic.Of([new("b", 20)]).Percents },
            new TrafficSeen(Noon.AddMinutes(5), all) { Mirror = Traffic.None.Percents },
            new Adopted(Noon.AddMinutes(6), all, shadow),
            new TrafficSeen(Noon.AddMinutes(7), all),
            new RunEnded(Noon.AddMinutes(9), Outcome.Held),
        ]);

        Assert.That(
            spans.Select(span => (span.From.Minute, span.To.Minute, span.Mirrored["b"])), Is.EqualTo([(0, 1, 0), (1, 5, 20), (5, 9, 0)]));
    }

    [Test]
    public void Approvals_failures_and_writes_that_were_found_are_told()
    {
        var split = new Dictionary<string, int> { ["a"] = 90, ["b"] = 10 };
        var mark = new RolloutMark("r", "a", "b", RolloutStatus.Canary);

        var report = RolloutReport.Of(
        [
            new Approved(Noon, ApprovalScope.Canary) { Actor = "ann on desk" },
            new TrafficWritten(Noon.AddSeconds(1), split, mark, "why") { Mirror = new Dictionary<string, int>() },
            new ActionStarted(Noon.AddSeconds(2), "shift traffic", "why"),
            new ActionFailed(Noon.AddSeconds(3), "shift traffic", "no"),
            new NotificationEnded(Noon.AddSeconds(3), "teams HOOK", "failed", "HTTP 500"),
            new ActionStarted(Noon.AddSeconds(4), "create x", "why"),
            new RunEnded(Noon.AddSeconds(5), null),
        ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Moments.Select(moment => (moment.Kind, moment.What)),
                Is.EqualTo(new[]
                {
                    (MomentKind.Person, "ann on desk approved"),
                    (MomentKind.Traffic, "The traffic is found to be [a 90 %, b 10 %], as this rollout wrote it"),
                    (MomentKind.Trouble, "Shift traffic: failed"),
                    (MomentKind.Message, "teams HOOK was not told: failed"),
                    (MomentKind.Trouble, "Create x: no end is written down"),
                    (MomentKind.Run, "The run ended"),
                }));
            Assert.That(report.Ending, Is.EqualTo(new ReportEnding(EndingKind.Interrupted, "Could not shift traffic: no")));
        }
    }

    [TestCase(Stage.Green, ExpectedResult = false)]
    [TestCase(Stage.Promote, ExpectedResult = true)]
    [TestCase(Stage.Cleanup, ExpectedResult = true)]
    [TestCase(Stage.Rollback, ExpectedResult = true)]
    [TestCase(Stage.Approve, ExpectedResult = false, Description = "The approval itself is one.")]
    public bool The_end_of_a_stage_that_did_something_is_a_decision_where_it_ends_a_rollout(Stage stage)
    {
        var report = RolloutReport.Of(
        [
            new StageStarted(Noon, stage),
            new ActionStarted(Noon, "do something", "why"),
            new ActionFinished(Noon, "do something", TimeSpan.Zero),
            new StageFinished(Noon, stage, Outcome.Done, "why"),
        ]);

        return report.Decisions.Any(moment => moment.Kind == MomentKind.Stage);
    }

    [Test]
    public void A_report_of_numbers_without_a_curve_has_none() =>
        Assert.That(
            GateCurve.Of([new GatesJudged(DateTimeOffset.UnixEpoch, 10, [new GateReport("judge", VerdictKind.Pass, "fine", true, ImmutableSortedDictionary<string, double>.Empty)])]).Single().Scale,
            Is.EqualTo(GateScale.None));
}
