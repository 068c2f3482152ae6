using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.ResourceManager.Models;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>Plays what the real service once answered to the official clients.</summary>
[Category("Unit")]
internal sealed class RecordingTests
{
    // The recordings mask the names in addresses, and in the bodies others stand in for them.
    private const string Masked = "00000000-0000-0000-0000-000000000000";
    private const string Group = "000000000000000";
    private const string Name = "000000000000000";

    [Test]
    public async Task The_recorded_life_of_an_endpoint_reads_as_it_was()
    {
        const string File = "exact-cli-endpoint-create-get-list-delete.json";
        using var service = Replay.OfCli(File);
        var workspace = Workspace(service, Group, Name);
        var endpoints = workspace.GetMachineLearningOnlineEndpoints();

        var before = await endpoints.GetIfExistsAsync("test-onl-endpt-000005-2");
        var facts = (await workspace.GetAsync()).Value.Data;
        var wanted = Replay.PutBodiesOfCli(File).Single();
        var data = new MachineLearningOnlineEndpointData(
            facts.Location, new MachineLearningOnlineEndpointProperties(MachineLearningEndpointAuthMode.AmlToken))
        {
            Identity = new(ManagedServiceIdentityType.SystemAssigned),
        };
        var operation = await endpoints.CreateOrUpdateAsync(WaitUntil.Started, "test-onl-endpt-000005-2", data);
        var begun = operation.HasCompleted;
        await operation.UpdateStatusAsync();
        var endpoint = Endpoint(service, "test-onl-endpt-000005-2");
        var deployments = endpoint.GetMachineLearningOnlineDeployments().GetAll().ToList();
        var deletion = await endpoint.DeleteAsync(WaitUntil.Started);

        Assert.That(before.HasValue, Is.False);
        Assert.That(facts.StorageAccount, Does.StartWith("/subscriptions/"));
        Assert.That(facts.MlFlowTrackingUri!.Scheme, Is.EqualTo("azureml"));
        Assert.That(Guid.TryParse(facts.WorkspaceId, out _));
        Assert.That(begun, Is.False);
        Assert.That(operation.Value.Data.Properties.ProvisioningState, Is.EqualTo(MachineLearningEndpointProvisioningState.Succeeded));
        Assert.That(operation.Value.Data.Properties.ScoringUri!.AbsolutePath, Is.EqualTo("/score"));
        Assert.That(operation.Value.Data.Identity!.PrincipalId, Is.Not.Null);
        Assert.That(deployments, Is.Empty);
        Assert.That(deletion.HasCompleted, Is.False);
        Assert.That((string)service.Writes[0].Json["location"]!, Is.EqualTo((string)wanted["location"]!));
        Assert.That((string)service.Writes[0].Json["identity"]!["type"]!, Is.EqualTo((string)wanted["identity"]!["type"]!));
    }

