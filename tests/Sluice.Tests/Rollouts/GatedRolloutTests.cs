using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>Whole rollouts in memory whose gates decide.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class GatedRolloutTests
{
    private static readonly ErrorsRule Replay = new("replay") { Source = EvidenceSource.Replay, MinimumRequests = 10 };
    private static readonly ErrorsRule Traffic = new("traffic") { MinimumRequests = 10 };
    private static readonly AgreementRule Agreement = new("agreement") { AtLeast = 0.9, MinimumPairs = 20 };
    private static readonly WebhookRule Webhook = new("judge", new Uri("https://judge.example/ask")) { TokenVariable = InMemoryWebhook.TokenVariable };

    [Test]
    public async Task The_same_model_again_passes_every_gate()
    {
        var rehearsal = new Rehearsal(With(
            Replay, Traffic, Agreement, new AgreementRule("margin") { Margin = 0.05, MinimumPairs = 20 }, new DriftRule("drift") { MinimumPairs = 20 },
            new LatencyRule("latency"), new LatencyRule("replayed latency") { Source = EvidenceSource.Replay }, Webhook))
        {
            Scoring = { Bodies = Scores, Latencies = (_, request) => TimeSpan.FromMilliseconds(3 + (request % 7)) },
        };
        SendTraffic(rehearsal);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(100));
        Assert.That(rehearsal.Journal.OfType<GatesJudged>().SelectMany(judged => judged.Reports).Select(report => report.Kind), Has.None.EqualTo(VerdictKind.Fail));
    }

    [Test]
    public async Task Two_good_versions_that_disagree_on_a_fifth_of_the_rows_pass_with_a_margin()
    {
        var rehearsal = new Rehearsal(WithRows(100, With(new AgreementRule("margin") { Margin = 0.15, MinimumPairs = 50 })))
        {
            Scoring = { Bodies = (deployment, body) => deployment == "green-2" && Row(body) % 5 == 0 ? "[0]" : "[1]" },
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
    }

    [Test]
    public async Task Rows_in_order_are_sent_in_another_one_so_that_a_look_stands_for_all_of_them()
    {
        var rehearsal = new Rehearsal(WithRows(200, With(new AgreementRule("margin") { Margin = 0.2, MinimumPairs = 50 })))
        {
            Scoring = { Bodies = (deployment, body) => deployment == "green-2" && Row(body) < 60 ? "[0]" : "[1]" },
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        var tallies = rehearsal.Journal.OfType<PairsAnswered>().Skip(1).Select(pairs => pairs.Tally).ToArray();
        Assert.That(tallies.Take(3).Sum(tally => tally.Agreed), Is.GreaterThan(0), "the first rows of the file are those that were answered differently");
    }

    [Test]
    public async Task What_the_rollout_sends_is_no_traffic()
    {
        var rehearsal = new Rehearsal(With(Traffic with { MinimumRequests = 1 }));

        var held = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
        Assert.That(held.Why, Does.Contain("gate traffic says NoData: 0 of 0 requests failed on the candidate, 0 of 0 on the stable deployment"));
    }

    [Test]
    public async Task Wrong_answers_at_a_weight_take_all_traffic_back_at_once()
    {
        var rehearsal = new Rehearsal(WithRows(100, With(new AgreementRule("margin") { Margin = 0.05, MinimumPairs = 20 })));
        rehearsal.Scoring.Bodies = (deployment, _) => deployment == "green-2" && rehearsal.Traffic["green-2"] >= 50 ? "[0]" : "[1]";

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        var shift = rehearsal.Journal.OfType<TrafficWritten>().Single(written => written.Traffic.GetValueOrDefault("green-2") == 50);
        Assert.Multiple(() =>
        {
            Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Canary, Outcome.RolledBack)));
            Assert.That(result.Why, Does.StartWith("green-2 failed at 50 %: gate margin says Fail: "));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Sluice.Rollouts.State.Traffic.AllTo("default")));
            Assert.That(rehearsal.Time.GetUtcNow() - shift.Time, Is.LessThan(TimeSpan.FromMinutes(5)), "the bake is not waited for");
        });
    }

    [Test]
    public async Task Errors_of_callers_take_all_traffic_back()
    {
        var rehearsal = new Rehearsal(With(Traffic));
        SendTraffic(rehearsal, failing: 0.5);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack));
        Assert.That(result.Why, Does.StartWith("green-2 failed at 10 %: gate traffic says Fail: "));
    }

    [Test]
    public async Task A_gate_that_only_holds_keeps_the_traffic_where_it_is()
    {
        var rehearsal = new Rehearsal(With(Replay with { On = Consequences.Default with { Fail = Consequence.Hold } }));
        rehearsal.Scoring.Answers = (deployment, request) => deployment == "default" || rehearsal.Traffic["green-2"] == 0 || request % 2 == 0;
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Gate = strategy.Gate with { MaximumErrorRate = 0.9 } });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
            Assert.That(result.Why, Does.StartWith("green-2 stays at 10 %: gate replay says Fail: ").And.EndsWith("Rollback takes it back."));
            Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(10));
        });
    }

    [Test]
    public async Task A_gate_that_held_is_asked_again_by_the_same_command()
    {
        var rehearsal = new Rehearsal(With(Webhook with { On = Consequences.Default with { Fail = Consequence.Hold } }));
        rehearsal.Webhook.Answer = () => new(400, "not yet");

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var again = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Webhook.Answer = () => new(200, "fine");
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((held.Outcome, again.Outcome), Is.EqualTo((Outcome.Held, Outcome.Held)), again.Why);
            Assert.That(held.Why, Does.StartWith("green-2 stays at 10 %: gate judge says Fail: "));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task A_gate_that_held_before_the_start_is_asked_again_as_it_is_configured_now()
    {
        var strict = Agreement with { On = Consequences.Default with { Fail = Consequence.Hold } };
        var rehearsal = new Rehearsal(WithRows(100, With(strict with { AtLeast = 0.99 })))
        {
            Scoring = { Bodies = (deployment, body) => deployment == "green-2" && Row(body) % 4 == 0 ? "[0]" : "[1]" },
        };

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var traffic = rehearsal.Traffic;
        rehearsal.Spec = WithRows(100, With(strict with { AtLeast = 0.5 }));
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(held.Why, Does.StartWith("green-2 gets no traffic: gate agreement says Fail: "));
            Assert.That(traffic["green-2"], Is.Zero);
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task A_gate_that_is_only_watched_changes_nothing_and_is_written_down()
    {
        var rehearsal = new Rehearsal(With(Agreement with { ObserveOnly = true })) { Scoring = { Bodies = (deployment, _) => $"[\"{deployment}\"]" } };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(
            rehearsal.Journal.OfType<GatesJudged>().SelectMany(judged => judged.Reports), Has.Some.Property("Kind").EqualTo(VerdictKind.Fail));
    }

    [Test]
    public async Task Without_traffic_its_gates_hold_after_their_patience_and_the_same_command_goes_on_when_it_comes()
    {
        var rehearsal = new Rehearsal(With(Traffic, Replay));

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var since = rehearsal.Journal.OfType<TrafficWritten>().Last().Time;
        var waited = rehearsal.Time.GetUtcNow() - since;
        var again = await rehearsal.RunAsync(Rehearsal.Line);
        SendTraffic(rehearsal);
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(held.Why, Does.StartWith("green-2 stays at 10 %: gate traffic says NoData: 0 of 0 requests failed on the candidate, ")
                .And.EndsWith("10 requests that the step needs. The same command looks again."));
            Assert.That(waited, Is.InRange(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(17)), "its bake and its patience");
            Assert.That(again.Outcome, Is.EqualTo(Outcome.Held), again.Why);
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task Without_traffic_replayed_rows_alone_decide_when_they_are_all_that_is_asked()
    {
        var rehearsal = new Rehearsal(With(Replay, Agreement, Traffic with { On = Consequences.Default with { NoData = Consequence.Advance } }));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
    }

    [Test]
    public async Task Telemetry_that_fails_is_an_error_that_holds()
    {
        var rehearsal = new Rehearsal(With(Traffic)) { Telemetry = { Fault = "Forbidden" } };

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Telemetry.Fault = null;
        SendTraffic(rehearsal);
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(held.Why, Does.StartWith("green-2 stays at 10 %: gate traffic says Error: ").And.Contains("Forbidden"));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task A_webhook_is_asked_with_its_token_and_no_journal_has_it()
    {
        var rehearsal = new Rehearsal(With(Webhook)) { Webhook = { Answer = () => new(409, "not today") } };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(result.Why, Does.StartWith("green-2 failed at 10 %: gate judge says Fail: judge.example answered 409: not today."));
            Assert.That(rehearsal.Webhook.Asked, Has.All.Matches<(string Body, bool HasToken)>(asked => asked.HasToken && !asked.Body.Contains("t0ken", StringComparison.Ordinal)));
            Assert.That(Encoding.UTF8.GetString(rehearsal.Store!.Content), Does.Not.Contain("t0ken"));
        });
    }

    [Test]
    public async Task A_webhook_whose_token_is_not_set_is_not_asked()
    {
        var rehearsal = new Rehearsal(With(Webhook with { TokenVariable = "NOT_SET" }));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
        Assert.That(result.Why, Does.Contain("gate judge says Error: ").And.Contains("NOT_SET"));
        Assert.That(rehearsal.Webhook.Asked, Is.Empty);
    }

    [Test]
    public async Task A_metric_tells_of_the_present_weight_alone_and_what_could_not_be_measured_is_measured_again()
    {
        Assume.That(MetricCondition.TryParse("result < 50", out var good, out _), Is.True);
        var rehearsal = new Rehearsal(With(new MetricRule("cpu", "Cpu") { Conditions = new(good, null), Limits = new() }));
        List<(DateTimeOffset From, DateTimeOffset Since)> asked = [];
        rehearsal.Telemetry.Values = query =>
        {
            asked.Add((query.From, rehearsal.Journal.OfType<TrafficWritten>().Last().Time));
            return rehearsal.Telemetry.Fault is null && asked.Count > 5 ? 10 : null;
        };

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var done = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
            Assert.That(held.Why, Does.Contain("gate cpu says Error: Cpu: 5 tries in a row without a value"));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(asked, Has.All.Matches<(DateTimeOffset From, DateTimeOffset Since)>(query => query.From >= query.Since));
        });
    }

    [Test]
    public async Task A_metric_is_measured_at_its_interval_and_decides()
    {
        Assume.That(MetricCondition.TryParse("result < 50", out var good, out _), Is.True);
        var rehearsal = new Rehearsal(With(new MetricRule("cpu", "Cpu")
        {
            Conditions = new(good, null),
            Limits = new() { Interval = TimeSpan.FromMinutes(2), FailureLimit = 1 },
            Filter = "deployment eq '{candidate}'",
        }));
        var filters = new HashSet<string?>();
        rehearsal.Telemetry.Values = query =>
        {
            filters.Add(query.Filter);
            return rehearsal.Traffic["green-2"] >= 50 ? 99 : 10;
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack));
            Assert.That(result.Why, Does.StartWith("green-2 failed at 50 %: gate cpu says Fail: Cpu: 2 failed, at most 1 may; "));
            Assert.That(filters, Is.EqualTo(new[] { "deployment eq 'green-2'" }));
        });
    }

    [Test]
    public async Task A_person_who_approves_lets_the_same_command_go_on()
    {
        var rehearsal = new Rehearsal(With().With(strategy => strategy with
        {
            Steps = [strategy.Steps[0] with { Gates = [new ApprovalRule("approval", 1)] }, strategy.Steps[1]],
        }));

        var held = await rehearsal.RunAsync(By("ann on desk"), Rehearsal.Line);
        await rehearsal.RunAsync(By("ann on desk"), Stage.Approve);
        var own = await rehearsal.RunAsync(By("ann on desk"), Rehearsal.Line);
        var approved = await rehearsal.RunAsync(By("bob on desk"), Stage.Approve);
        var done = await rehearsal.RunAsync(By("ann on desk"), Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(held.Why, Is.EqualTo(
                "green-2 stays at 10 %: gate approval says Inconclusive: 0 of 1 approvals are there; whoever did not start the rollout says Approve. "
                + "The same command looks again."));
            Assert.That(own.Outcome, Is.EqualTo(Outcome.Held), "who started it does not approve it");
            Assert.That(approved.Outcome, Is.EqualTo(Outcome.Done), approved.Why);
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task Looks_go_on_while_people_are_asked()
    {
        var rehearsal = new Rehearsal(With(Replay, new ApprovalRule("approval", 1)));
        var begin = rehearsal.Time.GetUtcNow();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Time.GetUtcNow() < begin.AddMinutes(12);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
    }

    [Test]
    public async Task Evidence_that_is_waited_for_lets_the_weight_rise_as_soon_as_it_is_there()
    {
        var rehearsal = new Rehearsal(WithRows(100, With(Agreement).With(strategy => strategy with
        {
            Steps = [strategy.Steps[0] with { UntilEvidence = TimeSpan.FromHours(5) }, strategy.Steps[1]],
        })));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        var shifts = rehearsal.Journal.OfType<TrafficWritten>().ToArray();
        var judged = rehearsal.Journal.OfType<GatesJudged>().Last(judged => judged.Weight == 10);
        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(judged.Reports, Has.All.Property("IsConclusive").True);
            Assert.That(shifts[1].Time - shifts[0].Time, Is.LessThan(TimeSpan.FromHours(1)));
        });
    }

    [Test]
    public async Task Evidence_that_does_not_come_in_time_holds_with_what_is_missing()
    {
        var rehearsal = new Rehearsal(With(Replay).With(strategy => strategy with
        {
            Steps = [strategy.Steps[0] with { UntilEvidence = TimeSpan.FromMinutes(30) }, strategy.Steps[1]],
        }));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        var shift = rehearsal.Journal.OfType<TrafficWritten>().Last();
        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(result.Why, Does.StartWith(
                "green-2 stays at 10 %: nothing speaks against it, but the evidence that untilEvidence asks for did not come: gate replay says Pass: 0 of "));
            Assert.That(rehearsal.Time.GetUtcNow() - shift.Time, Is.EqualTo(TimeSpan.FromMinutes(30)).Within(TimeSpan.FromMinutes(2)));
        });
    }

    [TestCase(Consequence.Rollback, Outcome.RolledBack, 0)]
    [TestCase(Consequence.Hold, Outcome.Held, 10)]
    public async Task A_deadline_that_is_over_ends_the_waiting(Consequence then, Outcome outcome, int weight)
    {
        var rehearsal = new Rehearsal(With(Traffic).With(strategy => strategy with
        {
            Patience = TimeSpan.FromDays(1),
            Deadline = TimeSpan.FromMinutes(40),
            OnDeadline = then,
        }));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(outcome), result.Why);
            Assert.That(result.Why, Does.StartWith("green-2 is at 10 %, and the rollout's deadline of 40m is over."));
            Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(weight));
        });
    }

    [Test]
    public async Task A_closed_window_does_not_keep_a_failing_candidate()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10, With(Replay));
        rehearsal.Spec = rehearsal.Spec with
        {
            Policy = new() { Freeze = [new OneOffWindow("holidays", new(2026, 1, 1), new(2026, 2, 1))] },
        };
        rehearsal.Scoring.Answers = (deployment, request) => deployment == "default" || request % 2 == 0;
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Gate = strategy.Gate with { MaximumErrorRate = 0.9 } });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
        Assert.That(result.Why, Does.StartWith("green-2 failed at 10 %: gate replay says Fail: "));
    }

    [Test]
    public async Task A_candidate_that_fails_before_the_start_gets_no_traffic_until_a_person_wants_another_try()
    {
        var sample = new LabelledSample("labelled.json", [.. Enumerable.Range(0, 60).Select(row => $$"""{"row":{{row}}}""")], [.. Enumerable.Repeat("1", 60)]);
        var rehearsal = new Rehearsal(With(new QualityRule("quality", sample, QualityMetric.Accuracy, 0.8)))
        {
            Scoring = { Bodies = (deployment, body) => deployment == "green-2" && Row(body) % 2 == 0 ? "[0]" : "[1]" },
        };

        var rejected = await rehearsal.RunAsync(Rehearsal.Line);
        var tags = rehearsal.Workspace.Endpoint.Deployment("green-2")!.Tags[RoleTags.Verdict];
        var shifts = rehearsal.Journal.OfType<TrafficWritten>().ToArray();
        var same = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Scoring.Bodies = (_, _) => "[1]";
        var retried = await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(rejected.Outcome, Is.EqualTo(Outcome.RolledBack));
            Assert.That(rejected.Why, Does.StartWith(
                "green-2 failed before it got any traffic: gate quality says Fail: accuracy 0.500 on 60 labelled rows, "));
            Assert.That(shifts.Select(written => written.Traffic.GetValueOrDefault("green-2")), Has.All.Zero, "no traffic was moved");
            Assert.That(tags, Is.EqualTo(RoleTags.Rejected));
            Assert.That(same.Outcome, Is.EqualTo(Outcome.RolledBack), same.Why);
            Assert.That(retried.Outcome, Is.EqualTo(Outcome.Done), retried.Why);
        });
    }

    [Test]
    public async Task A_candidate_whose_quality_is_not_certain_is_held_with_what_can_change_it()
    {
        var sample = new LabelledSample("labelled.json", [.. Enumerable.Range(0, 60).Select(row => $$"""{"row":{{row}}}""")], [.. Enumerable.Repeat("1", 60)]);
        var rehearsal = new Rehearsal(With(new QualityRule("quality", sample, QualityMetric.Accuracy, 0.8)))
        {
            Scoring = { Bodies = (deployment, body) => deployment == "green-2" && Row(body) % 4 == 0 ? "[0]" : "[1]" },
        };

        var held = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(held.Why, Does.StartWith("green-2 gets no traffic: gate quality says Inconclusive: accuracy 0.750 on 60 labelled rows, ")
            .And.EndsWith(" is needed. Asking the same rows again changes nothing: more labelled rows can, another limit, or the gate's on.inconclusive; or Rollback gives "
                + "it up."));
    }

    [Test]
    public async Task Requests_of_labelled_rows_that_fail_are_counted_apart_from_answers_without_a_score()
    {
        var sample = new LabelledSample("labelled.json", [.. Enumerable.Range(0, 60).Select(row => $$"""{"row":{{row}}}""")], [.. Enumerable.Range(0, 60).Select(row => $"{row % 2}")]);
        var rehearsal = new Rehearsal(With(new QualityRule("quality", sample, QualityMetric.Auc, 0.8)))
        {
            Scoring = { Answers = (deployment, request) => deployment != "green-2" || request is < 1 or > 30, Bodies = (_, body) => $"[0.{Row(body) % 2}5]" },
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        var requests = rehearsal.Journal.OfType<QualityMeasured>().First().Requests!;
        Assert.That((requests.Sent, requests.Failed), Is.EqualTo((60, 30)));
        Assert.That(requests.FirstFailure, Does.Contain("the model did not answer"));
        Assert.That(result.Why, Does.Contain("30 of 60 requests failed: ").And.Contain("; AUC needs a score of each row").And.Not.Contain("have no score"));
    }

    [Test]
    public async Task A_candidate_is_not_compared_with_a_sick_stable_deployment()
    {
        var rehearsal = new Rehearsal(With(Replay));
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "default";

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(result.Why, Does.StartWith("default, which serves, is not well: "));
    }

    [Test]
    public async Task A_failing_candidate_is_not_sent_back_to_a_stable_deployment_that_is_sick_too()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50, With(Webhook));
        rehearsal.Webhook.Answer = () => new(400, "no");
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "default";

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
            Assert.That(result.Why, Does.Contain("default is sick too, and can't take over: ").And.EndsWith("look at both."));
            Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(50));
        });
    }

    [Test]
    public async Task Mirrored_traffic_is_given_judged_and_taken_away_before_the_first_weight()
    {
        var rehearsal = new Rehearsal(Mirroring(With(Replay)));
        var seen = new List<string>();
        rehearsal.OnLook = state =>
        {
            var picture = $"{state.Endpoint?.Traffic} | {state.Endpoint?.MirrorTraffic}";
            if (seen.LastOrDefault() != picture)
            {
                seen.Add(picture);
            }
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(seen.SkipWhile(picture => !picture.StartsWith("default 100 %", StringComparison.Ordinal)), Is.EqualTo(new[]
            {
                "default 100 % | no traffic",
                "default 100 % | green-2 20 %",
                "default 90 %, green-2 10 % | no traffic",
                "default 50 %, green-2 50 % | no traffic",
                "green-2 100 % | no traffic",
            }));
            Assert.That(rehearsal.Journal.SkipWhile(happened => happened is not TrafficWritten { Mirror: not null }).TakeWhile(
                happened => happened is not TrafficWritten { Mirror: null }).OfType<GatesJudged>().Select(judged => judged.Weight), Has.All.Zero.And.Some.Zero);
        });
    }

    [Test]
    public async Task A_candidate_that_fails_while_traffic_is_mirrored_to_it_gets_no_more_of_it()
    {
        var rehearsal = new Rehearsal(Mirroring(With(Replay)));
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Workspace.Endpoint.MirrorTraffic["green-2"] == 0;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(result.Why, Does.StartWith("green-2 failed at 20 % mirrored: "));
            Assert.That(rehearsal.Workspace.Endpoint.MirrorTraffic, Is.EqualTo(Sluice.Rollouts.State.Traffic.None));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Sluice.Rollouts.State.Traffic.AllTo("default")));
        });
    }

    [Test]
    public async Task A_person_takes_mirrored_traffic_back()
    {
        var rehearsal = Mirrored();

        var result = await rehearsal.RollBackAsync();

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Workspace.Endpoint.MirrorTraffic, Is.EqualTo(Sluice.Rollouts.State.Traffic.None));
    }

    [Test]
    public async Task Mirrored_traffic_that_somebody_changes_is_held_and_no_step_is_skipped()
    {
        var rehearsal = Mirrored();
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with
        {
            Steps = strategy.Steps.Insert(1, new(0, TimeSpan.FromMinutes(5)) { Mirror = 30 }),
        });
        SomebodyMirrors(30);
        var held = await rehearsal.RunAsync(Stage.Canary);
        var again = await rehearsal.RunAsync(Stage.Canary);
        SomebodyMirrors(20);

        var done = await rehearsal.RunAsync(Stage.Canary);

        Assert.Multiple(() =>
        {
            foreach (var result in new[] { held, again })
            {
                Assert.That((result.Outcome, result.Why), Is.EqualTo((
                    Outcome.Held,
                    "Somebody else changed the mirrored traffic: it was [green-2 20 %], it is [green-2 30 %]. --adopt goes on from what is there, "
                    + "Rollback gives it up.")));
            }

            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Actions.OfType<SetTraffic>().Select(shift => shift.Mirror?["green-2"]).OfType<int>(), Is.EqualTo(new[] { 20, 30 }));
        });

        void SomebodyMirrors(int percent) =>
            rehearsal.Workspace.Endpoint = rehearsal.Workspace.Endpoint with { MirrorTraffic = Sluice.Rollouts.State.Traffic.Of([new("green-2", percent)]) };
    }

    [Test]
    public async Task A_run_that_was_killed_is_gone_on_with_from_the_evidence_that_it_had()
    {
        static Rehearsal New()
        {
            var rehearsal = new Rehearsal(With(Replay));
            rehearsal.Scoring.Answers = (deployment, request) => rehearsal.Traffic["green-2"] == 0 || request % (deployment == "default" ? 30 : 20) != 0;
            return rehearsal;
        }

        var undisturbed = New();
        await undisturbed.RunAsync(Rehearsal.Line);
        var killed = New();
        using var death = new CancellationTokenSource();
        killed.Time.OnWait = _ =>
        {
            if (killed.Traffic["green-2"] == 50)
            {
                death.Cancel();
            }
        };
        Assert.That(async () => await Rehearsal.RunAsync(killed.NewRollout(), Rehearsal.Line, death.Token), Throws.InstanceOf<OperationCanceledException>());
        killed.Time.OnWait = _ => { };
        await killed.RunAsync(Rehearsal.Line);

        Assert.That(Last(killed, "candidateRequests"), Is.EqualTo(Last(undisturbed, "candidateRequests")));
        Assert.That(Last(killed, "failLogE"), Is.EqualTo(Last(undisturbed, "failLogE")).Within(1));

        static double Last(Rehearsal rehearsal, string number) =>
            rehearsal.Journal.OfType<GatesJudged>().Last(judged => judged.Weight == 50).Reports.Single().Numbers[number];
    }

    /// <summary>A rehearsal in which a process died while traffic was mirrored.</summary>
    private static Rehearsal Mirrored()
    {
        var rehearsal = new Rehearsal(Mirroring(With(Replay)));
        using var death = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Workspace.Endpoint.MirrorTraffic["green-2"] > 0)
            {
                death.Cancel();
            }
        };
        Assert.That(async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, death.Token), Throws.InstanceOf<OperationCanceledException>());
        rehearsal.Time.OnWait = _ => { };
        return rehearsal;
    }

    private static RolloutSpec With(params ImmutableArray<GateRule> gates) =>
        WithRows(30, Specs.First.With(strategy => strategy with { Gates = gates, Settle = TimeSpan.FromMinutes(1) }));

    private static RolloutSpec WithRows(int rows, RolloutSpec spec) => spec with
    {
        Probes = spec.Probes with { Rows = [.. Enumerable.Range(0, rows).Select(row => $$"""{"row":{{row}}}""")] },
    };

    private static RolloutSpec Mirroring(RolloutSpec spec) => spec.With(strategy => strategy with
    {
        Steps = [new Step(0, TimeSpan.FromMinutes(5)) { Mirror = 20 }, .. strategy.Steps],
    });

    private static Func<RunRequest, RunRequest> By(string actor) => request => request with { Actor = actor };

    /// <summary>The number of a row; −1 of the sample.</summary>
    private static int Row(string body) => JsonNode.Parse(body)!["row"]?.GetValue<int>() ?? -1;

    /// <summary>Each row has its label and its score, whoever answers.</summary>
    private static string Scores(string deployment, string body) =>
        FormattableString.Invariant($"[{Row(body) % 2},{(Row(body) / 40.0) + 0.001:0.000}]");

    /// <summary>A hundred requests a minute, as the traffic has it.</summary>
    private static void SendTraffic(Rehearsal rehearsal, double failing = 0.01) => rehearsal.Telemetry.Minutes = minute =>
    {
        var candidate = rehearsal.Traffic["green-2"] * 10;
        var failed = (long)(candidate * failing);
        return
        [
            InMemoryTelemetry.Minute(minute, "default", (1000 - candidate) * 99 / 100, (1000 - candidate) / 100),
            InMemoryTelemetry.Minute(minute, "green-2", candidate - failed, failed),
        ];
    };
}
