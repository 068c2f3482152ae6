using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>
/// Reads the answers of the specification's examples and sends back what was read: nothing that can be sent may get lost.
/// </summary>
[Category("Unit")]
internal sealed class SpecificationExampleTests
{
    [Test]
    public async Task An_endpoint_goes_there_and_back()
    {
        var (wanted, answer) = Example("OnlineEndpoint_createOrUpdate.json", "201", "onlineEndpoints/e");
        using var service = new ScriptedService()
            .On("GET", "/onlineEndpoints/e", 200, answer)
            .On("PUT", "/onlineEndpoints/e", 200, answer.Replace("\"Creating\"", "\"Succeeded\"", StringComparison.Ordinal));
        var endpoints = Arm.Workspace(service).GetMachineLearningOnlineEndpoints();

        var read = (await endpoints.GetAsync("e")).Value.Data;
        await endpoints.CreateOrUpdateAsync(WaitUntil.Completed, "e", read);

        AssertSent(service, wanted);
    }

    [TestCase("OnlineDeployment_Managed_createOrUpdate.json")]
    [TestCase("OnlineDeployment_Kubernetes_createOrUpdate.json")]
    public async Task A_deployment_goes_there_and_back(string file)
    {
        var (wanted, answer) = Example(file, "201", "onlineEndpoints/e/deployments/d");
        wanted["properties"]!.AsObject().Remove("startupProbe"); // Younger than api-version 2024-04-01.
        using var service = new ScriptedService()
            .On("GET", "/deployments/d", 200, answer)
            .On("PUT", "/deployments/d", 200, answer.Replace("\"Creating\"", "\"Succeeded\"", StringComparison.Ordinal));
        var deployments = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/e")).GetMachineLearningOnlineDeployments();

        var read = (await deployments.GetAsync("d")).Value.Data;
        await deployments.CreateOrUpdateAsync(WaitUntil.Completed, "d", read);

        AssertSent(service, wanted);
    }

    [Test]
    public async Task A_model_version_goes_there_and_back()
    {
        var (wanted, answer) = Example("ModelVersion_createOrUpdate.json", "201", "models/m/versions/1");
        using var service = new ScriptedService().On("GET", "/versions/1", 200, answer).On("PUT", "/versions/1", 201, answer);
        var versions = Arm.Client(service).GetMachineLearningModelContainerResource(new ResourceIdentifier(Arm.Base + "/models/m"))
            .GetMachineLearningModelVersions();

        var read = (await versions.GetAsync("1")).Value.Data;
        await versions.CreateOrUpdateAsync(WaitUntil.Completed, "1", read);

        AssertSent(service, wanted);
    }

    [Test]
    public async Task A_model_goes_there_and_back()
    {
        var (wanted, answer) = Example("ModelContainer_createOrUpdate.json", "201", "models/m");
        using var service = new ScriptedService().On("GET", "/models/m", 200, answer).On("PUT", "/models/m", 200, answer);
        var models = Arm.Workspace(service).GetMachineLearningModelContainers();

        var read = (await models.GetAsync("m")).Value.Data;
        await models.CreateOrUpdateAsync(WaitUntil.Completed, "m", read);

        AssertSent(service, wanted);
    }

    [Test]
    public async Task A_workspace_and_a_datastore_are_read()
    {
        var workspaceBody = Answer("Workspace_get.json", "200", "");
        var datastoreBody = Answer("Datastore_get.json", "200", "datastores/d");
        using var service = new ScriptedService()
            .On("GET", "/workspaces/ws", 200, workspaceBody)
            .On("GET", "/datastores/d", 200, datastoreBody);

        var workspace = (await Arm.Workspace(service).GetAsync()).Value.Data;
        var datastore = (await Arm.Workspace(service).GetMachineLearningDatastoreAsync("d")).Value.Data;

        Assert.That(workspace.FriendlyName, Is.EqualTo("HelloName"));
        Assert.That(workspace.DiscoveryUri, Is.EqualTo(new Uri("http://example.com")));
        Assert.That(workspace.IsHbiWorkspace, Is.False);
        Assert.That(datastore.Properties, Is.InstanceOf<Azure.ResourceManager.MachineLearning.Models.MachineLearningAzureBlobDatastore>());
    }

    [Test]
    public void Skus_and_logs_are_read()
    {
        using var service = new ScriptedService()
            .On("GET", "/deployments/d/skus", 200, WithoutNextLink(Answer("OnlineDeployment_Managed_listSkus.json", "200", null)))
            .On("POST", "/deployments/d/getLogs", 200, Answer("OnlineDeployment_getLogs.json", "200", null));
        var deployment = Arm.Client(service).GetMachineLearningOnlineDeploymentResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/e/deployments/d"));

        var sku = deployment.GetSkus().Single();
        var log = deployment.GetLogs(new() { ContainerType = "StorageInitializer", Tail = 0 }).Value;

        Assert.That(sku.Capacity!.ScaleType!.Value.ToString(), Is.EqualTo("Automatic"));
        Assert.That(log.Content, Is.EqualTo("string"));
        Assert.That(service.Requests[^1].Body, Is.EqualTo("""{"containerType":"StorageInitializer","tail":0}"""));
    }

    private static string WithoutNextLink(string page)
    {
        var body = JsonNode.Parse(page)!.AsObject();
        body.Remove("nextLink");
        return body.ToJsonString();
    }

    private static void AssertSent(ScriptedService service, JsonNode wanted)
    {
        var sent = service.Writes.Single().Json;
        foreach (var (name, value) in wanted.AsObject())
        {
            AssertContains(sent, name, value);
        }

        foreach (var readOnly in (string[])["id", "name", "type", "systemData"])
        {
            Assert.That(sent[readOnly], Is.Null, $"{readOnly} is the service's to set");
        }
    }

    /// <summary>What was wanted must be sent; maps that are empty may be left out.</summary>
    private static void AssertContains(JsonNode sent, string name, JsonNode? wanted)
    {
        if (wanted is JsonObject members && sent[name] is JsonObject found)
        {
            foreach (var (member, value) in members)
            {
                AssertContains(found, member, value);
            }
        }
        else
        {
            Assert.That(
                JsonNode.DeepEquals(sent[name], wanted) || (wanted is JsonObject { Count: 0 } && sent[name] is null),
                $"{wanted?.GetPath()}: wanted {wanted?.ToJsonString()}, sent {sent[name]?.ToJsonString() ?? "nothing"}");
        }
    }

    private static (JsonNode Wanted, string Answer) Example(string file, string status, string resource) =>
        (JsonNode.Parse(SharedData.Read("rest-examples", file))!["parameters"]!["body"]!, Answer(file, status, resource));

    /// <summary>The example's answer; ids and types there are placeholders that no real service gives.</summary>
    private static string Answer(string file, string status, string? resource)
    {
        var body = JsonNode.Parse(SharedData.Read("rest-examples", file))!["responses"]![status]!["body"]!;
        if (resource is not null)
        {
            var id = new ResourceIdentifier(Arm.Base + (resource.Length == 0 ? "" : "/" + resource));
            body["id"] = id.ToString();
            body["type"] = id.ResourceType.ToString();
        }

        return body.ToJsonString();
    }
}
