using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>A weight does not rise on what was seen long ago, as after a freeze or before an approval.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class StaleEvidenceTests
{
    [Test]
    public async Task A_candidate_that_broke_while_nobody_looked_is_not_promoted()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary);
        rehearsal.Time.Advance(TimeSpan.FromDays(2));
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";

        var result = await rehearsal.RunAsync(Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
        });
    }

    [Test]
    public async Task A_candidate_that_is_well_gets_one_look_more_and_is_promoted()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary);
        rehearsal.Time.Advance(TimeSpan.FromDays(2));
        rehearsal.Workspace.Latency = TimeSpan.FromSeconds(1);
        var resumed = rehearsal.Time.GetUtcNow();

        var result = await rehearsal.RunAsync(Stage.Promote);

        var promoted = rehearsal.Journal.OfType<TrafficWritten>().Last().Time;
        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Journal.OfType<ProbesAnswered>().Count(look => look.Time >= resumed && look.Time < promoted), Is.EqualTo(1));
        });
    }
}
