using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>Every single answer in the recordings of the real service is read by the client that asks for it, and read as it is.</summary>
[Category("Unit")]
internal sealed class RecordedAnswerTests
{
    [TestCase("exact-cli-endpoint-create-get-list-delete.json", 10)]
    [TestCase("exact-cli-deployment-put-and-first-polls.json", 7)]
    [TestCase("exact-cli-traffic-10-90-to-100-mirror-delete.json", 26)]
    public async Task Each_answer_to_the_CLI_is_read(string file, int count) => await ReadAllAsync(Replay.ReadCli(file), count);

    [TestCase("exact-sdk-mlflow-model-version-with-stage.json", 5)]
    public async Task Each_answer_to_the_SDK_is_read(string file, int count) => await ReadAllAsync(
        [.. Replay.ReadSdk(file).Where(answer => answer.Uri.AbsolutePath.StartsWith("/subscriptions", StringComparison.Ordinal))], count);

    private static async Task ReadAllAsync(IReadOnlyList<RecordedAnswer> answers, int count)
    {
        Assert.That(answers, Has.Count.EqualTo(count));
        foreach (var answer in answers)
        {
            using var service = new ScriptedService();
            service.On(answer.Method, answer.Uri.AbsolutePath, _ => answer.Give());
            var what = $"{answer.Method} {answer.Uri.AbsolutePath}";
            if (answer.Status == 404)
            {
                var missing = await Assert.ThrowsAsync<RequestFailedException>(() => ReadAsync(service, answer));
                Assert.That((missing!.Status, missing.ErrorCode), Is.EqualTo((404, (string?)answer.Json["error"]!["code"])), what);
            }
            else
            {
                Assert.That(await ReadAsync(service, answer), Is.EqualTo(Expected(answer)), what);
            }
        }
    }

    // What is compared of each kind of answer, as text: what a rollout decides by.
    private static string Expected(RecordedAnswer answer) => (answer.Method, Kind(answer)) switch
    {
        ("GET", "mfeOperationsStatus") => $"completed: {(string)answer.Json["status"]! == "Succeeded"}",
        ("PUT", "onlineEndpoints" or "deployments") or ("DELETE", _) => "completed: False",
        ("GET", "workspaces") => $"{answer.Json["location"]} {answer.Json["properties"]!["workspaceId"]}",
        ("GET", "onlineEndpoints") => Endpoint(answer.Json),
        ("GET", "deployments list") => string.Join("; ", answer.Json["value"]!.AsArray().Select(item => Deployment(item!))),
        ("GET", "datastores") => $"{answer.Json["properties"]!["containerName"]}",
        ("POST", "listSecrets") => $"{answer.Json["key"]}",
        ("GET", "versions list") => string.Join("; ", answer.Json["value"]!.AsArray().Select(item => Version(item!))),
        (_, "versions") => Version(answer.Json),
        var other => throw new AssertionException($"The recording has an answer of a new kind: {other}."),
    };

    private static async Task<string> ReadAsync(ScriptedService service, RecordedAnswer answer)
    {
        var client = Arm.Client(service);
        var path = answer.Uri.AbsolutePath;
        var kind = Kind(answer);
        if (kind == "mfeOperationsStatus")
        {
            return await PollAsync(service, answer);
        }

        var isBelow = kind.EndsWith(" list", StringComparison.Ordinal) || kind == "listSecrets";
        var id = new ResourceIdentifier(isBelow ? path[..path.LastIndexOf('/')] : path);
        switch (answer.Method, kind)
        {
            case ("GET", "workspaces"):
                var workspace = (await client.GetMachineLearningWorkspaceResource(id).GetAsync()).Value.Data;
                return $"{workspace.Location} {workspace.WorkspaceId}";
            case ("GET", "onlineEndpoints"):
                return Endpoint((await client.GetMachineLearningOnlineEndpointResource(id).GetAsync()).Value.Data);
            case ("PUT", "onlineEndpoints"):
                return Completed(await PutEndpointAsync(client, id));
            case ("DELETE", "onlineEndpoints"):
                return Completed(await client.GetMachineLearningOnlineEndpointResource(id).DeleteAsync(WaitUntil.Started));
            case ("GET", "deployments list"):
                var deployments = client.GetMachineLearningOnlineEndpointResource(id).GetMachineLearningOnlineDeployments().GetAll();
                return string.Join("; ", deployments.Select(deployment => Deployment(deployment.Data)));
            case ("PUT", "deployments"):
                return Completed(await client.GetMachineLearningOnlineEndpointResource(id.Parent!).GetMachineLearningOnlineDeployments()
                    .CreateOrUpdateAsync(WaitUntil.Started, id.Name, new(AzureLocation.WestUS, new MachineLearningManagedOnlineDeployment())));
            case ("GET", "datastores"):
                var datastore = (await client.GetMachineLearningDatastoreResource(id).GetAsync()).Value.Data;
                return ((MachineLearningAzureBlobDatastore)datastore.Properties).ContainerName!;
            case ("POST", "listSecrets"):
                var secrets = (await client.GetMachineLearningDatastoreResource(id).GetSecretsAsync()).Value;
                return ((MachineLearningAccountKeyDatastoreSecrets)secrets).Key!;
            case ("PUT", "versions"):
                var put = await client.GetMachineLearningModelContainerResource(id.Parent!).GetMachineLearningModelVersions()
                    .CreateOrUpdateAsync(WaitUntil.Completed, id.Name, new(new MachineLearningModelVersionProperties()));
                return Version(put.Value.Data);
            case ("GET", "versions"):
                return Version((await client.GetMachineLearningModelVersionResource(id).GetAsync()).Value.Data);
            default:
                var versions = client.GetMachineLearningModelContainerResource(id).GetMachineLearningModelVersions()
                    .GetAll(new MachineLearningModelVersionCollectionGetAllOptions());
                return string.Join("; ", versions.Select(version => Version(version.Data)));
        }
    }

