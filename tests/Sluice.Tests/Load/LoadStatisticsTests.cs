using Sluice.Load;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Load;

[Category("Unit")]
public sealed class LoadStatisticsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Traffic Split = Traffic.Split("default", "green-2", 10);
    private static readonly Traffic Mirror = Traffic.Of([new("green-2", 20)]);

    [Test]
    public void Answers_are_counted_by_deployment_under_the_map_in_force()
    {
        var statistics = Serving(Split);

        statistics.Send()(From("default"));
        statistics.Send()(From("default"));
        statistics.Send()(From("green-2"));

        var phase = statistics.Phases.Single();
        Assert.Multiple(() =>
        {
            Assert.That(phase.Traffic, Is.EqualTo(Split));
            Assert.That(phase.Answers["default"], Is.EqualTo(2));
            Assert.That(phase.Answers["green-2"], Is.EqualTo(1));
            Assert.That(phase.Failed, Is.Zero);
        });
    }

    [Test]
    public void What_is_there_when_a_run_goes_on_is_in_force()
    {
        var statistics = new LoadStatistics();
        statistics.Observed(new([], new() { Name = "heart", State = ProvisioningState.Updating, Traffic = Traffic.AllTo("default") }));
        statistics.Observed(new([], new() { Name = "heart", State = ProvisioningState.Succeeded, Traffic = Split }));

        statistics.Send()(From("green-2"));

        Assert.That(statistics.Phases.Single().Traffic, Is.EqualTo(Split));
    }

    [Test]
    public void A_request_that_is_answered_after_the_map_changed_belongs_to_neither_map()
    {
        var statistics = Serving(Traffic.AllTo("default"));
        var answered = statistics.Send();

        Shift(statistics, Split);
        answered(From("green-2"));

        Assert.That(statistics.Phases.Single().Traffic, Is.Null);
    }

    [Test]
    public void Requests_while_the_service_changes_the_map_belong_to_neither_map()
    {
        var statistics = Serving(Traffic.AllTo("default"));
        statistics.Applying(new SetTraffic("heart", Traffic.AllTo("default"), Split, null), "");

        statistics.Send()(From("default"));

        Assert.That(statistics.Phases.Single().Traffic, Is.Null);
    }

    [Test]
    public void Mirrored_traffic_is_kept_beside_the_live_map_until_it_ends()
    {
        var statistics = Serving(Traffic.AllTo("default"));
        statistics.Send()(From("default"));
        statistics.Recorded(new TrafficWritten(Noon, Traffic.AllTo("default").Percents, null, "") { Mirror = Mirror.Percents });
        statistics.Send()(From("default"));
        Shift(statistics, Split);
        statistics.Send()(From("green-2"));

        Assert.That(statistics.Phases.Select(phase => phase.Mirrored), Is.EqualTo(new[] { Traffic.None, Mirror, Traffic.None }));
    }

    [Test]
    public void Traffic_that_was_mirrored_before_the_run_is_known_from_its_first_look()
    {
        var statistics = new LoadStatistics();
        statistics.Observed(new([], new() { Name = "heart", State = ProvisioningState.Succeeded, MirrorTraffic = Mirror }));
        statistics.Recorded(new TrafficSeen(Noon, Traffic.AllTo("default").Percents));
        statistics.Send()(From("default"));

        Assert.That(statistics.Phases.Single().Mirrored, Is.EqualTo(Mirror));
    }

    [Test]
    public void A_failed_request_is_counted_and_the_first_one_is_kept()
    {
        var statistics = Serving(Split);

        statistics.Send()(new ScoringAnswer(424, "green-2", "broken", TimeSpan.Zero));
        statistics.Send()(new ScoringAnswer(0, null, "connection refused", TimeSpan.Zero));

        Assert.Multiple(() =>
        {
            Assert.That(statistics.Phases.Single().Failed, Is.EqualTo(2));
            Assert.That(statistics.FirstFailure, Is.EqualTo("HTTP 424: broken"));
        });
    }

    private static LoadStatistics Serving(Traffic traffic)
    {
        var statistics = new LoadStatistics();
        statistics.Recorded(new TrafficSeen(Noon, traffic.Percents));
        return statistics;
    }

    private static void Shift(LoadStatistics statistics, Traffic wanted)
    {
        statistics.Applying(new SetTraffic("heart", Traffic.AllTo("default"), wanted, null), "");
        statistics.Recorded(new TrafficWritten(Noon, wanted.Percents, null, ""));
    }

    private static ScoringAnswer From(string deployment) => new(200, deployment, "[]", TimeSpan.FromMilliseconds(2));
}
