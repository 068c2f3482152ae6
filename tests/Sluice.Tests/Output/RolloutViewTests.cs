using Sluice.Load;
using Sluice.Output;
using Sluice.Reporting;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.State;
using Spectre.Console.Testing;

namespace Sluice.Tests.Output;

[Category("Unit")]
public sealed class RolloutViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_stage_that_runs_says_what_it_does_and_the_others_stay_as_they_are()
    {
        var view = RolloutView.Of([Stage.Register, Stage.Endpoint])
            .After(new StageStarted(Noon, Stage.Register))
            .After(new StageFinished(Noon, Stage.Register, Outcome.Done, "Registered."))
            .After(new StageStarted(Noon, Stage.Endpoint))
            .Applying(new AwaitSettled("heart"), "It is busy.")
            .After(new AwaitSettled("heart"), new OperationProgress("Updating", TimeSpan.FromSeconds(3)));

        Assert.Multiple(() =>
        {
            Assert.That(view.Stages[0], Has.Property("Text").EqualTo("Registered.").And.Property("Outcome").EqualTo(Outcome.Done));
            Assert.That(view.Stages[1].Text, Is.EqualTo("wait for the operation under way on heart – Updating, 3.0 s"));
        });
    }

    [Test]
    public void The_terminal_shows_the_steps_the_traffic_and_the_requests()
    {
        var view = RolloutView.Of([Stage.Green, Stage.Canary])
            .After(new StageStarted(Noon, Stage.Green))
            .After(new StageFinished(Noon.AddSeconds(2), Stage.Green, Outcome.Done, "green-2 is up."))
            .After(new StageStarted(Noon, Stage.Canary))
            .After(new TrafficWritten(Noon, Traffic.Split("default", "green-2", 10).Percents, null, ""));
        var requests = LoadPhase.Of(null).With(new ScoringAnswer(200, "default", "", TimeSpan.Zero));
        using var console = new TestConsole().Width(100);

        console.Write(TerminalScreen.Draw(view, [requests], Noon.AddSeconds(5), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(30)));

        Assert.That(console.Output, Does.Contain("✔").And.Contain("Green").And.Contain("2.0 s")
            .And.Contain("◌").And.Contain("Canary")
            .And.Contain("green-2").And.Contain("10%")
            .And.Contain("requests 1, failed 0")
            .And.Contain("7.0 s of about 30 s"));
    }

    [Test]
    public void A_stage_that_is_held_has_the_sign_that_the_report_has()
    {
        var view = RolloutView.Of([Stage.Canary])
            .After(new StageStarted(Noon, Stage.Canary))
            .After(new StageFinished(Noon, Stage.Canary, Outcome.Held, "It waits."));
        using var console = new TestConsole().Width(100);

        console.Write(TerminalScreen.Draw(view, [], Noon, TimeSpan.FromSeconds(1), TimeSpan.Zero));

        Assert.That(console.Output, Does.Contain($"{ReportWords.Of(EndingKind.Held)[0]} "));
    }

    [Test]
    public void Where_nothing_is_to_be_done_the_terminal_expects_no_time()
    {
        using var console = new TestConsole().Width(100);

        console.Write(TerminalScreen.Draw(RolloutView.Of([Stage.Green]), [], Noon, TimeSpan.FromSeconds(0.1), TimeSpan.Zero));

        Assert.That(console.Output, Does.Contain("0.1 s").And.Not.Contain("of about"));
    }
}
