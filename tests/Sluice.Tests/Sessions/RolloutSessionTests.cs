using Sluice.Rollouts.Planning;
using Sluice.Sessions;
using Sluice.Tests.AzureML;

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

    private static void AssertDay()
    {
        var parameters = new Parameters { Root = "/", Program = "./build.sh", Target = "Promote" };

        var request = RolloutSession.RequestOf(parameters, [Stage.Promote], "somebody", new InstantTime());

        Assert.That(request.NewRolloutId, Does.Match("^20260102-030405-[0-9a-f]{6}$"));
    }
}
