using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>
/// The examples of the specification go through the stand-in's types: every member of every answer is read, and every
/// member of what was read is sent again, but for those on a list with their reasons.
/// </summary>
[Category("Unit")]
internal sealed class SpecificationExampleTests
{
    private const string Missing = "The folder shared/data/rest-examples beside the repository is not on this machine.";

    private const string Resources = "OnlineEndpoint|OnlineDeployment|ModelContainer|ModelVersion";

    private static readonly IReadOnlyList<Exemption> NotRead =
    [
        new("OnlineDeployment", @"properties\.startupProbe\..*", "Younger than api-version 2024-04-01, which the package speaks."),
        new(
            "Workspace",
            @"properties\.(allowPublicAccessWhenBehindVnet|imageBuildCompute|privateLinkCount|serviceProvisionedResourceGroup)",
            "A setting of the workspace that is left out; see build/compat/README.md."),
        new(
            "Workspace",
            @"properties\.(encryption|managedNetwork|privateEndpointConnections|sharedPrivateLinkResources)\..*",
            "A setting of the workspace that is left out; see build/compat/README.md."),
    ];

    private static readonly IReadOnlyList<Exemption> NotSent =
    [
        new(Resources, "id|name|type", "Stands in the address."),
        new(Resources, @"systemData\..*", "Read-only: the service says who made it and when."),
        new(Resources, @"properties\.provisioningState", "Read-only: the state of the resource."),
        new("OnlineEndpoint", @"properties\.(scoringUri|swaggerUri)", "Read-only: the service gives the addresses."),
        new(Resources, @"identity\.(principalId|tenantId)", "Read-only: the service makes the identity."),
        new(
            Resources,
            @"identity\.userAssignedIdentities\..*\.(principalId|clientId)",
            "Read-only: the identity is named by its id, and Azure knows the rest."),
        new("OnlineDeployment", @"properties\.startupProbe\..*", "Younger than api-version 2024-04-01, which the package speaks."),
    ];

    /// <summary>Kinds of resources that the stand-in has no types for, and why.</summary>
    private static readonly Dictionary<string, string> WithoutTypes = new()
    {
        ["Registry"] = "Registries are left out; see build/compat/README.md.",
    };

    [TestCaseSource(nameof(Files))]
    public async Task Every_member_of_the_answers_is_read(string file)
    {
        var example = Example(file);
        foreach (var answer in example.Answers())
        {
            var body = WithRealId(example, answer);

            var read = await ReadAsync(example, body);

            var leaves = JsonLeaf.Of(body).ToList();
            var lost = leaves.Where(leaf => !OfficialName.Has(read, leaf) && !NotRead.Any(one => one.Covers(example, leaf))).ToList();
            TestContext.Out.WriteLine($"{file}: {leaves.Count} members, {leaves.Count(leaf => OfficialName.Has(read, leaf))} read");
            Assert.That(lost.Select(leaf => $"{leaf.Path} = {leaf.Text}"), Is.Empty);
        }
    }

    [TestCaseSource(nameof(FilesOfResources))]
    public async Task Every_member_of_a_resource_is_sent_again(string file)
    {
        var example = Example(file);
        foreach (var answer in example.Answers())
        {
            var body = WithRealId(example, answer);

            var sent = await SendAgainAsync(example, body);

            var wanted = JsonLeaf.Of(body).Where(leaf => !NotSent.Any(one => one.Covers(example, leaf))).ToList();
            TestContext.Out.WriteLine($"{file}: {wanted.Count} members sent");
            Assert.That(JsonLeaf.Of(sent).Select(Text), Is.EquivalentTo(wanted.Select(Text)));
        }
    }

    [TestCaseSource(nameof(FilesOfRequests))]
    public async Task A_request_is_sent_as_the_example_has_it(string file)
    {
        var example = Example(file);
        var wanted = example.Request()!;

        var sent = await SendRequestAsync(example, wanted);

        var leaves = JsonLeaf.Of(wanted).Where(leaf => !NotSent.Any(one => one.Covers(example, leaf))).ToList();
        TestContext.Out.WriteLine($"{file}: {leaves.Count} members sent");
        Assert.That(JsonLeaf.Of(sent).Select(Text), Is.EquivalentTo(leaves.Select(Text)));
    }

    [Test]
    public void Every_reason_on_the_lists_is_needed()
    {
        var examples = SpecificationExample.All();
        if (examples.Count == 0)
        {
            Assert.Ignore(Missing);
        }

        var all = examples
            .SelectMany(example => example.Answers().SelectMany(answer => JsonLeaf.Of(answer)).Select(leaf => (example, leaf)))
            .ToList();

        Assert.That(NotRead.Concat(NotSent).Where(one => !all.Exists(member => one.Covers(member.example, member.leaf))), Is.Empty);
        Assert.That(WithoutTypes.Keys, Is.SubsetOf(examples.Select(example => example.Resource)));
    }

