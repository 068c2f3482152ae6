using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>One run leads; the others wait, end, or take over, and whoever lost the lock writes nothing more.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class LockTests
{
    /// <summary>The second point of a run's calls; before it, the run does not hold the lock yet.</summary>
    private const int AfterTheLock = 1;

    [Test]
    public async Task A_second_run_ends_and_says_who_holds_the_endpoint_since_when()
    {
        var rehearsal = new Rehearsal();
        await using var holder = await HoldAsync(rehearsal);

        var second = Second(rehearsal, runs: true);

        Assert.That(
            async () => await second.RunAsync(Stage.Canary, CancellationToken.None),
            Throws.InstanceOf<EndpointLockedException>().With.Message.StartsWith(
                "Another run holds the endpoint: person 1, running Register, Endpoint, Blue, Green, Canary, Promote since 2026-01-05T08:00:00Z."));
        Assert.That(rehearsal.Workspace.Writes, Is.Empty);
    }

    [Test]
    [SetCulture("th-TH")]
    public void A_run_is_told_in_universal_time_and_in_our_calendar_where_another_one_is_usual()
    {
        var run = new RunStarted(new(2026, 1, 5, 10, 0, 0, TimeSpan.FromHours(2)), [Stage.Canary], "heart", new("machine", 1, default), null);

        Assert.That(RunJournal.Words(run with { Actor = "eve" }), Is.EqualTo("eve, running Canary since 2026-01-05T08:00:00Z"));
    }

    [Test]
    public async Task A_second_run_waits_if_it_is_asked_to_and_leads_when_the_first_has_ended()
    {
        var rehearsal = new Rehearsal();
        var holder = await HoldAsync(rehearsal);
        var (waits, reads) = (0, 0);
        rehearsal.Workspace.OnCall = call => reads += call.Name == "read journal" ? 1 : 0;
        rehearsal.Time.OnWait = _ =>
        {
            if (++waits == 1_000)
            {
                holder.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        };

        await using var second = Second(rehearsal, runs: true, wait: true);
        var result = await second.RunAsync(Stage.Register, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done));
            Assert.That(waits, Is.GreaterThanOrEqualTo(1_000));
            Assert.That(reads, Is.LessThan(50), "The journal grows, and who holds the lock changes seldom.");
            Assert.That(rehearsal.Notes.Single(), Does.StartWith("Waiting for another run, which holds the endpoint: person 1"));
        });
    }

    [Test]
    public async Task Whoever_waits_for_a_run_that_ends_takes_no_lock_from_the_one_that_came_after_it()
    {
        var rehearsal = new Rehearsal();
        var holder = await HoldAsync(rehearsal);
        var next = new RunStarted(rehearsal.Time.GetUtcNow(), [Stage.Promote], "other", new("machine", 9, default), null);
        var (waits, hasEnded, locked) = (0, false, (IJournalLock?)null);
        rehearsal.Time.OnWait = _ =>
        {
            switch (++waits)
            {
                case 3:
                    holder.DisposeAsync().AsTask().GetAwaiter().GetResult();
                    hasEnded = true;
                    locked = rehearsal.Store!.TryLockAsync(takeOver: false, CancellationToken.None).GetAwaiter().GetResult();
                    rehearsal.Store.Content = [.. rehearsal.Store.Content, .. JournalFormat.Write([next])];
                    break;
                case 10:
                    locked!.DisposeAsync().AsTask().GetAwaiter().GetResult();
                    break;
            }
        };

        await using var second = new Rollout(
            rehearsal.Spec, rehearsal.Workspace, rehearsal.Sources, rehearsal.Store, [rehearsal], rehearsal.Time,
            Asked(runs: null) with { WaitForLock = true, Runs = process => process == next.Process || !hasEnded });
        await second.ForecastAsync([Stage.Register], CancellationToken.None);

        Assert.That(waits, Is.EqualTo(10));
        Assert.That(rehearsal.Notes, Has.Count.EqualTo(2).And.All.StartsWith("Waiting for another run, which holds the endpoint: "));
    }

    [Test]
    public async Task The_lock_is_free_after_a_run_whatever_its_end_throws()
    {
        var rehearsal = new Rehearsal();
        var holder = await HoldAsync(rehearsal);
        rehearsal.OnRecorded = recorded =>
        {
            if (recorded is RunEnded)
            {
                throw new InvalidOperationException("The screen is gone.");
            }
        };

        Assert.That(async () => await holder.DisposeAsync(), Throws.InvalidOperationException);

        Assert.That(rehearsal.Store!.IsLocked, Is.False);
    }

    [Test]
    public async Task A_run_of_another_machine_is_waited_for_as_long_as_its_lease_would_last_if_it_were_dead()
    {
        var rehearsal = new Rehearsal();
        await using var holder = await HoldAsync(rehearsal);
        var begin = rehearsal.Time.GetUtcNow();

        var second = Second(rehearsal, runs: null);

        Assert.That(async () => await second.RunAsync(Stage.Canary, CancellationToken.None), Throws.InstanceOf<EndpointLockedException>());
        Assert.That(rehearsal.Time.GetUtcNow() - begin, Is.GreaterThan(rehearsal.Store!.LeaseTime));
    }

    [Test]
    public async Task A_run_that_died_on_this_machine_is_not_waited_for()
    {
        var rehearsal = new Rehearsal();
        await HoldAsync(rehearsal);
        var begin = rehearsal.Time.GetUtcNow();

        await using var second = Second(rehearsal, runs: false);
        var result = await second.RunAsync(Stage.Register, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done));
            Assert.That(rehearsal.Time.GetUtcNow(), Is.EqualTo(begin));
            Assert.That(rehearsal.Journal.OfType<RunStarted>().Last().Unfinished, Does.StartWith("person 1, running Register"));
        });
    }

    [Test]
    public async Task Whoever_lost_the_lock_writes_nothing_more()
    {
        var points = 0;
        for (var number = AfterTheLock; ; number++)
        {
            var rehearsal = new Rehearsal(Specs.Brief);
            var first = rehearsal.NewRollout();
            var isTaken = false;
            var mostWrites = -1;
            rehearsal.Workspace.OnCall = call =>
            {
                if (call.Number == number)
                {
                    // Somebody takes the lock, and says so.
                    rehearsal.Workspace.OnCall = _ => { };
                    isTaken = true;
                    var other = new RunStarted(rehearsal.Time.GetUtcNow(), [Stage.Promote], "other", new("elsewhere", 9, default), null);
                    rehearsal.Store!.Expire();
                    rehearsal.Store.Content = [.. rehearsal.Store.Content, .. JournalFormat.Write([other])];
                    mostWrites = rehearsal.Workspace.Writes.Count;
                }
            };

            try
            {
                await Rehearsal.RunAsync(first, Rehearsal.Line, CancellationToken.None);
            }
            catch (EndpointLockedException error)
            {
                Assert.That(error.Message, Does.Contain("running Promote since"));
            }

            if (!isTaken)
            {
                break;
            }

            // What was under way when the lock went goes on; nothing further follows.
            points++;
            Assert.That(rehearsal.Workspace.Writes.Count, Is.LessThanOrEqualTo(mostWrites), $"call {number}");
        }

        Assert.That(points, Is.GreaterThan(50));
    }

    [Test]
    public async Task After_a_line_without_an_end_the_next_run_begins_a_line_of_its_own()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Store!.Content = [.. "{\"time\":\"2026"u8];

        await using var holder = await HoldAsync(rehearsal);

        var read = JournalFormat.Read(rehearsal.Store.Content);
        Assert.That(read.Unreadable, Has.Length.EqualTo(1));
        Assert.That(read.OpenRun?.Actor, Is.EqualTo("person 1"));
    }

    [Test]
    public async Task A_run_is_not_taken_for_dead_because_the_last_one_that_can_be_read_is()
    {
        var rehearsal = new Rehearsal();
        var first = await HoldAsync(rehearsal);
        rehearsal.Store!.Content = [.. rehearsal.Store.Content, .. "{\"time\":\"2026 the beginning of another run\n"u8];

        var second = Second(rehearsal, runs: false);

        Assert.That(
            async () => await second.RunAsync(Stage.Canary, CancellationToken.None),
            Throws.InstanceOf<EndpointLockedException>().With.Message.Contains("or a later run, whose line in the journal can't be read"));
        await first.DisposeAsync();
    }

    [TestCase(CallMoment.Before, "This run has written nothing since; traffic is [default 100 %].")]
    [TestCase(CallMoment.After, "This run had begun to shift traffic from [default 100 %] to [default 90 %, green-2 10 %] when it learned that, and has begun nothing since; traffic is [default 90 %, green-2 10 %].")]
    public async Task Whoever_lost_the_lock_says_whether_a_write_of_its_own_may_have_come_after_that(CallMoment moment, string expected)
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        var first = rehearsal.NewRollout();
        rehearsal.Workspace.OnCall = call =>
        {
            if (call.Name == "set traffic" && call.Moment == moment && rehearsal.Workspace.Endpoint.Deployment("green-2") is not null)
            {
                rehearsal.Workspace.OnCall = _ => { };
                rehearsal.Store!.Expire();
            }
        };

        var lost = await Assert.ThrowsAsync<EndpointLockedException>(() => Rehearsal.RunAsync(first, Rehearsal.Line, CancellationToken.None));

        Assert.That(lost!.Message, Does.StartWith("The lock on the endpoint was broken, and nobody has said that they took it.").And.EndWith(expected));
        Assert.That(rehearsal.Notes, Has.Some.EqualTo("The lock on the endpoint was lost: this run writes nothing more, and looks for who has taken it."));
    }

    [Test]
    public async Task Where_there_can_be_no_journal_the_rollout_goes_on_by_the_tags_and_says_what_is_lost()
    {
        var rehearsal = new Rehearsal();
        var rollout = new Rollout(
            rehearsal.Spec, rehearsal.Workspace, rehearsal.Sources, new ForbiddenJournal(), [rehearsal], rehearsal.Time, Asked(runs: true));

        var result = await Rehearsal.RunAsync(rollout, Rehearsal.Line, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Notes[0], Is.EqualTo("There is no journal in the workspace: you may not."));
            Assert.That(rehearsal.Notes[1], Does.Contain("nothing keeps two rollouts off the endpoint").And.Contain("measures its step anew"));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.Completed));
        });
    }

    private static async Task<Rollout> HoldAsync(Rehearsal rehearsal)
    {
        var holder = rehearsal.NewRollout();
        await holder.ForecastAsync([Stage.Register], CancellationToken.None);
        return holder;
    }

    private static Rollout Second(Rehearsal rehearsal, bool? runs, bool wait = false) => new(
        rehearsal.Spec, rehearsal.Workspace, rehearsal.Sources, rehearsal.Store, [rehearsal], rehearsal.Time, Asked(runs) with { WaitForLock = wait });

    private static RunRequest Asked(bool? runs) => new()
    {
        Stages = Rehearsal.Line,
        NewRolloutId = "second",
        Actor = "another person",
        Process = new("machine", 2, default),
        Runs = _ => runs,
    };
}
