namespace Sluice.Tests.Compat;

/// <summary>What compiles on a stand-in compiles on the official package, and means the same.</summary>
[Category("Unit")]
internal sealed class OfficialSurfaceTests
{
    [TestCaseSource(typeof(StandIn), nameof(StandIn.All))]
    public void Every_member_of_a_stand_in_is_official(string name)
    {
        var standIn = ApiReader.Types(StandIn.Load(name));

        var differences = ApiComparison.Differences(standIn, OfficialListing.Of(name));

        var members = standIn.Sum(type => type.Members.Count);
        TestContext.Out.WriteLine($"{name}: {standIn.Count} types, {members} members compared, {differences.Count} differ");
        Assert.That(members, Is.Positive);
        Assert.That(differences, Is.Empty, string.Join('\n', differences));
    }

    [TestCase(StandIn.CakeFrosting)]
    [TestCase(StandIn.CakeJson)]
    public void The_small_stand_ins_leave_nothing_out(string name)
    {
        var standIn = ApiReader.Types(StandIn.Load(name));

        var leftOut = ApiComparison.LeftOut(standIn, OfficialListing.Of(name));

        Assert.That(leftOut, Is.Empty, string.Join('\n', leftOut));
    }

    [TestCaseSource(typeof(StandIn), nameof(StandIn.All))]
    public void A_listing_names_no_type_and_no_member_twice(string name)
    {
        var official = OfficialListing.Of(name);

        Assert.That(official.Select(type => type.Name), Is.Unique);
        foreach (var type in official)
        {
            Assert.That(type.Members, Is.Unique, type.Name);
        }
    }
}