    /// <summary>Begins an operation whose polling address is the recorded one, and polls once.</summary>
    private static async Task<string> PollAsync(ScriptedService service, RecordedAnswer answer)
    {
        service
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Updating"), ("Azure-AsyncOperation", answer.Uri.AbsoluteUri))
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));
        var operation = await PutEndpointAsync(Arm.Client(service), new ResourceIdentifier($"{Arm.Base}/onlineEndpoints/heart"));
        await operation.UpdateStatusAsync();
        return Completed(operation);
    }

    private static Task<ArmOperation<MachineLearningOnlineEndpointResource>> PutEndpointAsync(ArmClient client, ResourceIdentifier id) =>
        client.GetMachineLearningWorkspaceResource(id.Parent!).GetMachineLearningOnlineEndpoints().CreateOrUpdateAsync(
            WaitUntil.Started,
            id.Name,
            new(AzureLocation.WestUS, new MachineLearningOnlineEndpointProperties(MachineLearningEndpointAuthMode.Key)));

    /// <summary>The last collection in the path, and whether it is listed.</summary>
    private static string Kind(RecordedAnswer answer)
    {
        var parts = answer.Uri.AbsolutePath.Split('/');
        return parts[^1] switch
        {
            "deployments" or "versions" => $"{parts[^1]} list",
            "listSecrets" => parts[^1],
            _ => parts[^2],
        };
    }

    private static string Completed(Operation operation) => $"completed: {operation.HasCompleted}";

    private static string Endpoint(JsonNode json) =>
        $"{json["name"]} {json["location"]} {json["properties"]!["provisioningState"]} {json["properties"]!["authMode"]} "
        + $"{Map(json["properties"]!["traffic"]!)} {Map(json["properties"]!["mirrorTraffic"]!)} {json["identity"]!["principalId"]}";

    private static string Endpoint(MachineLearningOnlineEndpointData data) =>
        $"{data.Name} {data.Location} {data.Properties.ProvisioningState} {data.Properties.AuthMode} "
        + $"{Map(data.Properties.Traffic)} {Map(data.Properties.MirrorTraffic)} {data.Identity!.PrincipalId}";

    private static string Deployment(JsonNode json) =>
        $"{json["name"]} {json["properties"]!["provisioningState"]} {json["properties"]!["model"]} {json["properties"]!["instanceType"]} "
        + $"{json["sku"]!["capacity"]}";

    private static string Deployment(MachineLearningOnlineDeploymentData data)
    {
        var properties = (MachineLearningManagedOnlineDeployment)data.Properties;
        return $"{data.Name} {properties.ProvisioningState} {properties.Model} {properties.InstanceType} {data.Sku!.Capacity}";
    }

    private static string Version(JsonNode json) =>
        $"{json["name"]} {json["properties"]!["modelType"]} {json["properties"]!["stage"]} {json["properties"]!["modelUri"]}";

    private static string Version(MachineLearningModelVersionData data) =>
        $"{data.Name} {data.Properties.ModelType} {data.Properties.Stage} {data.Properties.ModelUri!.OriginalString}";

    private static string Map(JsonNode map) => Map(map.AsObject().ToDictionary(entry => entry.Key, entry => (int)entry.Value!));

    private static string Map(IDictionary<string, int> map) =>
        $"[{string.Join(", ", map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"))}]";
}
