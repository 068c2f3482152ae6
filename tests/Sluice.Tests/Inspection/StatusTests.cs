using Sluice.Inspection;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Reporting;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Inspection;

/// <summary>The status in every phase of a rollout, seen through ports that throw when something would be changed.</summary>
[Category("Unit")]
internal sealed class StatusTests
{
    [Test]
    public async Task A_gate_that_is_only_watched_is_told_apart_from_one_that_decides()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10, Specs.First.With(strategy => strategy with
        {
            Gates = [new AgreementRule("alike") { AtLeast = 0.1, MinimumPairs = 10 }, new DriftRule("drift") { MinimumPairs = 10, ObserveOnly = true }],
        }));

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(status.Gates!.Reports.Select(report => (report.Gate, report.ObserveOnly)), Is.EqualTo(new[] { ("alike", false), ("drift", true) }));
        Assert.That(Looked.Text(status).Split('\n').Where(line => line.EndsWith(" (only watched)", StringComparison.Ordinal)), Has.One.Contains(" drift "));
    }

    [Test]
    public async Task Where_nothing_is_the_next_command_makes_it()
    {
        var status = await Looked.StatusAsync(new Rehearsal());

        Assert.That(new object?[] { status.Endpoint, status.Progress, status.Lock, status.Rollout, status.Gates }, Is.All.Null);
        Assert.That(Looked.Text(status), Is.EqualTo(
            "Endpoint heart-endpoint does not exist in workspace workspace.\n  next       ./build.sh --target=Promote    begins the rollout"));
    }

    [Test]
    public async Task An_endpoint_whose_creation_failed_is_to_be_deleted_before_anything_else()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Workspace.State = new([], new() { Name = Specs.Endpoint, State = ProvisioningState.Failed });

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(Looked.Text(status), Is.EqualTo(
            "Endpoint heart-endpoint is Failed\n  scoring    none\n"
            + "  next       ./build.sh --target=Cleanup --delete-endpoint --yes    deletes the endpoint, which was not created successfully\n"
            + "             ./build.sh --target=Promote                            after that"));
    }

    [Test]
    public async Task A_write_that_the_journal_did_not_tell_of_yet_is_nobody_elses()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.IsSeenOnceWith(("green-2", 100));

        var status = await Looked.StatusAsync(rehearsal, isAlive: true);

        Assert.That(status.Progress!.Waits, Is.EqualTo("green-2 bakes at 50 %."));
    }

    [Test]
    public async Task A_step_that_bakes_elsewhere_says_which_it_is_since_when_until_when_and_who_runs_it()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);

        var status = await Looked.StatusAsync(rehearsal, isAlive: true);

        var progress = status.Progress!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((progress.Id, progress.Stable, progress.Candidate, progress.By), Is.EqualTo(("rollout-1", "default", "green-2", "person 1")));
            Assert.That((progress.Stage, progress.Step, progress.Steps, progress.Share), Is.EqualTo((Stage.Canary, 2, 2, "50 %")));
            Assert.That(progress.BakeEnds, Is.EqualTo(progress.HeldSince + TimeSpan.FromMinutes(5)));
            Assert.That(progress.Waits, Is.EqualTo("green-2 bakes at 50 %."));
            Assert.That(progress.Outcome, Is.Null);
            Assert.That((status.Lock!.By, status.Lock.IsAlive), Is.EqualTo(("person 1", true)));
            Assert.That(status.Deployments.Select(deployment => deployment.WantedTraffic), Is.EqualTo(new[] { 50, 50 }));
            Assert.That(status.Next, Does.StartWith("./build.sh --target=Status --watch"));
            Assert.That(Looked.Text(status), Does.Contain("at         Canary, step 2 of 2: 50 % since ").And.Contain("gate       probes"));
        }
    }

    [Test]
    public async Task Of_a_run_that_died_it_says_so_and_how_to_go_on()
    {
        var status = await Looked.StatusAsync(await Rehearsal.AtStepAsync(10), isAlive: false);

        Assert.That(Looked.Text(status), Does.Contain("its process is dead, and the next run takes over"));
        Assert.That(status.Progress!.Step, Is.EqualTo(1));
        Assert.That(status.Next, Is.EqualTo(
            "./build.sh --target=Promote (goes on); ./build.sh --target=Rollback (gives green-2 up; default gets all traffic)"));
    }

    [Test]
    public async Task While_a_shift_is_under_way_what_is_wanted_stands_beside_what_is_there()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.DieInShift();

        var status = await Looked.StatusAsync(rehearsal, isAlive: true);

        var candidate = status.Deployments.Single(deployment => deployment.Name == "green-2");
        Assert.That((candidate.Traffic, candidate.WantedTraffic), Is.EqualTo((10, 50)));
        Assert.That(status.Progress!.Doing, Does.StartWith("shift traffic from [default 90 %, green-2 10 %]"));
        Assert.That(Looked.Text(status), Does.Contain(" 10 %, wanted 50 %  heart version 2"));
    }

    [Test]
    public async Task The_final_bake_is_no_step()
    {
        var status = await Looked.StatusAsync(await Rehearsal.AtStepAsync(100), isAlive: true);

        Assert.That((status.Progress!.Stage, status.Progress.Step, status.Progress.Share), Is.EqualTo((Stage.Promote, null as int?, "100 %")));
        Assert.That(Looked.Text(status), Does.Contain("at         Promote, final bake: 100 % since"));
    }

    [Test]
    public async Task A_rollout_that_is_over_says_how_it_ended()
    {
        var status = await Looked.StatusAsync(await Rehearsal.AfterFirstRolloutAsync());

        Assert.That(status.Progress!.Outcome, Is.EqualTo(Outcome.Done));
        Assert.That((status.Lock, status.Probes, status.Progress.BakeEnds), Is.EqualTo((null as object, null as object, null as DateTimeOffset?)));
        Assert.That(Looked.Text(status), Does.Contain("ended      done"));
        Assert.That(status.Next, Is.EqualTo(
            "./build.sh --target=Cleanup (deletes what is retired); ./build.sh --target=Rollback (gives default all traffic back)"));
    }

    [Test]
    public async Task A_rollout_that_has_written_no_traffic_yet_goes_on_all_the_same()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((status.Progress!.Stage, status.Next), Is.EqualTo((Stage.Blue, "./build.sh --target=Promote (goes on)")));
    }

    [Test]
    [SetCulture("th-TH")]
    public async Task With_the_endpoint_that_was_deleted_its_rollout_is_over()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        await rehearsal.RunAsync(Stage.DeleteEndpoint);
        await rehearsal.RunAsync(Stage.Cleanup);

        var status = await Looked.StatusAsync(rehearsal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Progress, Is.Null);
            Assert.That(status.Notes, Has.One.Match("^The endpoint was deleted at 2026-01-05 .*, and its latest rollout is over with it\\.$"));
            Assert.That(status.Next, Is.EqualTo("./build.sh --target=Promote (begins the rollout)"));
        }
    }

    [Test]
    [SetCulture("th-TH")]
    public async Task An_endpoint_that_was_made_anew_by_hand_is_not_judged_by_the_rollout_of_the_one_before()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Workspace.Endpoint = new()
        {
            Name = Specs.Endpoint,
            State = ProvisioningState.Succeeded,
            ScoringUri = new Uri("https://heart-endpoint.example/score"),
            CreatedAt = rehearsal.Time.GetUtcNow(),
        };
        rehearsal.SomebodyDeploys("theirs", "1");
        rehearsal.SomebodySetsTraffic(("theirs", 100));

        var status = await Looked.StatusAsync(rehearsal, isAlive: false);
        var plan = await Looked.PlanAsync(rehearsal, Stage.Promote);
        var result = await rehearsal.RunAsync(Rehearsal.Line);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Progress, Is.Null);
            Assert.That(status.Notes, Has.One.StartsWith("The endpoint was made anew since its latest rollout, at 2026-01-05 "));
            Assert.That(status.Next, Is.EqualTo("./build.sh --target=Promote (begins the rollout)"));
            Assert.That(plan.End.Outcome, Is.EqualTo(Outcome.Done), plan.End.Why);
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Mark!.RolloutId, Is.EqualTo("rollout-2"));
        }
    }

    [Test]
    public async Task A_rollout_that_went_back_says_why()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(status.Progress!.Outcome, Is.EqualTo(Outcome.RolledBack));
        Assert.That(status.Progress.Waits, Does.Contain("default has all traffic"));
        Assert.That(status.Next, Does.Contain("--target=Logs --deployment-name=green-2"));
    }

    [Test]
    public async Task A_rollout_that_went_back_says_who_took_it_back_and_when()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();

        var status = await Looked.StatusAsync(rehearsal);

        var back = rehearsal.Journal.OfType<TrafficWritten>().Last();
        Assert.That((status.Progress!.Ended, status.Progress.EndedBy), Is.EqualTo((back.Time, "person 2")));
        Assert.That(Looked.Text(status), Does.Match("(?m)^  ended      rolled back in Canary, 2026-01-05 \\S+ by person 2$"));
    }

    [Test]
    public async Task A_rollout_that_failed_says_in_which_stage_and_how_it_was_judged()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] == 0;
        await rehearsal.RunAsync(Rehearsal.Line);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((status.Progress!.Outcome, status.Progress.Stage), Is.EqualTo((Outcome.RolledBack, Stage.Canary)));
        Assert.That(status.Probes?.Verdict, Is.EqualTo(VerdictKind.Fail));
    }

    [Test]
    public async Task Going_back_further_leaves_a_rollout_what_it_was()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RollBackAsync("default");

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((status.Progress!.Stable, status.Progress.Candidate, status.Progress.Outcome), Is.EqualTo(("green-2", "green-3", Outcome.RolledBack)));
    }

    [Test]
    public async Task A_run_that_found_nothing_to_do_does_not_hide_the_rollout_before()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "green-3" || rehearsal.Traffic["green-3"] == 0;
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.First;
        var idle = await rehearsal.RunAsync(Rehearsal.Line);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((idle.Outcome, idle.Actions), Is.EqualTo((Outcome.Done, 0)), idle.Why);
        Assert.That((status.Progress!.Id, status.Progress.Candidate, status.Progress.Outcome), Is.EqualTo(("rollout-2", "green-3", Outcome.RolledBack)));
    }

    [Test]
    public async Task With_the_endpoint_that_somebody_deleted_its_rollout_is_over()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Workspace.State = rehearsal.Workspace.State with { Endpoint = null };

        var status = await Looked.StatusAsync(rehearsal, isAlive: false);

        Assert.That(status.Progress, Is.Null);
        Assert.That(status.Notes, Has.One.EqualTo("The endpoint is gone, and its latest rollout is over with it."));
        Assert.That(status.Next, Is.EqualTo("./build.sh --target=Promote (begins the rollout)"));
    }

    [Test]
    public async Task What_was_rejected_on_an_endpoint_that_is_gone_is_not_on_the_next_one()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "green-3" || rehearsal.Traffic["green-3"] == 0;
        await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Scoring.Answers = (_, _) => true;
        rehearsal.Workspace.State = rehearsal.Workspace.State with { Endpoint = null };
        rehearsal.Time.Advance(TimeSpan.FromMinutes(1));
        rehearsal.Spec = Specs.First;
        var anew = await rehearsal.RunAsync(Rehearsal.Line);
        rehearsal.Spec = Specs.Second;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(anew.Outcome, Is.EqualTo(Outcome.Done), anew.Why);
        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
    }

    [Test]
    public async Task Traffic_that_somebody_changed_is_no_step_and_bakes_until_nothing()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.SomebodySetsTraffic(("default", 80), ("green-2", 20));

        var status = await Looked.StatusAsync(rehearsal, isAlive: false);

        Assert.That(status.Progress!.Waits, Does.StartWith("Somebody else changed the traffic: "));
        Assert.That((status.Progress.Share, status.Progress.BakeEnds), Is.EqualTo((null as string, null as DateTimeOffset?)));
        Assert.That(status.Notes, Is.Empty);
    }

    [Test]
    public async Task A_candidate_that_somebody_deleted_is_said_to_be_gone()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.SomebodySetsTraffic(("default", 100));
        rehearsal.Delete("green-2");

        var status = await Looked.StatusAsync(rehearsal, isAlive: false);

        Assert.That(status.Notes, Is.EqualTo(new[] { "The candidate is gone: somebody else deleted deployment green-2." }));
        Assert.That(Looked.Text(status), Does.Not.Contain("bakes until"));
    }

    [Test]
    public async Task A_rollback_of_the_rollout_before_is_nobody_elses_doing()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Spec = Specs.Second;
        var held = await rehearsal.RunAsync(Rehearsal.Line);
        await rehearsal.RollBackAsync();

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);
        Assert.That(rehearsal.Traffic.Sole, Is.EqualTo("default"));
        Assert.That(Looked.Text(status), Does.Not.Contain("Somebody else"));
    }

    [Test]
    public async Task A_rollback_that_moved_nothing_is_told_and_changes_nothing_of_what_is_held()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        var before = await Looked.StatusAsync(rehearsal);
        rehearsal.Time.Advance(TimeSpan.FromMinutes(1));
        rehearsal.Scoring.Answers = (_, _) => false;
        await rehearsal.RollBackAsync();

        var status = await Looked.StatusAsync(rehearsal);

        Assert.Multiple(() =>
        {
            Assert.That(status.Progress!.HeldSince, Is.EqualTo(before.Progress!.HeldSince));
            Assert.That(status.Probes?.Sentence, Is.EqualTo(before.Probes?.Sentence));
            Assert.That(status.Notes, Has.One.StartsWith("The latest Rollback moved nothing: default is not healthy, so no traffic was moved: "));
        });
    }

    [Test]
    public async Task A_rollout_that_went_back_and_was_brought_back_by_hand_has_not_ended_as_it_did()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();
        rehearsal.SomebodySetsTraffic(("green-2", 100));

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(status.Progress!.Outcome, Is.Null);
        Assert.That(status.Progress.Waits, Does.StartWith("Somebody else changed the traffic"));
    }

    [Test]
    public async Task The_gates_are_told_with_their_sentences_and_numbers_and_the_requests_with_their_source()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50, Specs.Gated);

        var status = await Looked.StatusAsync(rehearsal, isAlive: true);

        var text = Looked.Text(status);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Gates!.Reports.Select(report => report.Gate), Is.EqualTo(new[] { "errors", "agreement", "judge" }));
            Assert.That(status.Gates.Weight, Is.EqualTo(50));
            Assert.That(status.Gates.Reports[1].Numbers, Is.Not.Empty);
            Assert.That(text, Does.Match("(?m)^  gate       agreement +Pass "));
            Assert.That(status.Deployments.Select(deployment => deployment.Requests!.Source), Is.All.EqualTo(LoadSource.Looks));
            Assert.That(status.Deployments.Select(deployment => deployment.Requests!.P95Milliseconds), Is.All.EqualTo(3));
            Assert.That(text, Does.Contain("p50 3 ms, p95 3 ms (the rollout's looks since"));
        }
    }

    [Test]
    public async Task What_callers_met_comes_before_what_looks_were_answered_and_its_absence_is_told()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50, Specs.Gated);
        rehearsal.Telemetry.Minutes = minute => [InMemoryTelemetry.Minute(minute, "default", good: 99, failed: 1, p95: 40)];

        var known = await Looked.StatusAsync(rehearsal, isAlive: true);
        rehearsal.Telemetry.Fault = "you may not.";
        var broken = await Looked.StatusAsync(rehearsal, isAlive: true);

        var stable = known.Deployments.Single(deployment => deployment.Name == "default").Requests!;
        Assert.That((stable.Source, stable.Sent, stable.Errors, stable.P95Milliseconds), Is.EqualTo((LoadSource.Telemetry, 1000L, 10L, 40.0)));
        Assert.That(known.Deployments.Single(deployment => deployment.Name == "green-2").Requests!.Source, Is.EqualTo(LoadSource.Looks));
        Assert.That(Looked.Text(known), Does.Match(@"\(telemetry from \S+ (\d\d:\d\d):00Z to \S+ (?!\1)\d\d:\d\d:00Z\)"));
        Assert.That(broken.Notes, Has.One.Contains("The telemetry can't be read").And.One.Contains("you may not."));
        Assert.That(broken.Deployments.Select(deployment => deployment.Requests!.Source), Is.All.EqualTo(LoadSource.Looks));
    }

    [Test]
    public async Task What_a_rollout_before_this_one_has_sent_is_no_request_of_a_caller()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync(Specs.Brief);
        rehearsal.Spec = Specs.Brief with { Model = Specs.Second.Model };
        var second = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(second.Outcome, Is.EqualTo(Outcome.Done), second.Why);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(status.Deployments.Select(deployment => deployment.Requests?.Source), Is.Not.Empty.And.None.EqualTo(LoadSource.Telemetry));
    }

    [Test]
    public async Task A_missing_approval_is_named_with_the_command_that_gives_it()
    {
        var rehearsal = new Rehearsal(Specs.First with { Policy = PolicySpec.None with { Approvals = new(Canary: 1, Promote: 0) } });
        var held = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(held.Outcome, Is.EqualTo(Outcome.Held), held.Why);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((status.Progress!.Outcome, status.Progress.Stage, status.Progress.Approval), Is.EqualTo((null as Outcome?, Stage.Canary, "canary")));
        Assert.That(status.Progress.Waits, Does.Contain("0 of 1 approvals are there"));
        Assert.That(status.Next, Does.StartWith("./build.sh --target=Approve --stage=canary (by somebody who did not start the rollout"));
    }

    [Test]
    public async Task An_approval_that_a_gate_waits_for_is_named_with_the_command_that_gives_it()
    {
        var rehearsal = new Rehearsal(Specs.Brief.With(strategy => strategy with { Gates = [new ApprovalRule("people", 1)] }));
        var held = await rehearsal.RunAsync(Rehearsal.Line);
        Assume.That(held.Finish.Awaited?.Scope, Is.EqualTo(ApprovalScope.Step), held.Why);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((status.Progress!.Outcome, status.Progress.Stage, status.Progress.Approval), Is.EqualTo((null as Outcome?, Stage.Canary, "step")));
        Assert.That(status.Next, Does.StartWith("./build.sh --target=Approve --stage=step (by somebody who did not start the rollout"));
    }

    [Test]
    public async Task In_a_mirrored_step_the_gates_have_its_share_and_the_requests_are_told_to_hold_copies()
    {
        var rehearsal = new Rehearsal(Specs.Gated.With(strategy => strategy with { Steps = [new(0, TimeSpan.FromMinutes(30)) { Mirror = 20 }] }));
        rehearsal.Telemetry.Minutes = minute =>
            [InMemoryTelemetry.Minute(minute, "default", good: 100, failed: 0), InMemoryTelemetry.Minute(minute, "green-2", good: 20, failed: 0)];
        using var death = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Workspace.Endpoint.MirrorTraffic["green-2"] > 0)
            {
                death.Cancel();
            }
        };
        Assert.That(
            async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, death.Token), Throws.InstanceOf<OperationCanceledException>());

        var mirrored = await Looked.StatusAsync(rehearsal, isAlive: false);
        rehearsal.Time.OnWait = _ => { };
        await rehearsal.RollBackAsync();
        var soonAfter = await Looked.StatusAsync(rehearsal);
        rehearsal.Time.Advance(TimeSpan.FromMinutes(20));
        var later = await Looked.StatusAsync(rehearsal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((mirrored.Gates!.Weight, mirrored.Gates.Share), Is.EqualTo((0, "20 % mirrored")));
            Assert.That(Looked.Text(mirrored), Does.Contain("as the gates were asked at 20 % mirrored, ").And.Contain(" requests, mirrored copies among them, "));
            Assert.That(Copied(mirrored), Is.EqualTo(new[] { "green-2" }));
            Assert.That(Copied(soonAfter), Is.EqualTo(new[] { "green-2" }));
            Assert.That(Copied(later), Is.Empty);
        }

        static IEnumerable<string> Copied(StatusDocument status) =>
            status.Deployments.Where(deployment => deployment.Requests is { IncludesMirrored: true }).Select(deployment => deployment.Name);
    }

    [Test]
    public async Task A_window_that_is_waited_for_is_told_with_its_opening()
    {
        var opening = new DateTimeOffset(2026, 1, 6, 6, 0, 0, TimeSpan.Zero);
        var rehearsal = new Rehearsal(Specs.First);
        await rehearsal.RunAsync([.. Rehearsal.Line.Where(stage => stage <= Stage.Green)]);
        rehearsal.Spec = rehearsal.Spec with
        {
            Policy = PolicySpec.None with
            {
                Freeze = [new OneOffWindow("the audit", new DateTime(2026, 1, 5), opening.DateTime)],
                WaitsForWindow = true,
            },
        };
        using var death = new CancellationTokenSource();
        rehearsal.Time.OnWait = _ => death.Cancel();
        Assert.That(
            async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), [Stage.Canary], death.Token), Throws.InstanceOf<OperationCanceledException>());
        rehearsal.Time.OnWait = _ => { };

        var progress = (await Looked.StatusAsync(rehearsal, isAlive: true)).Progress!;

        Assert.That(progress.WindowOpens, Is.EqualTo(opening));
        Assert.That(progress.Waits, Does.Contain("the freeze \"the audit\" is on"));
    }

    [Test]
    public async Task A_deadline_and_the_time_for_evidence_are_told()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10, Specs.Gated.With(strategy => strategy with
        {
            Steps = [new Step(10, TimeSpan.FromMinutes(5)) { UntilEvidence = TimeSpan.FromHours(1) }],
            Deadline = TimeSpan.FromHours(6),
        }));

        var progress = (await Looked.StatusAsync(rehearsal, isAlive: true)).Progress!;

        Assert.That(progress.EvidenceUntil, Is.EqualTo(progress.HeldSince + TimeSpan.FromHours(1)));
        Assert.That(progress.Deadline, Is.EqualTo(progress.HeldSince + TimeSpan.FromHours(6)));
    }

    [Test]
    public async Task A_configuration_of_another_version_does_not_change_what_is_told_of_the_rollout()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        var own = await Looked.StatusAsync(rehearsal, isAlive: true);
        rehearsal.Spec = Specs.Second;

        var other = await Looked.StatusAsync(rehearsal, isAlive: true);

        Assert.That(other.Progress, Is.EqualTo(own.Progress));
    }

    [Test]
    public async Task A_run_that_was_refused_does_not_hide_the_rollout_that_serves()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        await rehearsal.RollBackAsync();
        rehearsal.Spec = Specs.Second;
        var served = await rehearsal.RunAsync(Rehearsal.Line);
        var own = await Looked.StatusAsync(rehearsal);
        rehearsal.Spec = Specs.First;
        var refused = await rehearsal.RunAsync(Rehearsal.Line);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That((served.Outcome, refused.Outcome, refused.Actions), Is.EqualTo((Outcome.Done, Outcome.RolledBack, 0)), refused.Why);
        Assert.That(status.Progress!.Id, Is.EqualTo(own.Progress!.Id));
        Assert.That(status.Progress.Candidate, Is.EqualTo("green-3"));
        Assert.That(rehearsal.Journal().Rollouts[^1], Is.EqualTo(own.Progress.Id));
    }

    [Test]
    public async Task A_mirrored_step_that_has_passed_is_no_final_bake()
    {
        var rehearsal = new Rehearsal(Specs.Gated.With(strategy => strategy with { Steps = [new(0, TimeSpan.FromMinutes(30)) { Mirror = 20 }] }));
        var passed = await rehearsal.RunAsync(Rehearsal.Line[..^1]);

        var status = await Looked.StatusAsync(rehearsal);

        Assert.That(passed.Outcome, Is.EqualTo(Outcome.Done), passed.Why);
        Assert.That((status.Progress!.Stage, status.Progress.Step, status.Progress.Share), Is.EqualTo((Stage.Promote, 1, "20 % mirrored")));
    }

    [Test]
    public async Task A_write_that_goes_on_without_its_run_is_told()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Rehearsal.Line[..^2]);
        rehearsal.DieInShift();

        var status = await Looked.StatusAsync(rehearsal, isAlive: false);

        Assert.That(status.Notes, Has.One.EqualTo(
            "A write that a run before has begun is under way: traffic is to be [default 90 %, green-2 10 %]."));
    }

    [Test]
    public async Task A_weight_that_is_no_step_of_the_configuration_is_told_to_be_none()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Spec = rehearsal.Spec.With(strategy => strategy with { Steps = [new(25, TimeSpan.FromMinutes(1))] });

        var status = await Looked.StatusAsync(rehearsal, isAlive: true);

        Assert.That(status.Progress!.Step, Is.Null);
        Assert.That(status.Notes, Has.One.StartsWith("50 % is no step of this configuration"));
        Assert.That((status.Progress.Steps, status.Progress.BakeEnds, status.Progress.Waits), Is.EqualTo((null as int?, null as DateTimeOffset?, null as string)));
        Assert.That(Looked.Text(status), Does.Match("(?m)^  at         Canary: 50 % since 2026-01-05 \\S+Z?$"));
    }

    [Test]
    public async Task A_journal_that_can_not_be_read_for_a_moment_is_shown_as_it_was()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        var before = await Looked.StandingAsync(rehearsal, isAlive: true);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "read journal")
            {
                throw new WorkspaceCallException("read the journal", "Timeout", "the network is gone");
            }
        };

        var after = await Looked.StandingAsync(rehearsal, isAlive: true, before);

        Assert.That(after.Held, Is.EqualTo(before.Held));
        Assert.That(after.Notes, Has.One.Contains("is shown as it was").And.One.Contains("the network is gone"));
    }
}
