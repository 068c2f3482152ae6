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

    [Test]
    public async Task A_candidate_that_dies_while_its_promotion_waits_for_approval_goes_back_at_the_next_run([Values] bool isApproved)
    {
        var rehearsal = await HeldAsync();
        if (isApproved)
        {
            await rehearsal.RunAsync(request => request with { Actor = "bob on desk-3" }, Stage.Approve);
        }

        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Journal.OfType<TrafficWritten>().Select(written => written.Traffic.GetValueOrDefault("green-2")), Has.None.EqualTo(100));
        });
    }

    [Test]
    public async Task A_candidate_that_is_held_gets_one_look_a_run_and_none_where_one_was_just_taken()
    {
        var rehearsal = await HeldAsync();
        var begin = rehearsal.Journal.Count;

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var looks = rehearsal.Journal.Skip(begin).OfType<ProbesAnswered>().Count();
        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Promote, Outcome.Held)), held.Why);
            Assert.That(again.Outcome, Is.EqualTo(Outcome.Held), again.Why);
            Assert.That(looks, Is.EqualTo(1));
            Assert.That(rehearsal.Journal.Skip(begin).OfType<ProbesAnswered>().Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_canary_alone_looks_at_what_it_has_brought_to_its_end()
    {
        var rehearsal = await HeldAsync();
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";

        var result = await rehearsal.RunAsync(Stage.Canary);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
    }

    /// <summary>The canary is through, and some minutes later nobody has approved the promotion yet.</summary>
    private static async Task<Rehearsal> HeldAsync()
    {
        var rehearsal = new Rehearsal(Specs.Brief with { Policy = new() { Approvals = new(Canary: 0, Promote: 1) } });
        var held = await rehearsal.RunAsync(request => request with { Actor = "ann on desk-1" }, Rehearsal.Line);
        Assume.That((held.Stage, held.Outcome), Is.EqualTo((Stage.Promote, Outcome.Held)), held.Why);
        rehearsal.Time.Advance(TimeSpan.FromMinutes(3));
        return rehearsal;
    }
}
