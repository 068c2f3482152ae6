using System.Text;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Notifications;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>People are told of each state of a rollout once, whichever processes run it, and a rollout goes its way whoever can't be told.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class NotificationTests
{
    private const string Address = "https://flows.example/hook?sig=a-signature-that-nobody-may-see";
    private const string Variable = "OPS_WEBHOOK";

    private static readonly Stage[] Approve = [Stage.Approve];

    [Test]
    public async Task A_candidate_that_goes_live_is_told_once_and_a_second_run_tells_nothing()
    {
        var rehearsal = Told(Specs.Brief);

        await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RunAsync(Rehearsal.Line);

        var message = Messages(rehearsal).Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)message["state"], Is.EqualTo("completed"));
            Assert.That((string?)message["candidate"], Is.EqualTo("green-2"));
            Assert.That((string?)message["stable"], Is.EqualTo("default"));
            Assert.That((string?)message["candidateVersion"], Is.EqualTo("2"));
            Assert.That((int?)message["traffic"]!["green-2"], Is.EqualTo(100));
            Assert.That((string?)message["why"], Is.EqualTo("green-2 has all traffic."));
            Assert.That((string?)message["next"], Is.EqualTo(
                "./build.sh --target=Cleanup (deletes what is retired); ./build.sh --target=Rollback (gives default all traffic back)"));
            Assert.That((string?)message["rollout"], Is.EqualTo("rollout-1"));
            Assert.That(rehearsal.Notes, Is.Empty, "What went well is no warning.");
            Assert.That(rehearsal.Journal.OfType<NotificationEnded>().Single().Failure, Is.Null);
        });
    }

    [Test]
    public async Task The_first_version_ever_is_told_although_there_was_nothing_to_compare_it_with()
    {
        var rehearsal = Told(Specs.FirstEver);

        await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(States(rehearsal), Is.EqualTo(new[] { "completed" }));
    }

    [Test]
    public async Task What_was_over_before_anybody_was_to_be_told_is_old_news()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync(Specs.Brief);
        rehearsal.Spec = WithPlace(Specs.Brief);
        rehearsal.Secrets[Variable] = Address;

        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(Messages(rehearsal), Is.Empty);
    }

    [Test]
    public async Task A_candidate_that_goes_back_is_told_once_and_another_try_of_it_again()
    {
        var rehearsal = Told(Specs.Brief);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] < 50;

        await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RunAsync(Rehearsal.Line);
        var first = States(rehearsal);
        await rehearsal.RunAsync(request => request with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.EqualTo(new[] { "rolledBack" }));
            Assert.That(States(rehearsal), Is.EqualTo(new[] { "rolledBack", "rolledBack" }));
            Assert.That((string?)Messages(rehearsal)[0]["why"], Does.StartWith("green-2 failed at 50 %").And.EndWith("default has all traffic again."));
            Assert.That((string?)Messages(rehearsal)[0]["next"], Is.EqualTo(
                "./build.sh --target=Logs --deployment-name=green-2 (shows what its container wrote); "
                + "./build.sh --target=Promote --retry (tries the same version again); "
                + "./build.sh --target=Cleanup --exclusive (deletes what is retired); or another version is rolled out"));
            Assert.That(Messages(rehearsal).Select(message => (string?)message["rollout"]), Is.Unique);
        });
    }

    [Test]
    public async Task A_persons_rollback_is_told_by_their_own_run()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50, WithPlace(Specs.Brief));
        rehearsal.Secrets[Variable] = Address;

        await rehearsal.RollBackAsync();
        await rehearsal.RollBackAsync();

        Assert.That(States(rehearsal), Is.EqualTo(new[] { "rolledBack" }));
    }

    [Test]
    public async Task A_rollback_without_a_rollout_is_no_news()
    {
        var rehearsal = Told(Specs.FirstEver);
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Webhook.Told.Clear();

        await rehearsal.RollBackAsync();

        Assert.That(Messages(rehearsal), Is.Empty);
    }

    [Test]
    public async Task An_error_is_told_once_however_often_the_command_meets_it_and_its_end_is_told_then()
    {
        var rehearsal = Told(Specs.Brief);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "create deployment" && rehearsal.Workspace.State.Endpoint is { Traffic.IsNone: false })
            {
                throw new WorkspaceCallException("create deployment green-2", "OutOfQuota", $"request {call.Number} is over the quota");
            }
        };

        for (var run = 0; run < 2; run++)
        {
            Assert.That(() => rehearsal.RunAsync(Rehearsal.Line), Throws.TypeOf<WorkspaceCallException>());
        }

        var failed = Messages(rehearsal);
        rehearsal.Workspace.OnCall = _ => { };
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(failed, Has.Length.EqualTo(1));
        Assert.That((string?)failed[0]["why"], Does.StartWith("Could not create deployment green-2: OutOfQuota: request"));
        Assert.That(States(rehearsal), Is.EqualTo(new[] { "failed", "completed" }));
    }

    [Test]
    public async Task A_rollout_that_is_held_is_told_once_however_often_it_is_looked_at()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50, WithPlace(Specs.Brief));
        rehearsal.Secrets[Variable] = Address;
        rehearsal.SomebodySetsTraffic(("default", 70), ("green-2", 30));

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
        Assert.That(States(rehearsal), Is.EqualTo(new[] { "held" }));
        Assert.That((string?)Messages(rehearsal)[0]["next"], Is.EqualTo(
            "./build.sh --target=Status (shows what is there now); ./build.sh --target=Promote --adopt (goes on from what is there); "
            + "./build.sh --target=Rollback (gives green-2 up; default gets all traffic); ./build.sh --target=Promote (once that is set back)"));
    }

    [Test]
    public async Task A_gate_that_holds_with_other_numbers_than_before_is_the_same_state_and_at_the_next_step_another_one()
    {
        var rehearsal = Told(Specs.Brief.With(strategy => strategy with
        {
            Gates = [new WebhookRule("judge", new Uri("https://judge.example/"))],
            Patience = TimeSpan.FromMinutes(1),
        }));
        var number = 0;
        var held = 10;
        rehearsal.Webhook.Answer = () => new(rehearsal.Traffic["green-2"] == held ? 500 : 200, $"try again, this was question {number++}");

        await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RunAsync(Rehearsal.Line);
        held = 50;
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(
            Messages(rehearsal).Select(message => (string?)message["occasion"]),
            Is.EqualTo(new[] { "held: gate judge, which says Error at 10 %", "held: gate judge, which says Error at 50 %" }));
    }

    [Test]
    public async Task An_approval_that_is_missing_is_told_as_a_wait_with_the_command_that_gives_it()
    {
        var rehearsal = Told(Specs.Brief with { Policy = new PolicySpec { Approvals = new(Canary: 0, Promote: 2) } });

        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        await rehearsal.RunAsync(By("ann at https://ci.example/runs/3"), Rehearsal.Line);
        var waiting = Messages(rehearsal);
        await rehearsal.RunAsync(By("eve on desk-2"), Approve);
        await rehearsal.RunAsync(By("ann at https://ci.example/runs/4"), Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(waiting.Select(message => (string?)message["occasion"]), Is.EqualTo(new[] { "waiting: approval of promote" }));
            Assert.That((string?)waiting[0]["state"], Is.EqualTo("waiting"));
            Assert.That((string?)waiting[0]["next"], Is.EqualTo(
                "./build.sh --target=Approve --stage=promote (by somebody who did not start the rollout); ./build.sh --target=Promote (once it is approved); "
                + "./build.sh --target=Rollback (gives green-2 up; default gets all traffic)"));
            Assert.That(States(rehearsal), Is.EqualTo(new[] { "waiting", "completed" }));
            Assert.That((string?)Messages(rehearsal)[1]["run"], Is.EqualTo("https://ci.example/runs/4"));
        });
    }

    [Test]
    public async Task A_step_that_needs_an_approval_is_told_while_it_bakes_and_not_again_when_the_run_ends_as_held()
    {
        var rehearsal = Told(Specs.Brief.With(strategy => strategy with
        {
            Steps = [strategy.Steps[0], strategy.Steps[1] with { Gates = [new ApprovalRule("sign-off", 1)] }],
        }));
        TimeSpan? toldBeforeEnd = null;
        var begin = rehearsal.Time.GetUtcNow();
        rehearsal.Webhook.Receipt = _ =>
        {
            toldBeforeEnd ??= rehearsal.Time.GetUtcNow() - begin;
            return new(202, "");
        };

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var end = rehearsal.Time.GetUtcNow() - begin;

        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
        Assert.That(toldBeforeEnd, Is.LessThan(end - TimeSpan.FromMinutes(5)));
        var message = Messages(rehearsal).Single();
        Assert.That((string?)message["occasion"], Is.EqualTo("waiting: approval at 50 %"));
        Assert.That((string?)message["next"], Is.EqualTo(
            "./build.sh --target=Approve --stage=step (by somebody who did not start the rollout); "
            + "./build.sh --target=Rollback (gives green-2 up; default gets all traffic)"));
    }

    [Test]
    public async Task A_run_that_waits_for_a_window_tells_so_once_and_goes_on()
    {
        var opening = new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Unspecified).AddHours(6);
        var rehearsal = Told(Specs.Brief with
        {
            Policy = new PolicySpec { WaitsForWindow = true, Freeze = [new OneOffWindow("morning", opening.AddHours(-6), opening)] },
        });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(States(rehearsal).Last(), Is.EqualTo("completed"));
        var waits = Messages(rehearsal).Where(message => (string?)message["state"] == "waiting").ToArray();
        Assert.That(waits, Is.Not.Empty);
        Assert.That(waits.Select(message => (string?)message["occasion"]), Is.Unique);
        Assert.That((string?)waits[0]["why"], Does.Contain("the freeze \"morning\" is on"));
        Assert.That((string?)waits[0]["next"], Is.EqualTo("nothing; the run waits, and goes on by itself"));
    }

    [Test]
    public async Task A_place_is_told_of_the_states_that_it_asked_for_only()
    {
        var rehearsal = Told(Specs.Brief, place => place with { On = [NotifiedState.Failed, NotifiedState.Held] });

        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(Messages(rehearsal), Is.Empty);
        Assert.That(rehearsal.Journal.OfType<NotificationIntended>(), Is.Empty);
    }

    [Test]
    public async Task A_variable_that_is_not_set_is_noted_at_the_start_and_nothing_is_sent()
    {
        var rehearsal = new Rehearsal(WithPlace(Specs.Brief));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Notes, Is.EqualTo(new[] { "webhook OPS_WEBHOOK is told nothing: the environment variable OPS_WEBHOOK is not set." }));
        Assert.That(rehearsal.Journal.OfType<NotificationIntended>(), Is.Empty);
    }

    [Test]
    public async Task A_place_that_fails_for_a_while_is_told_at_a_later_try_and_left_alone_as_long_as_it_asks_for()
    {
        var rehearsal = Told(Specs.Brief);
        var answers = new Queue<WebhookAnswer>([new(500, "oops"), new(429, "slow down") { RetryAfter = TimeSpan.FromSeconds(7) }, new(200, "ok")]);
        var times = new List<DateTimeOffset>();
        rehearsal.Webhook.Receipt = _ =>
        {
            times.Add(rehearsal.Time.GetUtcNow());
            return answers.Dequeue();
        };

        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds), Is.EqualTo(new[] { 1.0, 7.0 }));
        Assert.That(rehearsal.Journal.OfType<NotificationIntended>().Count(), Is.EqualTo(1));
        Assert.That(rehearsal.Journal.OfType<NotificationEnded>().Single().Failure, Is.Null);
    }

    [TestCase(0, null, 4, "no answer within 10 s, at try 4 of 4")]
    [TestCase(503, null, 4, "HTTP 503, no answer within 10 s, at try 4 of 4")]
    [TestCase(429, 3600, 1, "HTTP 429, no answer within 10 s, at try 1 of 4")]
    [TestCase(404, null, 1, "HTTP 404, no answer within 10 s")]
    public async Task A_place_that_can_not_be_told_is_given_up_on_and_the_rollout_goes_its_way(int status, int? retryAfter, int tries, string failure)
    {
        var rehearsal = Told(Specs.Brief);
        rehearsal.Webhook.Receipt = _ => new(status, "no answer within 10 s") { RetryAfter = retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Webhook.Told, Has.Count.EqualTo(tries));
        Assert.That(rehearsal.Journal.OfType<NotificationEnded>().Single().Failure, Is.EqualTo(failure));
        Assert.That(rehearsal.Notes, Is.EqualTo(new[] { $"webhook OPS_WEBHOOK could not be told (completed): {failure}." }));
    }

    [Test]
    public async Task A_mistake_in_the_telling_ends_no_rollout_and_shows_nothing_of_the_address()
    {
        var rehearsal = Told(Specs.Brief);
        rehearsal.Webhook.Receipt = address => throw new UriFormatException(address);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Journal.OfType<NotificationEnded>().Single().Failure, Is.EqualTo("an error of the program (UriFormatException)"));
    }

    [Test]
    public void A_run_whose_lock_was_taken_tells_nobody()
    {
        var rehearsal = Told(Specs.Brief);
        rehearsal.OnAction = action =>
        {
            if (rehearsal.Workspace.State.Endpoint?.Traffic["green-2"] == 50)
            {
                rehearsal.Store!.Expire();
            }
        };

        Assert.That(() => rehearsal.RunAsync(Rehearsal.Line), Throws.TypeOf<Sluice.Rollouts.EndpointLockedException>());
        Assert.That(Messages(rehearsal), Is.Empty);
    }

    [Test]
    public async Task Nothing_that_is_kept_or_shown_has_the_address_in_it()
    {
        var rehearsal = Told(Specs.Brief);
        rehearsal.Webhook.Receipt = _ => new(500, "broken");

        await rehearsal.RunAsync(Rehearsal.Line);

        var kept = Encoding.UTF8.GetString(rehearsal.Store!.Content) + string.Join('\n', rehearsal.Notes)
            + string.Join('\n', rehearsal.Webhook.Told.Select(told => told.Body));
        Assert.That(kept, Does.Contain("OPS_WEBHOOK").And.Not.Contain("signature-that").And.Not.Contain("flows.example"));
    }

    [Test]
    public async Task Wherever_a_process_dies_nobody_is_told_twice_by_the_same_command_again()
    {
        var (points, lost) = (0, 0);
        for (var died = true; died; points++)
        {
            var rehearsal = Told(Specs.Brief with { Policy = new PolicySpec { Approvals = new(Canary: 0, Promote: 1) } });
            using var process = new CancellationTokenSource();
            died = false;
            rehearsal.Workspace.OnCall = call =>
            {
                if (call.Number == points)
                {
                    died = true;
                    process.Cancel();
                }
            };
            try
            {
                await Rehearsal.RunAsync(rehearsal.NewRollout(By("ann on desk-1")), Rehearsal.Line, process.Token);
            }
            catch (OperationCanceledException)
            {
                // The process is gone; what it had written stays.
            }

            rehearsal.Workspace.OnCall = _ => { };
            rehearsal.Workspace.Settle();
            await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
            await rehearsal.RunAsync(By("bob on desk-2"), Approve);
            await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

            var intended = JournalFormat.Read(rehearsal.Store!.Content).Events.OfType<NotificationIntended>().Select(each => each.Occasion).ToArray();
            Assert.That(intended, Is.EquivalentTo(new[] { "waiting: approval of promote", "completed" }), $"died at {points}");
            Assert.That(States(rehearsal), Is.Unique.And.Contain("completed"), $"died at {points}");
            lost += intended.Length - rehearsal.Webhook.Told.Count;
        }

        TestContext.Out.WriteLine($"{points - 1} points, {lost} of them with a message that was never sent");
        Assert.That(points, Is.GreaterThan(50));
        Assert.That(lost, Is.InRange(1, 2), "A process that dies between its intention and its message has told nobody.");
    }

    [Test]
    public async Task A_place_that_never_answers_holds_up_neither_the_rollout_nor_whoever_cancels()
    {
        var rehearsal = Told(Specs.Brief with { Policy = new PolicySpec { Approvals = new(Canary: 0, Promote: 1) } });
        using var process = new CancellationTokenSource();
        rehearsal.Webhook.OnTold = token => Task.Delay(Timeout.Infinite, token);
        var rollout = rehearsal.NewRollout();

        var result = await Rehearsal.RunAsync(rollout, Rehearsal.Line, process.Token);
        await process.CancelAsync();
        await rollout.DisposeAsync();

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Held), result.Why);
        Assert.That(rehearsal.Journal.OfType<NotificationEnded>().Single().Failure, Is.EqualTo("the run was cancelled"));
    }

    [Test]
    public async Task A_rollout_that_is_taken_back_because_it_was_cancelled_is_told_as_rolled_back()
    {
        var rehearsal = Told(Specs.Brief);
        using var process = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Traffic["green-2"] == 50)
            {
                process.Cancel();
            }
        };
        await using var rollout = rehearsal.NewRollout();

        Assert.That(() => Rehearsal.RunAsync(rollout, Rehearsal.Line, process.Token), Throws.InstanceOf<OperationCanceledException>());
        await rollout.TakeBackAsync(CancellationToken.None);

        Assert.That(States(rehearsal), Is.EqualTo(new[] { "rolledBack" }));
    }

    [Test]
    public async Task An_intention_that_can_not_be_written_down_at_once_is_told_as_soon_as_it_is()
    {
        var rehearsal = Told(Specs.Brief);
        var failures = 0;
        rehearsal.Workspace.OnCall = call =>
        {
            if (call is { Name: "append to journal", Moment: CallMoment.Before }
                && failures == 0
                && rehearsal.Journal is [.., NotificationIntended])
            {
                failures++;
                throw new WorkspaceCallException("append to the journal", "ServerBusy", "try again");
            }
        };

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(failures, Is.EqualTo(1));
        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(States(rehearsal), Is.EqualTo(new[] { "completed" }));
    }

    [Test]
    public async Task An_end_that_can_not_be_written_down_is_told_all_the_same_and_by_the_next_run_again()
    {
        var rehearsal = Told(Specs.Brief);
        var isBroken = false;
        rehearsal.Workspace.OnCall = call =>
        {
            isBroken |= rehearsal.Journal is [.., NotificationIntended];
            if (isBroken && call is { Name: "append to journal", Moment: CallMoment.Before })
            {
                throw new WorkspaceCallException("append to the journal", "ServerBusy", "try again");
            }
        };

        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Workspace.OnCall = _ => { };
        await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(States(rehearsal), Is.EqualTo(new[] { "completed", "completed" }));
    }

    [Test]
    public void A_rehearsal_tells_nobody_and_says_so()
    {
        var spec = WithPlace(Specs.First);

        Assert.That(new RehearsalSpec("/somewhere", Seed: 1, Speed: 60, RequestsPerSecond: null).Of(spec).Notifications, Is.Empty);
        Assert.That(RehearsalSpec.LeavesOut(spec), Is.True);
        Assert.That(RehearsalSpec.LeavesOut(Specs.First), Is.False);
    }

    private static Rehearsal Told(RolloutSpec spec, Func<NotificationSpec, NotificationSpec>? change = null)
    {
        var rehearsal = new Rehearsal(WithPlace(spec, change));
        rehearsal.Secrets[Variable] = Address;
        return rehearsal;
    }

    private static RolloutSpec WithPlace(RolloutSpec spec, Func<NotificationSpec, NotificationSpec>? change = null)
    {
        var place = new NotificationSpec(NotificationKind.Webhook, $"webhook {Variable}")
        {
            AddressVariable = Variable,
            On = [.. Enum.GetValues<NotifiedState>()],
        };
        return spec with { Notifications = [change?.Invoke(place) ?? place] };
    }

    private static JObject[] Messages(Rehearsal rehearsal) =>
    [
        .. rehearsal.Webhook.Told.Select(told => JObject.Parse(told.Body)),
    ];

    private static string?[] States(Rehearsal rehearsal) => [.. Messages(rehearsal).Select(message => (string?)message["state"])];

    private static Func<RunRequest, RunRequest> By(string actor) => request => request with { Actor = actor };
}