    [Test]
    public async Task The_recorded_traffic_updates_end_with_the_maps_that_were_asked_for()
    {
        const string File = "exact-cli-traffic-10-90-to-100-mirror-delete.json";
        using var service = Replay.OfCli(File);
        var endpoints = Workspace(service, Group, Name).GetMachineLearningOnlineEndpoints();
        var data = (await endpoints.GetAsync("test-onl-endpt-000005-91")).Value.Data;

        foreach (var wanted in Replay.PutBodiesOfCli(File))
        {
            data.Properties.Traffic = Map(wanted["properties"]!["traffic"]!);
            data.Properties.MirrorTraffic = Map(wanted["properties"]!["mirrorTraffic"]!);
            var operation = await endpoints.CreateOrUpdateAsync(WaitUntil.Started, "test-onl-endpt-000005-91", data);
            Assert.That(operation.HasCompleted, Is.False);

            await operation.UpdateStatusAsync();

            Assert.That(operation.HasCompleted);
            var sent = service.Writes[^1].Json;
            Assert.That(JsonNode.DeepEquals(sent["properties"]!["traffic"], wanted["properties"]!["traffic"]), sent.ToJsonString());
            Assert.That(
                JsonNode.DeepEquals(sent["properties"]!["mirrorTraffic"], wanted["properties"]!["mirrorTraffic"]), sent.ToJsonString());
            Assert.That((string)sent["properties"]!["publicNetworkAccess"]!, Is.EqualTo("Enabled"));
            Assert.That(JsonNode.DeepEquals(sent["tags"], wanted["tags"]), sent.ToJsonString());
        }

        Assert.That(service.Writes, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task The_recorded_deployments_read_as_they_were()
    {
        using var service = Replay.OfCli("exact-cli-traffic-10-90-to-100-mirror-delete.json");
        var deployments = new List<MachineLearningOnlineDeploymentResource>();

        await foreach (var deployment in Endpoint(service, "test-onl-endpt-000005-91").GetMachineLearningOnlineDeployments())
        {
            deployments.Add(deployment);
        }

        var properties = (MachineLearningManagedOnlineDeployment)deployments[0].Data.Properties;
        Assert.That(deployments.Select(deployment => deployment.Data.Name), Is.EqualTo(new[] { "not-green", "green" }));
        Assert.That(properties.InstanceType, Is.EqualTo("Standard_DS2_V2"));
        Assert.That(properties.LivenessProbe!.Period, Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(properties.RequestSettings!.RequestTimeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(properties.ScaleSettings, Is.TypeOf<MachineLearningDefaultScaleSettings>());
        Assert.That(properties.CodeConfiguration!.ScoringScript, Is.EqualTo("score.py"));
        Assert.That(deployments[0].Data.Sku!.Capacity, Is.EqualTo(1));
        Assert.That(deployments[0].Data.Sku!.Tier, Is.EqualTo(MachineLearningSkuTier.Standard));
    }

    [Test]
    public async Task The_recorded_deployment_is_still_updating_after_its_recorded_polls()
    {
        const string File = "exact-cli-deployment-put-and-first-polls.json";
        using var service = Replay.OfCli(File);
        var wanted = Replay.PutBodiesOfCli(File).Single();
        var endpoint = Endpoint(service, "test-onl-endpt-000005-91");
        var data = new MachineLearningOnlineDeploymentData(AzureLocation.WestUS, new MachineLearningManagedOnlineDeployment
        {
            Description = (string)wanted["properties"]!["description"]!,
            EnvironmentId = (string)wanted["properties"]!["environmentId"]!,
            CodeConfiguration = new("score.py") { CodeId = new((string)wanted["properties"]!["codeConfiguration"]!["codeId"]!) },
            AppInsightsEnabled = false,
            InstanceType = "Standard_DS2_V2",
            Model = (string)wanted["properties"]!["model"]!,
            ScaleSettings = new MachineLearningDefaultScaleSettings(),
            EnvironmentVariables = new Dictionary<string, string>(),
            Properties = new Dictionary<string, string>(),
        })
        {
            Sku = new("Default") { Capacity = 1 },
        };

        var operation = await endpoint.GetMachineLearningOnlineDeployments().CreateOrUpdateAsync(WaitUntil.Started, "deploy-0000000", data);
        for (var poll = 0; poll < 5; poll++)
        {
            await operation.UpdateStatusAsync();
        }

        wanted["properties"]!.AsObject().Remove("privateNetworkConnection"); // Not in api-version 2024-04-01.
        var sent = service.Writes.Single().Json;
        Assert.That(operation.HasCompleted, Is.False);
        Assert.That(JsonNode.DeepEquals(sent, wanted), $"sent {sent.ToJsonString()}\nrecorded {wanted.ToJsonString()}");
    }

    [Test]
    public async Task The_recorded_model_version_is_made_read_and_listed()
    {
        using var service = Replay.OfSdk("exact-sdk-mlflow-model-version-with-stage.json");
        var workspace = Workspace(service, "00000", "00000");
        var datastore = (await workspace.GetMachineLearningDatastoreAsync("workspaceblobstore")).Value;
        var secrets = (await datastore.GetSecretsAsync()).Value;
        var versions = Client(service).GetMachineLearningModelContainerResource(
            workspace.Id.AppendChildResource("models", "test_349681564114")).GetMachineLearningModelVersions();
        var uri =
            $"azureml://subscriptions/{Masked}/resourcegroups/00000/workspaces/00000/datastores/workspaceblobstore"
            + "/paths/LocalUpload/00000000000000000000000000000000/lightgbm_mlflow_model";

        var operation = await versions.CreateOrUpdateAsync(WaitUntil.Completed, "3", new MachineLearningModelVersionData(
            new MachineLearningModelVersionProperties { ModelType = "mlflow_model", ModelUri = new Uri(uri), Stage = "Production" }));
        var listed = versions.GetAll(
            new MachineLearningModelVersionCollectionGetAllOptions { ListViewType = MachineLearningListViewType.ActiveOnly }).Single().Data;

        var blobs = (MachineLearningAzureBlobDatastore)datastore.Data.Properties;
        Assert.That(blobs.IsDefault, Is.True);
        Assert.That(blobs.Credentials, Is.TypeOf<MachineLearningAccountKeyDatastoreCredentials>());
        Assert.That(blobs.ContainerName, Does.StartWith("azureml-blobstore-"));
        Assert.That(secrets, Is.TypeOf<MachineLearningAccountKeyDatastoreSecrets>());
        Assert.That((string)service.Writes.Single().Json["properties"]!["modelUri"]!, Is.EqualTo(uri));
        Assert.That(operation.Value.Data.Properties.ProvisioningState, Is.EqualTo(RegistryAssetProvisioningState.Succeeded));
        Assert.That(operation.Value.Data.Properties.Flavors["sklearn"].Data["sklearn_version"], Is.EqualTo("0.23.2"));
        Assert.That(listed.Name, Is.EqualTo("3"));
        Assert.That(listed.Properties.Stage, Is.EqualTo("Production"));
    }

    private static Dictionary<string, int> Map(JsonNode map) =>
        map.AsObject().ToDictionary(entry => entry.Key, entry => (int)entry.Value!);

    private static ArmClient Client(ScriptedService service) => Arm.Client(service);

    private static MachineLearningOnlineEndpointResource Endpoint(ScriptedService service, string name) =>
        Client(service).GetMachineLearningOnlineEndpointResource(
            MachineLearningOnlineEndpointResource.CreateResourceIdentifier(Masked, Group, Name, name));

    private static MachineLearningWorkspaceResource Workspace(ScriptedService service, string group, string name) =>
        Client(service).GetMachineLearningWorkspaceResource(MachineLearningWorkspaceResource.CreateResourceIdentifier(Masked, group, name));
}
