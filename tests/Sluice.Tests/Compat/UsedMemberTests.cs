using System.Reflection;
using Sluice.Tests.Architecture;

namespace Sluice.Tests.Compat;

/// <summary>
/// Every member of the three packages that the compiled project uses is official, member by member: with <c>OfficialPackages=true</c> the
/// same sources find the same things.
/// </summary>
[Category("Unit")]
internal sealed class UsedMemberTests
{
    private static readonly PackageUses Uses = new(StandIn.All);

    [TestCaseSource(typeof(StandIn), nameof(StandIn.All))]
    public void Every_used_member_is_official(string package)
    {
        var uses = Rooms.All.SelectMany(room => Uses.Of(Assembly.Load(room))).Where(use => use.Package == package).Distinct().ToList();

        var differences = Differences(uses, OfficialListing.Of(package));

        var members = uses.Where(use => use.Member is not null).Select(Line).Order(StringComparer.Ordinal).ToList();
        TestContext.Out.WriteLine($"{package}: {members.Count} members of {uses.DistinctBy(use => use.Type).Count()} types used, "
            + $"{differences.Count} differ");
        TestContext.Out.WriteLine(string.Join('\n', members));
        Assert.That(members, Is.Not.Empty);
        Assert.That(differences, Is.Empty, string.Join('\n', differences));
    }

    [Test]
    public void Calls_overrides_and_types_are_all_found()
    {
        var uses = Uses.Of(Assembly.Load(Rooms.AzureML)).Concat(Uses.Of(Assembly.Load(Rooms.Host))).Select(Line).ToList();

        // A call, a property, a constructor, an extension method; a generic method, an overridden method, an attribute.
        Assert.That(uses, Has.Some.Contains("MachineLearningOnlineEndpointCollection: virtual").And.Some.Contains("CreateOrUpdateAsync("));
        Assert.That(uses, Has.Some.Contains("EndpointProperties: System.Collections.Generic.IDictionary<string, int> Traffic {"));
        Assert.That(uses, Has.Some.Contains("MachineLearningOnlineEndpointData: new("));
        Assert.That(uses, Has.Some.Contains("MachineLearningExtensions: static"));
        Assert.That(uses, Has.Some.Contains("CakeHostExtensions: static Cake.Frosting.CakeHost UseContext<TContext>("));
        Assert.That(uses, Has.Some.Contains("AsyncFrostingTask<T>: virtual System.Threading.Tasks.Task RunAsync(T context)"));
        Assert.That(uses, Has.Some.Contains("TaskNameAttribute: new(string name)"));
    }

    [TestCase(StandIn.MachineLearning, "string endpointName", "string name")]
    [TestCase(StandIn.MachineLearning, "IDictionary<string, int> Traffic { get; set; }", "IDictionary<string, int> Traffic { get; }")]
    [TestCase(StandIn.CakeFrosting, "virtual System.Threading.Tasks.Task RunAsync(T context)", "virtual void RunAsync(T context)")]
    [TestCase(StandIn.CakeFrosting, "class Cake.Frosting.TaskNameAttribute : System.Attribute", "class Cake.Frosting.TaskNameAttribute")]
    public void A_mistaken_fact_about_a_used_member_is_found(string package, string right, string wrong)
    {
        var uses = Rooms.All.SelectMany(room => Uses.Of(Assembly.Load(room))).Where(use => use.Package == package).ToList();
        var text = File.ReadAllText(OfficialListing.FileOf(package));
        var mistaken = text.Replace(right, wrong, StringComparison.Ordinal);

        var differences = Differences(uses, OfficialListing.Parse(mistaken));

        Assert.That(mistaken, Is.Not.EqualTo(text));
        Assert.That(differences, Is.Not.Empty);
    }

    /// <summary>Compares each used type's head, and of its members those that are used.</summary>
    private static IReadOnlyList<string> Differences(IEnumerable<PackageUse> uses, IReadOnlyList<ApiType> official)
    {
        var used = uses.GroupBy(use => use.Type).Select(type => ApiReader.Read(type.Key) with
        {
            Members = [.. type.Select(use => use.Member).OfType<MemberInfo>().Select(SignatureText.Of).Distinct()],
        });
        return ApiComparison.Differences(used, official);
    }

    private static string Line(PackageUse use) =>
        $"{SignatureText.Type(use.Type)}: {(use.Member is null ? "(type)" : SignatureText.Of(use.Member))}";
}
