using Sluice.Reporting;
using Sluice.Rollouts;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Reporting;

[TestFixture]
[Category("Unit")]
internal sealed class JournalReportTests
{
    [Test]
    public async Task The_latest_rollout_is_reported_unless_another_one_is_named()
    {
        var rehearsal = await TwoRolloutsAsync();

        var latest = await JournalReport.ReadAsync(rehearsal.Store!, rollout: null, CancellationToken.None);
        var first = await JournalReport.ReadAsync(rehearsal.Store!, "rollout-1", CancellationToken.None);

        Assert.That((latest.Rollout, latest.Candidate), Is.EqualTo(("rollout-2", "green-3")));
        Assert.That((first.Rollout, first.Candidate), Is.EqualTo(("rollout-1", "green-2")));
    }

    [Test]
    public async Task An_unknown_rollout_is_an_error_that_lists_those_there_are()
    {
        var rehearsal = await TwoRolloutsAsync();

        Assert.That(
            async () => await JournalReport.ReadAsync(rehearsal.Store!, "rollout-7", CancellationToken.None),
            Throws.TypeOf<RolloutException>().With.Message.EqualTo(
                "--rollout is 'rollout-7', and the journal of the test has no such rollout; there are: rollout-1, rollout-2."));
    }

    [Test]
    public void An_empty_journal_has_no_report()
    {
        Assert.That(
            async () => await JournalReport.ReadAsync(new Rehearsal().Store!, rollout: null, CancellationToken.None),
            Throws.TypeOf<RolloutException>().With.Message.StartWith("the journal of the test tells of no rollout yet"));
    }

    [Test]
    public async Task Lines_that_can_not_be_read_are_counted_and_break_nothing()
    {
        var rehearsal = await TwoRolloutsAsync();
        rehearsal.Store!.Content = [.. "{\"type\":\"moon\"}\n"u8, .. rehearsal.Store.Content, .. "{\"v\":1,\"type\":\"run-st"u8];

        var report = await JournalReport.ReadAsync(rehearsal.Store, rollout: null, CancellationToken.None);

        Assert.That(report.UnreadableLines, Is.EqualTo(2));
        Assert.That(ReportPage.Of(report), Does.Contain("2 lines of the journal could not be read"));
    }

    private static async Task<Rehearsal> TwoRolloutsAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync(Specs.Brief);
        rehearsal.Spec = Specs.Brief with { Model = Specs.Second.Model };
        await rehearsal.RunAsync(Rehearsal.Line);
        return rehearsal;
    }
}
