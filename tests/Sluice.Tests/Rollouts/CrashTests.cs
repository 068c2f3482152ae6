using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>Every point at which a process can die, followed by the same command again, ends where an undisturbed run ends.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class CrashTests
{
    private static readonly Stage[] Whole = [.. Rehearsal.Line, Stage.Cleanup];

    [Test]
    public Task A_failed_call_anywhere() => TryEveryPointAsync(
        (_, _) => throw new WorkspaceCallException("do it", "InternalServerError", "the network is gone"));

    [Test]
    public Task A_cancellation_anywhere() => TryEveryPointAsync((_, process) => process.Cancel());

    [Test]
    public Task A_cancellation_anywhere_with_what_is_under_way_settling_only_later() => TryEveryPointAsync(
        (_, process) => process.Cancel(),
        slowly: true);

    [Test]
    public Task A_failed_call_anywhere_with_a_candidate_that_goes_back() => TryEveryPointAsync(
        (_, _) => throw new WorkspaceCallException("do it", "InternalServerError", "the network is gone"),
        rehearsal => rehearsal.Scoring.Answers = (deployment, _) =>
            deployment == "default" || rehearsal.Workspace.State.Endpoint!.Traffic["green-2"] < 50);

    [Test]
    public async Task A_cancellation_in_every_wait()
    {
        var whole = await UndisturbedAsync(_ => { });
        for (var number = 0; ; number++)
        {
            var rehearsal = new Rehearsal(Specs.Brief);
            using var process = new CancellationTokenSource();
            var waits = 0;
            rehearsal.Time.OnWait = _ =>
            {
                if (waits++ == number)
                {
                    process.Cancel();
                }
            };

            await DieAsync(rehearsal, process);
            if (!process.IsCancellationRequested)
            {
                Assert.That(number, Is.GreaterThanOrEqualTo(3), "each weight waits for its end");
                return;
            }

            await rehearsal.RunAsync(Whole);

            Assert.That(rehearsal.Picture, Is.EqualTo(whole), $"wait {number}");
        }
    }

    private static async Task TryEveryPointAsync(
        Action<Call, CancellationTokenSource> die,
        Action<Rehearsal>? prepare = null,
        bool slowly = false)
    {
        prepare ??= _ => { };
        var whole = await UndisturbedAsync(prepare);
        var died = true;
        var number = 0;
        for (; died; number++)
        {
            var rehearsal = new Rehearsal(Specs.Brief);
            prepare(rehearsal);
            using var process = new CancellationTokenSource();
            died = false;
            Call? point = null;
            rehearsal.Workspace.OnCall = call =>
            {
                if (call.Number == number)
                {
                    point = call;
                    died = true;
                    die(call, process);
                }
            };

            await DieAsync(rehearsal, process);
            if (!slowly)
            {
                rehearsal.Workspace.Settle();
            }

            var result = await rehearsal.RunAsync(Whole);

            Assert.That(rehearsal.Picture, Is.EqualTo(whole), $"died at {point}, then {result.Stage} {result.Outcome}: {result.Why}");
        }

        Assert.That(number, Is.GreaterThan(50));
    }

    private static async Task<string> UndisturbedAsync(Action<Rehearsal> prepare)
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        prepare(rehearsal);
        await rehearsal.RunAsync(Whole);
        return rehearsal.Picture;
    }

    private static async Task DieAsync(Rehearsal rehearsal, CancellationTokenSource process)
    {
        try
        {
            await Rehearsal.RunAsync(rehearsal.NewRollout(), Whole, process.Token);
        }
        catch (Exception death) when (death is OperationCanceledException or WorkspaceCallException)
        {
            // The process is gone; what it had written stays.
        }
        finally
        {
            rehearsal.Workspace.OnCall = _ => { };
            rehearsal.Time.OnWait = _ => { };
        }
    }
}
