using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>What a process that died has done counts for the next one.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class ResumeTests
{
    [TestCase(10)]
    [TestCase(50)]
    [TestCase(100)]
    public async Task Bake_time_that_was_served_and_probes_that_were_answered_are_not_asked_for_again(int weight)
    {
        var undisturbed = await Rehearsal.AfterFirstRolloutAsync();
        var rehearsal = await DyingAmidAsync(weight, lookOfDeath: 3);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(Probes(rehearsal), Is.EqualTo(Probes(undisturbed)), "no look was lost, and none was made twice");
            Assert.That(rehearsal.Journal.Count(happened => happened is TrafficWritten), Is.EqualTo(4), "each map was written once");
            Assert.That(rehearsal.Mark?.RolloutId, Is.EqualTo("rollout-1"));
        });
    }

    [Test]
    public async Task Failures_that_were_seen_before_the_process_died_send_the_candidate_back()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Traffic["green-2"] == 0;
        using var process = new CancellationTokenSource();
        rehearsal.OnAction = action =>
        {
            if (action is SetTraffic { Mark.Status: RolloutStatus.RolledBack })
            {
                process.Cancel();
            }
        };
        Assert.That(
            async () => await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, process.Token), Throws.InstanceOf<OperationCanceledException>());
        rehearsal.OnAction = _ => { };
        rehearsal.Scoring.Answers = (_, _) => true;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(result.Why, Does.StartWith("green-2 failed at 10 %: gate probes says Fail: 10 of 10 probes failed"));
        });
    }

    [TestCase(CallMoment.Before)]
    [TestCase(CallMoment.Accepted)]
    [TestCase(CallMoment.After)]
    public async Task A_write_that_took_effect_without_an_answer_is_known_as_the_rollouts_own(CallMoment moment)
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "set traffic" && call.Moment == moment)
            {
                throw new WorkspaceCallException("set the traffic", "Timeout", "no answer came");
            }
        };
        Assert.That(async () => await rehearsal.RunAsync(Rehearsal.Line), Throws.InstanceOf<WorkspaceCallException>());
        rehearsal.Workspace.OnCall = _ => { };
        var writes = rehearsal.Workspace.Writes.Count(write => write == "set traffic");

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(
                rehearsal.Workspace.Writes.Count(write => write == "set traffic") - writes,
                Is.EqualTo(moment == CallMoment.Before ? 2 : 1),
                "50 % is sent again only if it was not taken, and then 100 %");
        });
    }

    [Test]
    public async Task Without_a_journal_a_step_is_baked_anew()
    {
        var undisturbed = await Rehearsal.AfterFirstRolloutAsync();
        var rehearsal = await DyingAmidAsync(10, lookOfDeath: 3, withStore: false);
        var before = Probes(rehearsal);

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(Probes(rehearsal), Is.EqualTo(before + Probes(undisturbed)));
        });
    }

    [Test]
    public async Task Lines_of_others_in_the_journal_are_told_and_passed_over()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Store!.Content =
        [
            .. "hello\n"u8, .. rehearsal.Store.Content, .. "{\"type\":\"moon-landed\",\"v\":1}\n{\"type\":\"run-started\",\"v\":2}\n\n{\"type\":\"run-st\n"u8,
        ];

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Mark?.RolloutId, Is.EqualTo("rollout-1"), "the rest still counts");
            Assert.That(rehearsal.Notes[0], Is.EqualTo("Line 1 of the journal of the test is passed over: it is torn, or no event of a journal (hello)."));
            Assert.That(rehearsal.Notes, Has.One.Contains("a later release wrote it, in version 2 of the format"));
            Assert.That(rehearsal.Notes, Has.One.EqualTo("So are 1 more of its lines."));
        });
    }

    private static int Probes(Rehearsal rehearsal) =>
        rehearsal.Journal.OfType<ProbesAnswered>().Where(look => look.Deployment == "green-2").Sum(look => look.Tally.Sent);

    /// <summary>A rehearsal whose process died in a bake, after some looks.</summary>
    private static async Task<Rehearsal> DyingAmidAsync(int weight, int lookOfDeath, bool withStore = true)
    {
        var rehearsal = new Rehearsal();
        rehearsal.Store = withStore ? rehearsal.Store : null;
        using var process = new CancellationTokenSource();
        var waits = 0;
        rehearsal.Time.OnWait = _ =>
        {
            if (rehearsal.Traffic["green-2"] == weight && ++waits == lookOfDeath)
            {
                process.Cancel();
            }
        };
        try
        {
            await Rehearsal.RunAsync(rehearsal.NewRollout(), Rehearsal.Line, process.Token);
        }
        catch (OperationCanceledException)
        {
            // As it was asked to.
        }

        rehearsal.Time.OnWait = _ => { };
        Assume.That(process.IsCancellationRequested);
        return rehearsal;
    }

    [Test]
    public async Task A_candidate_is_looked_at_whatever_the_clock_of_the_machine_before_said()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Time.Advance(TimeSpan.FromHours(-1));
        var (begin, looks) = (rehearsal.Time.GetUtcNow(), rehearsal.Scoring.Requests.Count);
        DateTimeOffset? risenAt = null;
        rehearsal.OnAction = action => risenAt ??= action is SetTraffic ? rehearsal.Time.GetUtcNow() : null;

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Scoring.Requests[looks].Time, Is.EqualTo(begin));
            Assert.That(rehearsal.Scoring.Requests.Skip(looks).Count(request => request.Time < begin.AddHours(1)), Is.GreaterThanOrEqualTo(600));
            Assert.That(risenAt, Is.GreaterThanOrEqualTo(begin.AddMinutes(5)));
        });
    }

    [Test]
    public async Task A_candidate_that_fails_goes_back_at_once_though_the_clock_before_was_ahead()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Time.Advance(TimeSpan.FromHours(-1));
        var begin = rehearsal.Time.GetUtcNow();
        rehearsal.Scoring.Answers = (deployment, _) => deployment != "green-2";

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(rehearsal.Time.GetUtcNow(), Is.LessThan(begin.AddMinutes(10)));
        });
    }
}
