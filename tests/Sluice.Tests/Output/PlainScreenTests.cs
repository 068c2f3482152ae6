using System.Collections.Immutable;
using Sluice.Output;
using Sluice.Output.Agents;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Output.Agents;

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
    public async Task Mirrored_traffic_is_told_with_the_live_traffic()
    {
        await using var screen = Screen(out var written);

        screen.Recorded(new TrafficWritten(DateTimeOffset.UnixEpoch, Traffic.AllTo("default").Percents, null, "")
        {
            Mirror = Traffic.Of([new("green-2", 20)]).Percents,
        });

        Assert.That(written.ToString(), Does.Contain("traffic is default 100 %, 20 % mirrored to green-2"));
    }

    [TestCase(false, "gate drift: Fail, it is far")]
    [TestCase(true, "gate drift (only watched): Fail, it is far")]
    public async Task A_gate_s_answer_says_whether_anything_follows_from_it(bool isWatched, string said)
    {
        await using var screen = Screen(out var written);

        screen.Recorded(new GatesJudged(
            DateTimeOffset.UnixEpoch,
            10,
            [new("drift", VerdictKind.Fail, "it is far", IsConclusive: true, ImmutableSortedDictionary<string, double>.Empty) { ObserveOnly = isWatched }]));

        Assert.That(written.ToString(), Does.Contain(said));
    }

    [TestCase("completed", "completed")]
    [TestCase("failed: Promote: green-# has not passed the canary", "failed")]
    public async Task A_place_that_was_told_is_said_without_the_key_of_what_it_was_told(string occasion, string state)
    {
        await using var screen = Screen(out var written);

        screen.Recorded(new NotificationEnded(DateTimeOffset.UnixEpoch, "webhook HOOK", occasion, Failure: null));

        Assert.That(written.ToString(), Does.EndWith($"Z webhook HOOK was told ({state}).{Environment.NewLine}"));
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

    [Test]
    public async Task On_an_agent_the_lines_of_a_stage_can_be_folded_and_a_stage_that_never_ended_is_closed()
    {
        using var written = new StringWriter();
        using var commands = new StringWriter();
        var agent = PipelineAgents.Of(AgentKind.GitHub, new AgentEnvironment(new Dictionary<string, string>()), written, commands);
        await using (var screen = new PlainScreen(written, TimeProvider.System, agent))
        {
            screen.Recorded(new StageStarted(DateTimeOffset.UnixEpoch, Stage.Blue));
            screen.Recorded(new StageFinished(DateTimeOffset.UnixEpoch, Stage.Blue, Outcome.Done, "It serves."));
            screen.Recorded(new StageStarted(DateTimeOffset.UnixEpoch, Stage.Green));
            screen.Recorded(new ActionFailed(DateTimeOffset.UnixEpoch, "create", "It broke."));
        }

        var lines = written.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.Split("Z ")[^1]);
        Assert.That(
            lines,
            Is.EqualTo(new[]
            {
                "::group::Blue", "::endgroup::", "Blue     done. It serves.", "::group::Green", "Green    failed: It broke.", "::endgroup::", "",
            }));
    }

    private static PlainScreen Screen(out StringWriter written)
    {
        written = new StringWriter();
        return new PlainScreen(written, TimeProvider.System, agent: null);
    }
}
