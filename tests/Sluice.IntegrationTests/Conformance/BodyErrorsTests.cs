using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>The check of bodies finds mistakes: a body that fits is spoilt in one place, and that place is named.</summary>
[TestFixture]
[Category("Integration")]
internal sealed class BodyErrorsTests
{
    private const string Endpoint = """
        {"location":"westeurope","identity":{"type":"SystemAssigned"},"tags":{"a":"b"},
         "properties":{"authMode":"Key","traffic":{"blue":90,"green":10},"publicNetworkAccess":"Enabled"}}
        """;

    private const string Deployment = """
        {"location":"westeurope","sku":{"name":"Default","capacity":1},
         "properties":{"endpointComputeType":"Managed","model":"m","scaleSettings":{"scaleType":"Default"},
         "dataCollector":{"collections":{"inputs":{"samplingRate":0.5,"dataCollectionMode":"Enabled"}},
         "requestLogging":{"captureHeaders":["x"]}}}}
        """;

    private AzureTypes _types;

    [OneTimeSetUp]
    public void Load_the_definitions_once() => _types = new AzureTypes();

    [Test]
    public void Bodies_that_fit_have_no_mistake()
    {
        Assert.That(Errors("onlineEndpoints", "PUT", Endpoint), Is.Empty);
        Assert.That(Errors("onlineEndpoints/deployments", "PUT", Deployment), Is.Empty);
        Assert.That(Errors("onlineEndpoints", "PATCH", """{"tags":{"a":"b"}}"""), Is.Empty);
        Assert.That(Errors("onlineEndpoints/deployments", "PATCH", """{"sku":{"name":"Default","capacity":2}}"""), Is.Empty);
    }

    [TestCase("\"tags\"", "\"labels\"", "labels: is unknown", TestName = "An unknown member")]
    [TestCase(
        "\"publicNetworkAccess\"", "\"PublicNetworkAccess\"", "properties.PublicNetworkAccess: is unknown",
        TestName = "A member in another case")]
    [TestCase("\"location\":\"westeurope\",", "", "location: is required and missing", TestName = "A missing member")]
    [TestCase("\"authMode\":\"Key\",", "", "properties.authMode: is required and missing", TestName = "A missing member inside")]
    [TestCase(
        "\"authMode\"", "\"scoringUri\":\"https://x\",\"authMode\"", "properties.scoringUri: is read-only",
        TestName = "A read-only member")]
    [TestCase("\"location\"", "\"name\":\"x\",\"location\"", "name: stands in the address", TestName = "The name")]
    [TestCase("90", "\"90\"", "properties.traffic.blue: is \"90\"; wanted is an integer", TestName = "A text for a number")]
    [TestCase("90", "90.5", "properties.traffic.blue: is 90.5; wanted is an integer", TestName = "A fraction")]
    [TestCase("{\"a\":\"b\"}", "[]", "tags: is []; wanted is an object", TestName = "An array for an object")]
    [TestCase("{\"a\":\"b\"}", "null", "tags: is null; wanted is an object", TestName = "Null")]
    [TestCase(
        "\"Key\"", "\"Password\"", "properties.authMode: is \"Password\"; named are AMLToken, Key, AADToken", TestName = "An unnamed word")]
    public void A_spoilt_endpoint_has_one_mistake(string right, string wrong, string error) =>
        AssertOneError("onlineEndpoints", Endpoint, right, wrong, error);

    [TestCase("\"Managed\"", "\"Serverless\"", "properties.endpointComputeType: is 'Serverless'", TestName = "An unknown kind")]
    [TestCase("\"endpointComputeType\":\"Managed\",", "", "properties.endpointComputeType: is ''", TestName = "No kind")]
    [TestCase(
        "\"scaleType\":\"Default\"",
        "\"scaleType\":\"Default\",\"maxInstances\":2",
        "properties.scaleSettings.maxInstances: is unknown",
        TestName = "A member of another kind")]
    [TestCase(
        "\"model\"",
        "\"containerResourceRequirements\":{},\"model\"",
        "properties.containerResourceRequirements: is unknown",
        TestName = "A member of Kubernetes")]
    [TestCase(
        "[\"x\"]", "[1]", "properties.dataCollector.requestLogging.captureHeaders[0]: is 1; wanted is a string", TestName = "An item")]
    [TestCase("\"collections\":{", "\"collection\":{", "properties.dataCollector.collections: is required and missing", 2,
        TestName = "A misspelt member that is required")]
    public void A_spoilt_deployment_has_a_mistake(string right, string wrong, string error, int errors = 1) =>
        AssertOneError("onlineEndpoints/deployments", Deployment, right, wrong, error, errors);

    [TestCase("codes/versions", """{"properties":{"codeUri":"https://x/y","isAnonymous":true,"properties":{"hash_sha256":"1"}}}""")]
    [TestCase("environments/versions", """{"properties":{"image":"x:1","osType":"Linux","condaFile":"name: x"}}""")]
    [TestCase("models/versions", """{"properties":{"modelUri":"azureml://x","modelType":"custom_model"}}""")]
    public void Assets_are_known_too(string type, string body)
    {
        Assert.That(Errors(type, "PUT", body), Is.Empty);
        var mistakes = Errors(type, "PUT", """{"properties":{"provisioningState":"Succeeded","zone":1}}""");
        Assert.That(mistakes, Has.Count.EqualTo(2));
        Assert.That(mistakes[0], Is.EqualTo("properties.provisioningState: is read-only."));
        Assert.That(mistakes[1], Does.StartWith("properties.zone: is unknown"));
    }

    [TestCase("""{"properties":{"authMode":"Key"}}""", "properties: PATCH does not take it; allowed are tags, identity")]
    [TestCase("""{"tags":{"a":1}}""", "tags.a: is 1; wanted is a string")]
    [TestCase("""{"identity":{}}""", "identity.type: is required and missing")]
    public void A_mistaken_patch_is_found(string body, string error) =>
        Assert.That(Errors("onlineEndpoints", "PATCH", body), Is.EqualTo(new[] { error + "." }));

    [Test]
    public void A_resource_without_PATCH_is_told() =>
        Assert.That(Errors("models/versions", "PATCH", """{"properties":{}}"""), Has.Some.Contains("takes no PATCH"));

    [Test]
    public void A_version_that_Azure_never_had_is_told() =>
        Assert.That(
            () => _types.BodyOf("Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "2020-01-01"), Throws.ArgumentException);

    private void AssertOneError(string type, string body, string right, string wrong, string error, int errors = 1)
    {
        Assert.That(body, Does.Contain(right));

        var found = Errors(type, "PUT", body.Replace(right, wrong, StringComparison.Ordinal));

        Assert.That(found, Has.Exactly(1).StartsWith(error), string.Join('\n', found));
        Assert.That(found, Has.Count.EqualTo(errors), string.Join('\n', found));
    }

    private IReadOnlyList<string> Errors(string type, string method, string body) => BodyErrors.Of(
        new SentBody(method, "/x", "Microsoft.MachineLearningServices/workspaces/" + type, "2024-04-01", JsonNode.Parse(body)!), _types);
}
