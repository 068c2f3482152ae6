using System.Runtime.InteropServices;
using Sluice.CommandLine;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class CancellationTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void The_first_signal_cancels_and_leaves_the_run_its_time([Values] PosixSignal signal)
    {
        using var cancellation = new Cancellation(_time);

        var endsByItself = cancellation.Take(signal);

        Assert.That(endsByItself);
        Assert.That(cancellation.Token.IsCancellationRequested);
        Assert.That(cancellation.TimeIsUp.IsCancellationRequested, Is.False);
        Assert.That(cancellation.Signal, Is.EqualTo(signal));
    }

    [Test]
    public async Task Another_signal_belongs_to_the_same_cancellation_and_says_that_time_is_up_soon()
    {
        using var cancellation = new Cancellation(_time);
        var timeIsUp = new TaskCompletionSource();
        using var registration = cancellation.TimeIsUp.Register(timeIsUp.SetResult);
        cancellation.Take(PosixSignal.SIGINT);

        var endsByItself = cancellation.Take(PosixSignal.SIGTERM);
        await timeIsUp.Task;

        Assert.That(endsByItself);
        Assert.That(cancellation.Signal, Is.EqualTo(PosixSignal.SIGINT));
    }

    [Test]
    public void A_signal_that_comes_when_the_run_is_over_ends_the_process_and_throws_nothing([Values] PosixSignal signal)
    {
        var cancellation = new Cancellation(_time);
        cancellation.Dispose();

        Assert.That(cancellation.Take(signal), Is.False);
    }

    [Test]
    public void The_same_signal_once_more_ends_the_process_unless_it_is_its_echo()
    {
        using var cancellation = new Cancellation(_time);
        cancellation.Take(PosixSignal.SIGINT);

        Assert.That(cancellation.Take(PosixSignal.SIGINT));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(cancellation.Take(PosixSignal.SIGINT), Is.False);
    }
}
