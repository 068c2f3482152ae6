using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Planning;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class JournalTests
{
    [Test]
    public void A_new_journal_knows_nothing() =>
        Assert.Multiple(() =>
        {
            Assert.That(History.Empty.KnownTraffic, Is.Null);
            Assert.That(History.Empty.TrafficSince, Is.Null);
            Assert.That(History.Empty.LastWritten, Is.Null);
            Assert.That(History.Empty.SmokeTestOf("green-2"), Is.Null);
            Assert.That(History.Empty.LastLook("green-2"), Is.Null);
            Assert.That(History.Empty.ProbesOf("green-2").Sent, Is.Zero);
            Assert.That(History.Empty.ForeignChanges, Is.Empty);
        });

    [Test]
    public void A_first_look_is_news_and_a_second_one_is_none()
    {
        var situation = Serving(("default", 100));
        var endpoint = situation.State.Endpoint;

        var first = History.Empty.Look(endpoint, Noon);
        var second = situation.After(first!).History.Look(endpoint, Noon);

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.Not.Null);
            Assert.That(second, Is.Null);
        });
    }

    [Test]
    public void A_look_at_an_endpoint_that_is_being_changed_says_nothing_of_its_traffic() =>
        Assert.That(
            History.Empty.Look(Serving(("default", 100)).State.Endpoint! with { State = ProvisioningState.Updating }, Noon),
            Is.Null);

    [Test]
    public void Probes_count_from_the_latest_change_of_the_traffic_by_order_and_not_by_time()
    {
        var history = Serving(("default", 90), ("green-2", 10)).Since(0).Probed(0, 10).Since(0).Probed(0, 4, failed: 1).History;

        Assert.That(history.ProbesOf("green-2"), Has.Property("Sent").EqualTo(4).And.Property("Failed").EqualTo(1));
    }

    [Test]
    public void What_this_run_wrote_is_nobody_elses_change()
    {
        var history = Serving(("default", 100)).Since(5)
            .After(new TrafficWritten(Noon, Traffic.Split("default", "green-2", 10).Percents, null, "because")).History;

        Assert.That(history.ForeignChanges, Is.Empty);
    }

    [Test]
    public void A_change_that_is_taken_back_is_still_a_change()
    {
        var one = new TrafficSeen(Noon, Traffic.AllTo("default").Percents);
        var other = new TrafficSeen(Noon, Traffic.AllTo("green-2").Percents);

        Assert.That(new History([one, other, one]).ForeignChanges, Has.Count.EqualTo(2));
    }

    [Test]
    public void Actions_in_a_row_are_counted_from_the_end()
    {
        var wait = new ActionFinished(Noon, "wait", TimeSpan.Zero);
        var probe = new ActionFinished(Noon, "probe", TimeSpan.Zero);

        Assert.Multiple(() =>
        {
            Assert.That(new History([wait, probe, wait, wait]).InARow("wait"), Is.EqualTo(2));
            Assert.That(new History([wait, probe]).InARow("wait"), Is.Zero);
        });
    }

    [Test]
    public async Task What_a_run_knows_since_a_look_stays_as_it_was_while_its_journal_goes_on()
    {
        var request = new RunRequest
        {
            Stages = [Stage.Canary],
            NewRolloutId = "rollout-1",
            Actor = "me",
            Process = new("machine", 1, Noon),
            Runs = _ => false,
        };
        var journal = await RunJournal.OpenAsync(null, request, _ => { }, TimeProvider.System, CancellationToken.None);
        journal.Begin("rollout-1", "content", []);
        journal.Add(new GatesJudged(Noon, 10, []));
        journal.Add(new ProbesAnswered(Noon, "green-2", new(10, 0, null)));
        var history = new History(journal.Events);
        JournalEvent[] before = [.. history.Events];

        journal.Add(new GatesJudged(Noon.AddMinutes(1), 10, []));

        Assert.That(history.Events, Is.EqualTo(before));
        Assert.That(journal.Events, Is.EqualTo([before[0], before[2], journal.Events[^1]]), "the latest word of the gates is kept");
    }
}
