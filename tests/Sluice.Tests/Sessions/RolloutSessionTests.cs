using Sluice.Output;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Sessions;
using Sluice.Tests.AzureML;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Sessions;

[Category("Unit")]
internal sealed class RolloutSessionTests
{
    [Test]
    [SetCulture("th-TH")]
    public void A_rollouts_id_begins_with_the_day_of_our_calendar_where_another_one_is_usual() => AssertDay();

    [Test]
    [SetCulture("fa-IR")]
    public void And_where_the_year_begins_in_spring() => AssertDay();

    [TestCase(Outcome.Done)]
    [TestCase(Outcome.RolledBack)]
    [TestCase(null)]
    public void The_journal_of_a_rehearsal_offers_what_its_summary_does(Outcome? outcome)
    {
        var parameters = new Parameters { Root = "/", Program = "./build.sh", Target = "Promote", Rehearsal = new RehearsalRun(60, 1, null) };
        StageResult[] results = outcome is { } known ? [new(Stage.Promote, new(known, "It is so."), 1, new([new("./build.sh --target=Rollback", "")]))] : [];
        var summary = new Summary(Specs.First, results, outcome is null ? "It died." : null, null, [], 0, null, TimeSpan.Zero, parameters);

        var request = RolloutSession.RequestOf(parameters, [Stage.Promote], "somebody", new InstantTime());

        Assert.That(request.AfterRehearsal!(outcome).Steps, Is.EqualTo(summary.Next.Steps));
        Assert.That(RolloutSession.RequestOf(parameters with { Rehearsal = null }, [Stage.Promote], "somebody", new InstantTime()).AfterRehearsal, Is.Null);
    }

    private static void AssertDay()
    {
        var parameters = new Parameters { Root = "/", Program = "./build.sh", Target = "Promote" };

        var request = RolloutSession.RequestOf(parameters, [Stage.Promote], "somebody", new InstantTime());

        Assert.That(request.NewRolloutId, Does.Match("^20260102-030405-[0-9a-f]{6}$"));
    }
}
