namespace Sluice.Tests.Compat;

/// <summary>The comparison finds mistakes: each of these facts is falsified in one place, and just that place is found.</summary>
[Category("Unit")]
internal sealed class MistakenSignatureTests
{
    private const string Endpoints = "Azure.ResourceManager.MachineLearning.MachineLearningOnlineEndpointCollection";
    private const string Endpoint = "Azure.ResourceManager.MachineLearning.MachineLearningOnlineEndpointResource";
    private const string Models = "Azure.ResourceManager.MachineLearning.Models.";

    [TestCase(Endpoints, "Exists(string endpointName", "Exists(string name", TestName = "A parameter's name")]
    [TestCase(Endpoints, "Exists(string endpointName", "Exists(object endpointName", TestName = "A parameter's type")]
    [TestCase(
        Endpoints,
        "Exists(string endpointName, System.Threading.CancellationToken cancellationToken = default)",
        "Exists(string endpointName, System.Threading.CancellationToken cancellationToken)",
        TestName = "A parameter's default")]
    [TestCase(Endpoints, "virtual Azure.Response<bool> Exists(", "virtual bool Exists(", TestName = "A return type")]
    [TestCase(Endpoints, "virtual Azure.Response<bool> Exists(", "Azure.Response<bool> Exists(", TestName = "A missing virtual")]
    [TestCase(Endpoints, "Azure.Response<bool> Exists(", "Azure.Response<bool> Contains(", TestName = "A member's name")]
    [TestCase(Endpoints, "protected new()", "new()", TestName = "A constructor's access")]
    [TestCase(Endpoints, "Azure.ResourceManager.ArmCollection", "Azure.ResourceManager.ArmResource", TestName = "A base class")]
    [TestCase(Endpoints, "IAsyncEnumerable<Azure", "IAsyncEnumerator<Azure", TestName = "An interface")]
    [TestCase(Endpoint, "static readonly Azure.Core.ResourceType", "static Azure.Core.ResourceType", TestName = "A field")]
    [TestCase(Endpoint, "static Azure.Core.ResourceIdentifier", "virtual Azure.Core.ResourceIdentifier", TestName = "A static method")]
    [TestCase(Models + "MachineLearningSku", "string Name { get; set; }", "string Name { get; }", TestName = "A setter")]
    [TestCase(Models + "MachineLearningSku", "int? Capacity", "int Capacity", TestName = "A nullable value")]
    [TestCase(Models + "MachineLearningSku", "class ", "readonly struct ", TestName = "A kind")]
    [TestCase(Models + "MachineLearningSkuTier", "Basic = 1", "Basic = 2", TestName = "A value of an enum")]
    [TestCase(Models + "RollingRateType", "op_Implicit(string value)", "op_Explicit(string value)", TestName = "A conversion")]
    public void A_falsified_fact_is_one_difference_at_its_place(string type, string right, string wrong)
    {
        var standIn = ApiReader.Read(StandIn.Load(StandIn.MachineLearning).GetType(type, throwOnError: true)!);
        var text = TextOf(StandIn.MachineLearning, type);

        var differences = ApiComparison.Differences([standIn], OfficialListing.Parse(ReplaceOnce(text, right, wrong)));

        Assert.That(differences, Has.Exactly(1).StartsWith(type + ": "), string.Join('\n', differences));
        Assert.That(differences, Has.Count.EqualTo(1));
    }

    [TestCase("Cake.Frosting.FrostingTask<T>", " where T : Cake.Core.ICakeContext", "")]
    [TestCase("Cake.Frosting.FrostingLifetime<TContext>", "abstract void Setup(", "virtual void Setup(")]
    [TestCase("Cake.Frosting.IFrostingTask", "virtual string SkippedMessage", "string SkippedMessage")]
    [TestCase("Cake.Frosting.CakeHostExtensions", "InstallTool(this Cake.Frosting.CakeHost", "InstallTool(Cake.Frosting.CakeHost")]
    [TestCase("Cake.Frosting.CakeHostExtensions", " where TModule : Cake.Core.Composition.ICakeModule, new()", "")]
    public void A_falsified_fact_of_Cake_is_found(string type, string right, string wrong)
    {
        var standIn = ApiReader.Types(StandIn.Load(StandIn.CakeFrosting)).Where(one => one.Name == type);
        var text = TextOf(StandIn.CakeFrosting, type);

        var differences = ApiComparison.Differences(standIn, OfficialListing.Parse(ReplaceOnce(text, right, wrong)));

        Assert.That(differences, Has.Count.EqualTo(1), string.Join('\n', differences));
    }

    [Test]
    public void A_type_that_is_not_official_is_a_difference()
    {
        var differences = ApiComparison.Differences([ApiReader.Read(typeof(MistakenSignatureTests))], OfficialListing.Of(StandIn.CakeJson));

        Assert.That(differences, Is.EqualTo(
            new[] { "Sluice.Tests.Compat.MistakenSignatureTests: the official listing has no such type." }));
    }

    private static string TextOf(string assembly, string type)
    {
        var lines = File.ReadAllLines(OfficialListing.FileOf(assembly)).Where(line => !line.StartsWith('#')).ToList();
        var start = lines.FindIndex(line =>
            !line.StartsWith(' ') && line.Split(" : ")[0].Split(" where ")[0].EndsWith($" {type}", StringComparison.Ordinal));
        return string.Join('\n', lines.Skip(start).Take(1).Concat(lines.Skip(start + 1).TakeWhile(line => line.StartsWith(' '))));
    }

    private static string ReplaceOnce(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative, $"The listing has no '{right}'.");
        return text[..at] + wrong + text[(at + right.Length)..];
    }
}
