using Sluice.Output;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Output;

[Category("Unit")]
public sealed class PlainScreenTests
{
    [Test]
    public async Task Each_line_has_the_time_and_the_stage()
    {
        await using var screen = Screen(out var written);

        screen.Recorded(new StageStarted(DateTimeOffset.UnixEpoch, Stage.Endpoint));
        screen.Applying(new AwaitSettled("heart"), "It is busy.");

        Assert.That(written.ToString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ Endpoint wait for the operation under way on heart: It is busy\.\r?\n$"));
    }

    [Test]
    public async Task News_of_a_long_operation_come_now_and_then_and_not_at_each_poll()
    {
        await using var screen = Screen(out var written);
        var action = new AwaitSettled("heart");

        for (var second = 1; second <= 60; second++)
        {
            screen.Progressed(action, new OperationProgress("Updating", TimeSpan.FromSeconds(second)));
        }

        Assert.That(written.ToString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(4));
    }

    private static PlainScreen Screen(out StringWriter written)
    {
        written = new StringWriter();
        return new PlainScreen(written, TimeProvider.System, agent: null);
    }
}
