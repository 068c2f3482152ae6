using System.Text.Json.Nodes;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class TypedContentTests
{
    [TestCase("""{"appInsightsEnabled":"yes"}""", "properties.appInsightsEnabled", "true or false")]
    [TestCase("""{"livenessProbe":{"period":5}}""", "properties.livenessProbe.period", "a string")]
    [TestCase("""{"readinessProbe":{"timeout":"5s"}}""", "properties.readinessProbe.timeout", "an ISO 8601 duration")]
    [TestCase("""{"startupProbe":{"failureThreshold":"30"}}""", "properties.startupProbe.failureThreshold", "an integer")]
    [TestCase("""{"environmentVariables":{"WORKERS":2}}""", "properties.environmentVariables.WORKERS", "a string")]
    [TestCase("""{"description":5}""", "properties.description", "a string")]
    [TestCase("""{"properties":{"a":1}}""", "properties.properties.a", "a string")]
    [TestCase("""{"egressPublicNetworkAccess":"Perhaps"}""", "properties.egressPublicNetworkAccess", "Enabled, Disabled")]
    [TestCase("""{"privateNetworkConnection":1}""", "properties.privateNetworkConnection", "true or false")]
    [TestCase("""{"modelMountPath":true}""", "properties.modelMountPath", "a string")]
    [TestCase("""{"environmentId":{}}""", "properties.environmentId", "a string")]
    [TestCase("""{"codeConfiguration":{"scoringScript":[]}}""", "properties.codeConfiguration.scoringScript", "a string")]
    [TestCase("""{"dataCollector":{"collections":{"in":{"samplingRate":"1"}}}}""", "properties.dataCollector.collections.in.samplingRate", "a number")]
    [TestCase(
        """{"containerResourceRequirements":{"containerResourceLimits":{"cpu":1}}}""",
        "properties.containerResourceRequirements.containerResourceLimits.cpu",
        "a string")]
    [TestCase(
        """{"scaleSettings":{"scaleType":"TargetUtilization","pollingInterval":1}}""", "properties.scaleSettings.pollingInterval", "a string")]
    public void A_member_of_a_deployment_has_the_type_of_the_specification(string properties, string member, string expected) =>
        AssertRefused(() => Deployment(properties), member, expected);

    [TestCase("""{"description":5}""", "properties.description", "a string")]
    [TestCase("""{"properties":{"a":1}}""", "properties.properties.a", "a string")]
    [TestCase("""{"publicNetworkAccess":"Perhaps"}""", "properties.publicNetworkAccess", "Enabled, Disabled")]
    [TestCase("""{"compute":5}""", "properties.compute", "a string")]
    public void A_member_of_an_endpoint_has_the_type_of_the_specification(string properties, string member, string expected) =>
        AssertRefused(() => Endpoint(properties), member, expected);

    [TestCase("""{"sku":{"tier":"Best"}}""", "sku.tier", "Free, Basic, Standard, Premium")]
    [TestCase("""{"identity":{"type":"SystemAssigned","userAssignedIdentities":5}}""", "identity.userAssignedIdentities", "an object")]
    public void So_have_its_sku_and_its_identity(string body, string member, string expected) =>
        AssertRefused(() => Endpoint("{}", body), member, expected);

    [Test]
    public void What_no_version_of_the_specification_has_is_not_kept()
    {
        var deployment = Deployment(
            """
            {"requestSetting":{"requestTimeout":"PT9S"},"description":"d","livenessProbe":{"period":"PT5S","perios":1},"provisioningState":"Failed",
             "requestSettings":{"requestTimeout":"PT9S","queue":1},"scaleSettings":{"scaleType":"Default","colour":"red"},
             "properties":{"mine":"1","azureAsyncOperationURI":"https://service"},"dataCollector":{"rollingRate":"hour","x":1}}
            """,
            """{"sku":{"capacity":1,"family":"f","nonsense":1},"identity":{"type":"systemAssigned","principalId":"p"}}""");
        var endpoint = Endpoint(
            """{"trafic":{"blue":100},"properties":{"mine":"1","AZUREML.onlineendpointid":"id"}}""", """{"sku":{"name":"Default","x":1}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                deployment.Properties.ToString(),
                Is.EqualTo(
                    """{"description":"d","properties":{"mine":"1"},"livenessProbe":{"period":"PT5S"},"dataCollector":{"rollingRate":"Hour"}"""
                    + ""","scaleSettings":{"scaleType":"Default"},"requestSettings":{"maxQueueWait":"PT0S"}}"""));
            Assert.That(deployment.RequestTimeout, Is.EqualTo(TimeSpan.FromSeconds(9)));
            Assert.That(deployment.Sku.ToString(), Is.EqualTo("""{"family":"f"}"""));
            Assert.That(deployment.Identity.ToString(), Is.EqualTo("""{"type":"SystemAssigned"}"""));
            Assert.That(endpoint.Sku.ToString(), Is.EqualTo("""{"name":"Default"}"""));
            Assert.That(endpoint.CustomProperties.ToString(), Is.EqualTo("""{"mine":"1"}"""));
            Assert.That(
                EndpointDocument.Of(
                    Sample.Nothing.Setting(endpoint).Heart(),
                    new ArmScope("s", Guid.Empty, "g", "w", Guid.Empty, "westeurope", 1),
                    "https://localhost")["properties"]!.AsObject().Select(member => member.Key),
                Is.EqualTo(new[]
                {
                    "description", "properties", "scoringUri", "swaggerUri", "authMode", "provisioningState", "compute", "traffic",
                    "mirrorTraffic", "publicNetworkAccess",
                }));
        }
    }

    private static void AssertRefused(Action read, string member, string expected)
    {
        var refused = Assert.Throws<RefusedException>(read)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Status, refused.Code), Is.EqualTo((400, "InvalidRequestContent")));
            Assert.That(refused.Message, Does.Contain($"'{member}' is").And.Contain(expected));
        }
    }

    private static DeploymentContent Deployment(string properties, string body = "{}") =>
        DeploymentReader.Read(Body(properties, body, """{"endpointComputeType":"Managed","instanceType":"Standard_DS2_v2"}"""));

    private static EndpointContent Endpoint(string properties, string body = "{}") =>
        EndpointReader.Read(Body(properties, body, """{"authMode":"Key"}"""), out _);

    private static JsonInput Body(string properties, string body, string needed)
    {
        var all = Parse(body);
        all["location"] = "westeurope";
        all["properties"] = new JsonObject(Parse(properties).Concat(Parse(needed)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return Sample.Json(all);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