    private static IEnumerable<string> Files() => FilesWhere(_ => true);

    /// <summary>Those with a resource that the stand-in writes.</summary>
    private static IEnumerable<string> FilesOfResources() => FilesWhere(example =>
        Resources.Split('|').Contains(example.Resource) && example.Operation is "createOrUpdate" or "get" or "list" or "update");

    /// <summary>Those whose request has a body.</summary>
    private static IEnumerable<string> FilesOfRequests() => FilesWhere(example => example.Request() is not null);

    private static IEnumerable<string> FilesWhere(Func<SpecificationExample, bool> wanted) => SpecificationExample.All()
        .Where(example => !WithoutTypes.ContainsKey(example.Resource) && wanted(example))
        .Select(example => example.File)
        .DefaultIfEmpty("none");

    private static SpecificationExample Example(string file)
    {
        var example = SpecificationExample.All().SingleOrDefault(one => one.File == file);
        if (example is null)
        {
            Assert.Ignore(Missing);
        }

        return example;
    }

    private static string Text(JsonLeaf leaf) => $"{leaf.Path} = {leaf.Text}";

    /// <summary>Ids and types in the examples are placeholders that no real service gives.</summary>
    private static JsonObject WithRealId(SpecificationExample example, JsonObject answer)
    {
        var body = answer.DeepClone().AsObject();
        if (body.ContainsKey("id"))
        {
            var id = IdOf(example.Resource);
            body["id"] = id.ToString();
            body["type"] = id.ResourceType.ToString();
        }

        return body;
    }

    private static ResourceIdentifier IdOf(string resource) => new(Arm.Base + resource switch
    {
        "OnlineEndpoint" => "/onlineEndpoints/e",
        "OnlineDeployment" => "/onlineEndpoints/e/deployments/d",
        "ModelContainer" => "/models/m",
        "ModelVersion" => "/models/m/versions/1",
        "Datastore" => "/datastores/s",
        "Workspace" => "",
        _ => throw new ArgumentException($"'{resource}' is a kind of resource without a word in this test.", nameof(resource)),
    });

    private static async Task<object> ReadAsync(SpecificationExample example, JsonNode body)
    {
        var id = IdOf(example.Resource);
        var path = id.ToString()[Arm.Base.Length..];
        using var service = new ScriptedService()
            .On("GET", example.Resource == "Workspace" ? "/workspaces/ws" : path, 200, body.ToJsonString())
            .On("POST", path + "/token", 200, body.ToJsonString())
            .On("POST", path + "/listKeys", 200, body.ToJsonString())
            .On("POST", path + "/listSecrets", 200, body.ToJsonString())
            .On("POST", path + "/getLogs", 200, body.ToJsonString())
            .On("GET", path + "/skus", 200, $$"""{"value":[{{body.ToJsonString()}}]}""");
        var client = Arm.Client(service);
        return (example.Resource, example.Operation) switch
        {
            ("OnlineEndpoint", "getToken") => (await client.GetMachineLearningOnlineEndpointResource(id).GetTokenAsync()).Value,
            ("OnlineEndpoint", "listKeys") => (await client.GetMachineLearningOnlineEndpointResource(id).GetKeysAsync()).Value,
            ("OnlineDeployment", "getLogs") => (await client.GetMachineLearningOnlineDeploymentResource(id).GetLogsAsync(new())).Value,
            ("OnlineDeployment", "listSkus") => client.GetMachineLearningOnlineDeploymentResource(id).GetSkus().Single(),
            ("Datastore", "listSecrets") => (await client.GetMachineLearningDatastoreResource(id).GetSecretsAsync()).Value,
            ("OnlineEndpoint", _) => (await client.GetMachineLearningOnlineEndpointResource(id).GetAsync()).Value.Data,
            ("OnlineDeployment", _) => (await client.GetMachineLearningOnlineDeploymentResource(id).GetAsync()).Value.Data,
            ("ModelContainer", _) => (await client.GetMachineLearningModelContainerResource(id).GetAsync()).Value.Data,
            ("ModelVersion", _) => (await client.GetMachineLearningModelVersionResource(id).GetAsync()).Value.Data,
            ("Datastore", _) => (await client.GetMachineLearningDatastoreResource(id).GetAsync()).Value.Data,
            _ => (await client.GetMachineLearningWorkspaceResource(id).GetAsync()).Value.Data,
        };
    }

