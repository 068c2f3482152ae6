using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>
/// Every point at which a process can die, followed by the same command again, ends where an undisturbed run ends, and neither process
/// breaks an invariant.
/// </summary>
[TestFixture]
[Category("Unit")]
[Category("Crash")]
internal sealed class CrashTests
{
    /// <summary>Fewer would mean that the command did not do its work.</summary>
    private const int LeastPoints = 8;

    private static IReadOnlyList<RehearsedCommand> Commands => RehearsedCommand.All;

    private static IEnumerable<RehearsedCommand> CommandsThatWait => Commands.Where(command => command.Stages.Contains(Stage.Canary));

    [TestCaseSource(nameof(Commands))]
    public Task A_failed_call_anywhere(RehearsedCommand command) => TryEveryPointAsync(
        command,
        (_, _) => throw new WorkspaceCallException("do it", "InternalServerError", "the network is gone"));

    [TestCaseSource(nameof(Commands))]
    public Task A_cancellation_anywhere(RehearsedCommand command) => TryEveryPointAsync(command, (_, process) => process.Cancel());

    [TestCaseSource(nameof(Commands))]
    public Task A_cancellation_anywhere_with_what_is_under_way_settling_only_later(RehearsedCommand command) => TryEveryPointAsync(
        command,
        (_, process) => process.Cancel(),
        slowly: true);

    [TestCaseSource(nameof(CommandsThatWait))]
    public async Task A_cancellation_in_every_wait(RehearsedCommand command)
    {
        var whole = await UndisturbedAsync(command);
        var number = 0;
        for (var isOver = false; !isOver; number++)
        {
            var rehearsal = await command.PrepareAsync();
            var watch = new InvariantWatch(rehearsal);
            using var process = new CancellationTokenSource();
            var waits = 0;
            rehearsal.Time.OnWait = _ =>
            {
                if (waits++ == number)
                {
                    process.Cancel();
                }
            };

            await DieAsync(rehearsal, command, process);
            isOver = !process.IsCancellationRequested;
            await rehearsal.RunAsync(command.Ask, command.Stages);

            Assert.That(rehearsal.Picture, Is.EqualTo(whole), $"wait {number}");
            Assert.That(watch.Broken, Is.Empty, $"wait {number}");
        }

        TestContext.Out.WriteLine($"{number - 1} waits");
        Assert.That(number - 1, Is.Positive, "a weight waits for its end");
    }

    private static async Task TryEveryPointAsync(RehearsedCommand command, Action<Call, CancellationTokenSource> die, bool slowly = false)
    {
        var whole = await UndisturbedAsync(command);
        var died = true;
        var deaths = 0;
        for (var number = 0; died; number++)
        {
            var rehearsal = await command.PrepareAsync();
            var watch = new InvariantWatch(rehearsal);
            using var process = new CancellationTokenSource();
            died = false;
            Call? point = null;
            var first = rehearsal.Workspace.Calls;
            rehearsal.Workspace.OnCall = call =>
            {
                if (call.Number - first == number)
                {
                    point = call;
                    died = true;
                    deaths++;
                    die(call, process);
                }
            };

            await DieAsync(rehearsal, command, process);
            if (!slowly)
            {
                rehearsal.Workspace.Settle();
            }

            var result = await rehearsal.RunAsync(command.Ask, command.Stages);

            Assert.That(rehearsal.Picture, Is.EqualTo(whole), $"died at {point}, then {result.Stage} {result.Outcome}: {result.Why}");
            Assert.That(watch.Broken, Is.Empty, $"died at {point}");
        }

        TestContext.Out.WriteLine($"{deaths} points");
        Assert.That(deaths, Is.GreaterThanOrEqualTo(LeastPoints));
    }

    private static async Task<string> UndisturbedAsync(RehearsedCommand command)
    {
        var rehearsal = await command.PrepareAsync();
        var watch = new InvariantWatch(rehearsal);
        await rehearsal.RunAsync(command.Ask, command.Stages);
        Assert.That(watch.Broken, Is.Empty, "undisturbed");
        return rehearsal.Picture;
    }

    private static async Task DieAsync(Rehearsal rehearsal, RehearsedCommand command, CancellationTokenSource process)
    {
        try
        {
            await Rehearsal.RunAsync(rehearsal.NewRollout(command.Ask), command.Stages, process.Token);
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
