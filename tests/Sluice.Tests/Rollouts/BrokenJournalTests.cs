using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>The store of the journal does not answer for a while. It keeps nothing from going back, and everything from going forward.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class BrokenJournalTests
{
    [Test]
    public async Task A_failing_candidate_goes_back_all_the_same()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";
        BreakWithTheFirstLook(rehearsal);

        var result = await rehearsal.RunAsync(Stage.Canary, Stage.Promote);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Mark?.Status, Is.EqualTo(RolloutStatus.RolledBack));
            Assert.That(rehearsal.Notes, Has.Exactly(1).Contains("this run can take the candidate back, and bring nothing forward"));
        });
    }

    [Test]
    public async Task A_good_candidate_goes_no_further()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        BreakWithTheFirstLook(rehearsal);

        Assert.That(
            async () => await rehearsal.RunAsync(Stage.Canary),
            Throws.InstanceOf<WorkspaceCallException>().With.Message.Contains("ServerBusy"));
        Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(10));
    }

    [Test]
    public async Task What_happened_meanwhile_is_written_once_when_it_is_back()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        BreakWithTheFirstLook(rehearsal, appends: 4);

        var result = await rehearsal.RunAsync(Stage.Canary);

        var written = JournalFormat.Read(rehearsal.Store!.Content).Events.OfType<ProbesAnswered>().Select(look => look.Time);
        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(written, Is.EqualTo(rehearsal.Journal.OfType<ProbesAnswered>().Select(look => look.Time)));
    }

    [TestCase("lock journal")]
    [TestCase("append to journal")]
    [TestCase("hold journal")]
    public async Task A_person_takes_a_candidate_back_without_it(string call)
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Workspace.OnCall = reached => Break(reached, call);

        var result = await rehearsal.RollBackAsync();

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
    }

    [Test]
    public async Task No_other_run_begins_without_it()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        rehearsal.Workspace.OnCall = reached => Break(reached, "lock journal");

        Assert.That(async () => await rehearsal.RunAsync(Rehearsal.Line), Throws.InstanceOf<WorkspaceCallException>());
    }

    private static void BreakWithTheFirstLook(Rehearsal rehearsal, int appends = int.MaxValue)
    {
        var looks = 0;
        var left = appends;
        rehearsal.Workspace.OnCall = reached =>
        {
            looks += reached.Name == "score" ? 1 : 0;
            if (looks > 0 && reached is { Name: "append to journal", Moment: CallMoment.Before } && left-- > 0)
            {
                Break(reached, reached.Name);
            }
        };
    }

    private static void Break(Call reached, string call)
    {
        if (reached.Name == call)
        {
            throw new WorkspaceCallException(call, "ServerBusy", "The server is busy.");
        }
    }
}
