using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[Category("Unit")]
internal sealed class CancellationTests
{
    [TestCase(1, CallMoment.Accepted)]
    [TestCase(1, CallMoment.After)]
    [TestCase(2, CallMoment.Accepted)]
    [TestCase(3, CallMoment.Accepted)]
    public async Task A_run_that_is_cancelled_amid_a_shift_waits_for_its_end_and_goes_back(int shift, CallMoment moment)
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        await using var rollout = rehearsal.NewRollout();
        await CancelAsync(rehearsal, rollout, "set traffic", shift + 1, moment);

        var result = await rollout.TakeBackAsync(CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(result?.Outcome, Is.EqualTo(Outcome.Done), result?.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.RolledBack));
            Assert.That(rehearsal.Journal.OfType<TrafficWritten>().Last().Why, Is.EqualTo("The run was cancelled, and default passed its smoke test."));
        });
    }

    [Test]
    public async Task Before_its_first_shift_is_sent_there_is_nothing_to_take_back()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        await using var rollout = rehearsal.NewRollout();
        await CancelAsync(rehearsal, rollout, "set traffic", 2, CallMoment.Before);

        Assert.That(await rollout.TakeBackAsync(CancellationToken.None), Is.Null);
        Assert.That(rehearsal.Mark, Is.Null);
    }

    [Test]
    public async Task The_first_shift_of_a_run_that_died_is_taken_back_too_by_one_that_is_cancelled_while_it_waits_for_it()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        await CancelAsync(rehearsal, rehearsal.NewRollout(), "set traffic", 2, CallMoment.Accepted);
        await using var rollout = rehearsal.NewRollout();
        await CancelAsync(rehearsal, rollout, "await settled", 1, CallMoment.Before);

        var result = await rollout.TakeBackAsync(CancellationToken.None);

        Assert.That(result?.Outcome, Is.EqualTo(Outcome.Done), result?.Why);
        Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.RolledBack));
    }

    [Test]
    public async Task A_rollout_that_has_passed_everything_is_not_taken_back()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        await using (var rollout = rehearsal.NewRollout())
        {
            await CancelAsync(rehearsal, rollout, "set mark", 2, CallMoment.Accepted);

            Assert.That(await rollout.TakeBackAsync(CancellationToken.None), Is.Null);
        }

        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(again.Outcome, Is.EqualTo(Outcome.Done), again.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("green-2")));
    }

    [Test]
    public async Task Whoever_cancels_amid_a_write_is_told_which_one_was_begun()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        await using var rollout = rehearsal.NewRollout();

        var cancelled = await CancelAsync(rehearsal, rollout, "set traffic", 2, CallMoment.Accepted);

        Assert.That(cancelled, Is.InstanceOf<WriteCancelledException>());
        Assert.That(cancelled.Message, Is.EqualTo(
            "The run was cancelled when it had begun to shift traffic from [default 100 %] to [default 90 %, green-2 10 %]: what was sent, Azure brings "
            + "to its end."));
    }

    [Test]
    public async Task A_journal_that_does_not_answer_keeps_no_run_that_was_cancelled_from_its_end()
    {
        var (rehearsal, rollout, journal) = await CancelOnSilentJournalAsync();

        await rollout.EndAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(rehearsal.Journal[^1], Is.InstanceOf<RunEnded>());
        Assert.That(rehearsal.Notes, Has.Some.StartsWith("The journal did not answer in time").And.Some.Contain("the lock on the endpoint"));
        journal.Speak();
    }

    [Test]
    public async Task Whoever_cancels_while_a_run_waits_to_write_its_end_down_waits_no_longer()
    {
        var (rehearsal, rollout, journal) = await CancelOnSilentJournalAsync();
        using var person = new CancellationTokenSource();
        var ending = rollout.EndAsync(person.Token);
        var isPatient = !ending.IsCompleted;

        await person.CancelAsync();
        await ending.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(isPatient);
        Assert.That(rehearsal.Notes, Has.Some.StartsWith("The journal did not answer in time"));
        journal.Speak();
    }

    [Test]
    public async Task A_run_that_is_not_cancelled_waits_for_its_journal()
    {
        var (rehearsal, rollout, journal) = await CancelOnSilentJournalAsync();
        var ending = rollout.EndAsync(CancellationToken.None);
        var isPatient = !ending.IsCompleted;

        journal.Speak();
        await ending.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(isPatient);
        Assert.That(JournalFormat.Read(rehearsal.Store!.Content).OpenRun, Is.Null);
        Assert.That(rehearsal.Store.IsLocked, Is.False);
    }

    private static async Task<(Rehearsal Rehearsal, Rollout Rollout, SilentJournal Journal)> CancelOnSilentJournalAsync()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        var journal = new SilentJournal(rehearsal.Store!);
        rehearsal.WayToJournal = _ => journal;
        var rollout = rehearsal.NewRollout();
        await CancelAsync(rehearsal, rollout, "set traffic", 2, CallMoment.Before);
        journal.FallSilent();
        return (rehearsal, rollout, journal);
    }

    /// <summary>Runs the line, and cancels it at a moment of the n-th call of that name.</summary>
    private static async Task<OperationCanceledException> CancelAsync(
        Rehearsal rehearsal, Rollout rollout, string name, int number, CallMoment moment)
    {
        using var person = new CancellationTokenSource();
        var calls = 0;
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == name && call.Moment == moment && ++calls == number)
            {
                person.Cancel();
            }
        };
        try
        {
            var result = await Rehearsal.RunAsync(rollout, Rehearsal.Line, person.Token);
            throw new AssertionException($"It was not cancelled: {result.Why}");
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }
        finally
        {
            rehearsal.Workspace.OnCall = _ => { };
        }
    }
}
