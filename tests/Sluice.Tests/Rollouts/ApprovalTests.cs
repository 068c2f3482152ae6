using System.Text;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>A rollout goes no further than other people than its starter have approved.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class ApprovalTests
{
    private static readonly Stage[] Approve = [Stage.Approve];

    [Test]
    public async Task A_promotion_waits_for_somebody_else_and_the_same_command_goes_on_then()
    {
        var undisturbed = await Rehearsal.AfterFirstRolloutAsync();
        var rehearsal = new Rehearsal(Needing(canary: 0, promote: 1));

        var held = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        var traffic = rehearsal.Traffic;
        var own = await rehearsal.RunAsync(By("ann on desk-2"), Approve);
        var others = await rehearsal.RunAsync(By("bob on desk-3"), Approve);
        var done = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Promote, Outcome.Held)));
            Assert.That(held.Why, Is.EqualTo(
                "May not shift traffic from [default 50 %, green-2 50 %] to [green-2 100 %] yet: 0 of 1 approvals are there. Whoever did not "
                + "start the rollout says Approve --stage=promote; the same command goes on then."));
            Assert.That(traffic, Is.EqualTo(Traffic.Split("default", "green-2", 50)));
            Assert.That(own.Outcome, Is.EqualTo(Outcome.Failed));
            Assert.That(own.Why, Is.EqualTo("ann started the rollout of green-2; somebody else has to approve it."));
            Assert.That(own.Next.Steps[0], Is.EqualTo(
                new NextStep("./build.sh --target=Approve --stage=promote", "by somebody who did not start the rollout")));
            Assert.That(others.Why, Is.EqualTo("bob did approve the promotion of green-2: 1 of 1 that are needed."));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Picture, Is.EqualTo(undisturbed.Picture));
        });
    }

    [Test]
    public async Task A_canary_waits_for_as_many_people_as_it_needs_and_counts_each_once()
    {
        var rehearsal = new Rehearsal(Needing(canary: 2, promote: 0));
        await rehearsal.RunAsync(By("ann at https://ci.example/runs/1"), Rehearsal.Line);

        await rehearsal.RunAsync(By("bob at https://ci.example/runs/2"), Approve);
        await rehearsal.RunAsync(By("BOB on desk-3"), Approve);
        await rehearsal.RunAsync(By("Ann on desk-3"), Approve);
        var held = await rehearsal.RunAsync(By("ann at https://ci.example/runs/3"), Rehearsal.Line);
        var traffic = rehearsal.Traffic;
        await rehearsal.RunAsync(By("eve on desk-4"), Approve);
        var done = await rehearsal.RunAsync(By("ann at https://ci.example/runs/4"), Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Canary, Outcome.Held)));
            Assert.That(held.Why, Does.Contain("yet: 1 of 2 approvals are there, bob's."));
            Assert.That(traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(JournalFormat.Read(rehearsal.Store!.Content).Events.OfType<Approved>().Count(), Is.EqualTo(2));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task An_approval_of_the_canary_is_none_of_the_promotion()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 1));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        var held = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Promote, Outcome.Held)));
    }

    [Test]
    public async Task A_promotion_is_approved_ahead_when_a_person_says_so()
    {
        var rehearsal = new Rehearsal(Needing(canary: 0, promote: 1));
        await rehearsal.RunAsync(By("ann on desk-1"), Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        await rehearsal.RunAsync(request => By("bob on desk-2")(request) with { Approves = ApprovalScope.Promote }, Approve);

        var done = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
    }

    [Test]
    public async Task What_was_approved_is_one_rollout_and_no_other_try()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] == 0;
        var back = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        rehearsal.Scoring.Answers = (_, _) => true;

        var over = await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var retried = await rehearsal.RunAsync(request => By("ann on desk-1")(request) with { Retry = true }, Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(back.Outcome, Is.EqualTo(Outcome.RolledBack));
            Assert.That(over.Outcome, Is.EqualTo(Outcome.Failed));
            Assert.That((retried.Stage, retried.Outcome), Is.EqualTo((Stage.Canary, Outcome.Held)));
            Assert.That(retried.Why, Does.Contain("0 of 1 approvals"));
        });
    }

    [Test]
    public async Task What_was_approved_before_a_version_was_taken_off_counts_for_no_other_rollout_of_it()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var first = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        rehearsal.SomebodySetsTraffic(("default", 100));

        var adopted = await rehearsal.RunAsync(request => By("ann on desk-1")(request) with { Adopt = true }, Rehearsal.Line);
        var held = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        var approved = await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var done = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(first.Outcome, Is.EqualTo(Outcome.Done), first.Why);
            Assert.That((adopted.Outcome, held.Outcome), Is.EqualTo((Outcome.Held, Outcome.Held)), adopted.Why);
            Assert.That(adopted.Why, Does.Contain("0 of 1 approvals"));
            Assert.That(held.Why, Does.Contain("0 of 1 approvals"));
            Assert.That(approved.Outcome, Is.EqualTo(Outcome.Done), approved.Why);
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
        });
    }

    [Test]
    public async Task What_nobody_has_started_is_not_approved()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        rehearsal.Workspace.State = new([new(Specs.Model, "2", Specs.V2.Digest), new(Specs.Model, "1", Specs.V1.Digest)], null);

        var result = await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        Assert.That((result.Outcome, result.Why), Is.EqualTo((Outcome.Failed, "Nobody has started a rollout of green-2; the stage Green does.")));
    }

    [Test]
    public async Task No_approval_is_needed_to_go_back()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Spec = Needing(canary: 2, promote: 2);

        var back = await rehearsal.RollBackAsync();

        Assert.That(back.Outcome, Is.EqualTo(Outcome.Done), back.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
    }

    [TestCase("ann on desk-1", "ann")]
    [TestCase("ann at https://ci.example/runs/1", "ann")]
    [TestCase("Ann on Call on desk-1", "Ann on Call")]
    [TestCase("person 1", "person 1")]
    [TestCase("ann", "ann")]
    public void A_person_is_the_same_on_every_machine_and_in_every_run(string actor, string person) =>
        Assert.That(Actors.PersonOf(actor), Is.EqualTo(person));

    private static Func<RunRequest, RunRequest> By(string actor) => request => request with { Actor = actor };

    [Test]
    public async Task A_candidate_that_gets_all_traffic_at_once_needs_the_approval_of_its_first_traffic_too()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0).With(strategy => strategy with { Steps = [] }));

        var held = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        var traffic = rehearsal.Traffic;
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var done = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Promote, Outcome.Held)), held.Why);
            Assert.That(held.Why, Does.Contain("Approve --stage=canary"));
            Assert.That(traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        });
    }

    [Test]
    public async Task What_is_approved_while_the_run_goes_on_counts_at_its_next_look_and_stands_in_the_journal_once()
    {
        var rehearsal = new Rehearsal(Needing(canary: 0, promote: 2));
        var approvals = new Queue<string>(["bob on desk-2", "eve on desk-3"]);
        rehearsal.OnLook = _ =>
        {
            if (rehearsal.Workspace.State.Endpoint?.Traffic["green-2"] == 10 && approvals.TryDequeue(out var person))
            {
                Beside(rehearsal, person, ApprovalScope.Promote);
            }
        };

        var done = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        Assert.That(
            JournalFormat.Read(rehearsal.Store!.Content).Events.OfType<Approved>().Select(approved => approved.Actor),
            Is.EqualTo(new[] { "bob on desk-2", "eve on desk-3" }));
    }

    [Test]
    public async Task An_approval_of_a_step_that_comes_when_the_next_one_has_begun_is_not_that_ones()
    {
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with { Gates = [new ApprovalRule("people", 1)] }));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var late = rehearsal.Store!.Approvals;
        var next = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        rehearsal.Store.Approvals = [.. late, .. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(late).Replace("bob", "eve", StringComparison.Ordinal))];

        var held = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.That((next.Outcome, rehearsal.Traffic["green-2"]), Is.EqualTo((Outcome.Held, 50)), next.Why);
        Assert.That(held.Why, Does.Contain("0 of 1 approvals are there"));
    }

    [Test]
    public async Task Who_approves_takes_no_lock_and_writes_nothing_to_the_journal()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        var journal = rehearsal.Store!.Content;
        var calls = new List<string>();
        rehearsal.Workspace.OnCall = call => calls.Add(call.Name);

        var approved = await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        Assert.That(approved.Outcome, Is.EqualTo(Outcome.Done), approved.Why);
        Assert.That(calls, Does.Contain("leave approval").And.Not.Contain("lock journal"));
        Assert.That(rehearsal.Store.Content, Is.EqualTo(journal));
    }

    [TestCase("leave approval")]
    [TestCase("read journal")]
    public async Task An_approval_that_can_not_be_written_down_is_not_said_to_be_there(string call)
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        var isDown = true;
        rehearsal.Workspace.OnCall = made =>
        {
            if (made.Name == call && isDown)
            {
                isDown = false;
                throw new WorkspaceCallException(call, "ServerBusy", "The server is busy.");
            }
        };

        Assert.That(async () => await rehearsal.RunAsync(By("bob on desk-2"), Approve), Throws.InstanceOf<WorkspaceCallException>());
        Assert.That(rehearsal.Store!.Approvals, Is.Empty);
    }

    [Test]
    public async Task A_run_goes_on_while_the_approvals_can_not_be_read_and_counts_them_when_they_can()
    {
        var rehearsal = new Rehearsal(Needing(canary: 0, promote: 1));
        await rehearsal.RunAsync(By("ann on desk-1"), Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green);
        await rehearsal.RunAsync(request => By("bob on desk-2")(request) with { Approves = ApprovalScope.Promote }, Approve);
        var reads = 0;
        rehearsal.Workspace.OnCall = made =>
        {
            if (made.Name == "read approvals" && ++reads <= 10)
            {
                throw new WorkspaceCallException(made.Name, "ServerBusy", "The server is busy.");
            }
        };

        var done = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.That(done.Outcome, Is.EqualTo(Outcome.Done), done.Why);
        Assert.That(reads, Is.GreaterThan(10));
    }

    [Test]
    public async Task Who_only_looks_sees_an_approval_that_no_run_has_taken_in_yet()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        var before = await LookAsync(rehearsal);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        var after = await LookAsync(rehearsal);

        Assert.That((before.AwaitedApproval, after.AwaitedApproval), Is.EqualTo((ApprovalScope.Canary, null as ApprovalScope?)));
    }

    [Test]
    public async Task Who_approves_by_the_configuration_of_an_earlier_attempt_is_told_which_rollout_waits()
    {
        var (first, second) = (Needing(canary: 1, promote: 0), Specs.Second with { Policy = new() { Approvals = new(1, 0) } });
        var rehearsal = new Rehearsal(first);
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        rehearsal.Spec = second;
        var waits = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        rehearsal.Spec = first;
        var other = await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var left = rehearsal.Store!.Approvals;
        rehearsal.Spec = second;

        var right = await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        Assert.That((waits.Stage, waits.Outcome), Is.EqualTo((Stage.Canary, Outcome.Held)), waits.Why);
        Assert.That(other.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(other.Why, Does.StartWith("The rollout that was begun last is of ").And.Contain("--model-path=azureml:"));
        Assert.That(left, Is.Empty);
        Assert.That(right.Outcome, Is.EqualTo(Outcome.Done), right.Why);
    }

    [Test]
    public async Task Who_approves_once_has_approved_the_step_and_not_the_promotion_too()
    {
        var rehearsal = new Rehearsal(Needing(canary: 0, promote: 1).With(strategy => strategy with { Gates = [new ApprovalRule("people", 1)] }));
        var outcomes = new List<(Stage, Outcome)>();

        // 10 %, 50 %, then the promotion: each asks by itself.
        for (var asked = 0; asked < 3; asked++)
        {
            var held = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
            outcomes.Add((held.Stage, held.Outcome));
            await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        }

        Assert.That(outcomes, Is.EqualTo(new[] { (Stage.Canary, Outcome.Held), (Stage.Canary, Outcome.Held), (Stage.Promote, Outcome.Held) }));
        Assert.That(
            JournalReading.ApprovalsIn(rehearsal.Store!.Approvals, []).Select(approved => approved.Scope),
            Is.EqualTo(new[] { ApprovalScope.Step, ApprovalScope.Step, ApprovalScope.Promote }));
    }

    [Test]
    public async Task Of_two_gates_that_ask_people_the_one_that_waits_is_meant()
    {
        var gates = Specs.First.With(strategy => strategy with { Gates = [new ApprovalRule("one", 1), new ApprovalRule("two", 2)] });
        var rehearsal = new Rehearsal(gates with { Policy = new() { Approvals = new(0, 2) } });
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        var first = await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var second = await rehearsal.RunAsync(By("eve on desk-3"), Approve);
        var next = await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        Assert.That(first.Why, Is.EqualTo("bob did approve the step of green-2: 1 of 2 that are needed."));
        Assert.That(second.Why, Is.EqualTo("bob, eve did approve the step of green-2: 2 of 2 that are needed."));
        Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(50), next.Why);
    }

    [Test]
    public async Task Where_nothing_needs_an_approval_none_is_written_down_unless_it_is_named()
    {
        var rehearsal = new Rehearsal(Needing(canary: 1, promote: 0));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        var again = await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var left = JournalReading.ApprovalsIn(rehearsal.Store!.Approvals, []).Count();
        var named = await rehearsal.RunAsync(request => By("bob on desk-2")(request) with { Approves = ApprovalScope.Promote }, Approve);

        Assert.That((again.Outcome, again.Why), Is.EqualTo((Outcome.Done, "The rollout of green-2 needs no approval that it has not.")));
        Assert.That(left, Is.EqualTo(1));
        Assert.That(named.Why, Is.EqualTo("bob did approve the promotion of green-2: none is needed."));
    }

    [Test]
    public async Task A_step_that_somebody_took_the_traffic_of_is_not_approved_before_it_is_there_again()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10, Specs.First.With(strategy => strategy with
        {
            Steps = [strategy.Steps[0] with { Gates = [new ApprovalRule("people", 1)] }, strategy.Steps[1]],
        }));
        rehearsal.SomebodySetsTraffic(("default", 100));
        rehearsal.Spec = rehearsal.Spec with { Policy = new() { Freeze = [new OneOffWindow("holidays", new(2026, 1, 1), new(2026, 2, 1))] } };
        var held = await rehearsal.RunAsync(request => request with { Adopt = true }, Rehearsal.Line);

        var approved = await rehearsal.RunAsync(By("bob on desk-2"), Approve);

        Assert.That(held.Why, Does.Contain("the freeze \"holidays\" is on"));
        Assert.That(approved.Why, Is.EqualTo("The rollout of green-2 needs no approval that it has not."));
    }

    [Test]
    public async Task A_plan_ends_where_a_gate_asks_people_and_goes_on_when_they_have_approved()
    {
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with { Gates = [new ApprovalRule("people", 1)], Steps = [strategy.Steps[0]] }));
        await rehearsal.RunAsync(By("ann on desk-1"), Rehearsal.Line);

        var held = await ForecastAsync(rehearsal);
        await rehearsal.RunAsync(By("bob on desk-2"), Approve);
        var free = await ForecastAsync(rehearsal);

        Assert.That((held.End.Outcome, held.Actions.Any(planned => planned.Action.IsWrite)), Is.EqualTo((Outcome.Held, false)), held.End.Why);
        Assert.That(held.End.Why, Does.Contain("gate people says Inconclusive: 0 of 1 approvals are there"));
        Assert.That((held.Actions.IsEmpty, held.Idle, free.Idle), Is.EqualTo((false, $"Only looks are ahead: {held.End.Why}", (string?)null)));
        Assert.That(free.Actions.Select(planned => planned.Action).OfType<SetTraffic>().Select(shift => shift.Wanted["green-2"]), Is.EqualTo(new[] { 100 }));
    }

    private static async Task<Forecast> ForecastAsync(Rehearsal rehearsal)
    {
        await using var rollout = rehearsal.NewRollout();
        return await rollout.ForecastAsync(Rehearsal.Line, CancellationToken.None);
    }

    private static Task<Standing> LookAsync(Rehearsal rehearsal) => Standing.OfAsync(
        rehearsal.Spec, rehearsal.Workspace, rehearsal.Store!, rehearsal.Telemetry, _ => false, previous: null, rehearsal.Time, CancellationToken.None);

    private static void Beside(Rehearsal rehearsal, string person, ApprovalScope scope)
    {
        var onLook = rehearsal.OnLook;
        rehearsal.OnLook = _ => { };
        var rollout = rehearsal.NewRolloutBeside(
            request => request with { Stages = Approve, Actor = person, Runs = _ => true, Approves = scope });
        var approved = rollout.RunAsync(Stage.Approve, CancellationToken.None);
        Assert.That(approved.IsCompletedSuccessfully && approved.Result.Outcome == Outcome.Done, $"{approved.Exception}");
        rehearsal.OnLook = onLook;
    }

    private static RolloutSpec Needing(int canary, int promote) => Specs.First with { Policy = new() { Approvals = new(canary, promote) } };
}