    /// <summary>Reads a resource and writes what was read.</summary>
    private static async Task<JsonNode> SendAgainAsync(SpecificationExample example, JsonObject body)
    {
        var read = await ReadAsync(example, body);
        using var service = Writable();
        var workspace = Arm.Workspace(service);
        var client = Arm.Client(service);
        switch (read)
        {
            case MachineLearningOnlineEndpointData data:
                await workspace.GetMachineLearningOnlineEndpoints().CreateOrUpdateAsync(WaitUntil.Started, "e", data);
                break;
            case MachineLearningOnlineDeploymentData data:
                await client.GetMachineLearningOnlineEndpointResource(IdOf("OnlineEndpoint")).GetMachineLearningOnlineDeployments()
                    .CreateOrUpdateAsync(WaitUntil.Started, "d", data);
                break;
            case MachineLearningModelContainerData data:
                await workspace.GetMachineLearningModelContainers().CreateOrUpdateAsync(WaitUntil.Started, "m", data);
                break;
            case MachineLearningModelVersionData data:
                await client.GetMachineLearningModelContainerResource(IdOf("ModelContainer")).GetMachineLearningModelVersions()
                    .CreateOrUpdateAsync(WaitUntil.Started, "1", data);
                break;
        }

        return service.Writes.Single().Json;
    }

    /// <summary>Sends the body of a request with the types that the package has for it.</summary>
    private static async Task<JsonNode> SendRequestAsync(SpecificationExample example, JsonObject body)
    {
        if (example.Operation == "createOrUpdate")
        {
            return await SendAgainAsync(example, WithAddress(example, body));
        }

        using var service = Writable();
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(IdOf("OnlineEndpoint"));
        var deployment = Arm.Client(service).GetMachineLearningOnlineDeploymentResource(IdOf("OnlineDeployment"));
        switch (example.Resource, example.Operation)
        {
            case ("OnlineEndpoint", "update"):
                await endpoint.UpdateAsync(WaitUntil.Started, EndpointPatch(body));
                break;
            case ("OnlineDeployment", "update"):
                await deployment.UpdateAsync(WaitUntil.Started, DeploymentPatch(body));
                break;
            case ("OnlineEndpoint", "regenerateKeys"):
                var keys = new MachineLearningEndpointKeyRegenerateContent((string)body["keyType"]!)
                {
                    KeyValue = (string)body["keyValue"]!,
                };
                await endpoint.RegenerateKeysAsync(WaitUntil.Started, keys);
                break;
            case ("OnlineDeployment", "getLogs"):
                await deployment.GetLogsAsync(new() { ContainerType = (string)body["containerType"]!, Tail = (int)body["tail"]! });
                break;
            default:
                Assert.Fail($"{example} has a request that this test has no word for.");
                break;
        }

        return service.Requests.Single(request => request.Method != "GET").Json;
    }

    private static MachineLearningResourcePatchWithIdentity EndpointPatch(JsonObject body)
    {
        var patch = new MachineLearningResourcePatchWithIdentity
        {
            Identity = new() { ManagedServiceIdentityType = new ManagedServiceIdentityType((string)body["identity"]!["type"]!) },
        };
        foreach (var (id, identity) in body["identity"]!["userAssignedIdentities"]!.AsObject())
        {
            patch.Identity.UserAssignedIdentities[id] = BinaryData.FromString(identity!.ToJsonString());
        }

        return patch;
    }

    private static MachineLearningOnlineDeploymentPatch DeploymentPatch(JsonObject body) => new()
    {
        Sku = new()
        {
            Name = (string)body["sku"]!["name"]!,
            Tier = Enum.Parse<MachineLearningSkuTier>((string)body["sku"]!["tier"]!),
            Size = (string)body["sku"]!["size"]!,
            Family = (string)body["sku"]!["family"]!,
            Capacity = (int)body["sku"]!["capacity"]!,
        },
    };

    /// <summary>A request's body has no id; what the service would give back with it has one.</summary>
    private static JsonObject WithAddress(SpecificationExample example, JsonObject body)
    {
        var id = IdOf(example.Resource);
        var answer = body.DeepClone().AsObject();
        answer["id"] = id.ToString();
        answer["name"] = id.Name;
        answer["type"] = id.ResourceType.ToString();
        return answer;
    }

    /// <summary>A service that takes every write; its answers are not looked at.</summary>
    private static ScriptedService Writable()
    {
        var deployment = Arm.Deployment("d", "Succeeded");
        return new ScriptedService()
            .On("PUT", "/onlineEndpoints/e", 201, Arm.Endpoint("Succeeded", name: "e"))
            .On("PUT", "/deployments/d", 201, deployment)
            .On("PUT", "/models/m", 201, Resource("ModelContainer"))
            .On("PUT", "/versions/1", 201, Resource("ModelVersion"))
            .On("PATCH", "/onlineEndpoints/e", 200, Arm.Endpoint("Succeeded", name: "e"))
            .On("PATCH", "/deployments/d", 200, deployment)
            .On("POST", "/regenerateKeys", 200)
            .On("POST", "/getLogs", 200, """{"content":""}""");
    }

    private static string Resource(string resource)
    {
        var id = IdOf(resource);
        return $$"""{"id":"{{id}}","name":"{{id.Name}}","type":"{{id.ResourceType}}","properties":{} }""";
    }
}
