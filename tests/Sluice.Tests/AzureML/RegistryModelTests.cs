using System.Collections.Immutable;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

/// <summary>Models in registries: where they are looked up, and by which id they are deployed and recognised.</summary>
[Category("Unit")]
internal sealed class RegistryModelTests
{
    private const string Discovery = "/registrymanagement/v1.0/registries/shared/discovery";
    private const string Id = "azureml://registries/shared/models/bert/versions/7";

    private const string Versions =
        "/mferp/managementfrontend/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/registry-group"
        + "/providers/Microsoft.MachineLearningServices/registries/shared/models/bert/versions";

    private TestWorkspace _test = null!;

    [SetUp]
    public void MakeWorkspace()
    {
        _test = new TestWorkspace();
        _test.Service
            .On("GET", "/models/heart/versions", 404, Arm.Error("NotFound", "no model"))
            .On("GET", "/onlineEndpoints/heart", 404, Arm.Error("ResourceNotFound", "no endpoint"))
            .On("GET", "/onlineEndpoints/heart/deployments", 404, Arm.Error("ResourceNotFound", "no endpoint"))
            .On("GET", Discovery, 200, """
                {"registryName":"shared","primaryRegion":"westus",
                 "primaryRegionResourceProviderUri":"https://cert-westus.experiments.azureml.net/",
                 "subscriptionId":"33333333-3333-3333-3333-333333333333","resourceGroup":"registry-group"}
                """)
            .On("GET", $"{Versions}/7", 200, Version("7"))
            .On("GET", $"{Versions}/9", 404, Arm.Error("NotFound", "no version"))
            .On("GET", Versions, 200, Arm.List(Version("8"), Version("7")));
    }

    [TearDown]
    public void End() => _test.Dispose();

    [Test]
    public async Task A_version_is_found_where_the_discovery_says_as_the_caller()
    {
        var state = await ObserveAsync(new RegistryModel("shared", "bert", "7"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                state.Models,
                Is.EqualTo(new[] { new ModelVersion("bert", "7", null) { Registry = "shared", Type = ModelType.Custom } }));
            var asked = _test.Service.Requests.Where(request => request.Uri.Host != "management.azure.com").ToList();
            Assert.That(asked.Select(request => request.Uri.Host), Is.EqualTo(new[]
            {
                "eastus.api.azureml.ms", "cert-westus.experiments.azureml.net",
            }));
            Assert.That(asked.Select(request => request.Headers["Authorization"]), Is.All.EqualTo("Bearer " + FakeCredential.Token));
            Assert.That(asked[1].Uri.Query, Does.Contain("api-version=2021-10-01-dataplanepreview"));
        }
    }

    [Test]
    public async Task The_latest_one_is_the_first_of_those_that_were_created_last()
    {
        var latest = new RegistryModel("shared", "bert", null);

        var state = await ObserveAsync(latest);

        Assert.That(state.VersionOf(latest)!.Version, Is.EqualTo("8"));
        Assert.That(Uri.UnescapeDataString(Asked(Versions).Uri.Query), Does.Contain("$orderBy=createdtime desc"));
    }

    [Test]
    public async Task A_version_that_is_not_there_leaves_those_that_are()
    {
        var wanted = new RegistryModel("shared", "bert", "9");

        var state = await ObserveAsync(wanted);

        Assert.That(state.VersionOf(wanted), Is.Null);
        Assert.That(state.Models.Select(version => version.Version), Is.EqualTo(new[] { "8", "7" }));
    }

    [Test]
    public async Task What_was_found_is_not_asked_for_at_every_look()
    {
        await ObserveAsync(new RegistryModel("shared", "bert", "7"));
        await ObserveAsync(new RegistryModel("shared", "bert", "7"));

        Assert.That(_test.Service.Requests.Count(request => request.Path == Discovery), Is.EqualTo(1));
    }

    [Test]
    public async Task A_registry_that_is_not_there_is_named()
    {
        _test.Service.On("GET", Discovery, 404);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => ObserveAsync(new RegistryModel("shared", "bert", "7")));

        Assert.That(failure!.Message, Does.Contain("There is no registry 'shared'."));
    }

    [Test]
    public async Task A_registry_whose_service_is_not_reached_by_https_gets_no_token()
    {
        _test.Service.On("GET", Discovery, 200, """
            {"primaryRegionResourceProviderUri":"http://elsewhere.example/","subscriptionId":"1","resourceGroup":"g"}
            """);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => ObserveAsync(new RegistryModel("shared", "bert", "7")));

        Assert.That(failure!.Code, Is.EqualTo("NoRegistryService"));
        Assert.That(_test.Service.Requests.Select(request => request.Uri.Host), Has.None.EqualTo("elsewhere.example"));
    }

    [Test]
    public async Task A_version_of_a_registry_is_deployed_by_its_asset_id()
    {
        _test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", "{}"))
            .On("GET", "/deployments/green-7", _ => ScriptedService.Answer(404), _ => Deployed())
            .On("PUT", "/deployments/green-7", 201, Arm.Deployment("green-7", "Updating"), ("Azure-AsyncOperation", Arm.PollUri));
        _test.OperationSucceeds();

        await _test.Workspace.CreateDeploymentAsync(
            new DeploymentRequest(
                "heart",
                "green-7",
                new DeploymentSpec { Name = "green", InstanceType = "Standard_DS3_v2" },
                new ModelVersion("bert", "7", null) { Registry = "shared" },
                ImmutableSortedDictionary<string, string>.Empty),
            progress: null,
            CancellationToken.None);

        Assert.That((string)_test.Service.Writes.Single().Json["properties"]!["model"]!, Is.EqualTo(Id));
    }

    [TestCase(Id)]
    [TestCase("azureml://registries/shared/models/bert/versions/7/")]
    [TestCase("AzureML://Registries/shared/Models/bert/Versions/7")]
    [TestCase("/subscriptions/1/resourceGroups/g/providers/Microsoft.MachineLearningServices/registries/shared/models/bert/versions/7")]
    public async Task A_deployment_of_a_registry_s_version_is_recognised(string id)
    {
        _test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", "{}"))
            .On("GET", "/onlineEndpoints/heart/deployments", 200, Arm.List(
                Arm.Deployment("green-7", "Succeeded").Replace($"{Arm.Base}/models/heart/versions/1", id, StringComparison.Ordinal)));

        var state = await ObserveAsync(new RegistryModel("shared", "bert", "7"));

        var deployment = state.Endpoint!.Deployments.Single();
        Assert.That(
            (deployment.ModelRegistry, deployment.ModelName, deployment.ModelVersion), Is.EqualTo(("shared", "bert", "7")));
    }

    private static HttpResponseMessage Deployed() => ScriptedService.Answer(200, Arm.Deployment("green-7", "Succeeded"));

    private static string Version(string version) =>
        $$"""{"id":"{{Id}}","name":"{{version}}","type":"versions","properties":{"modelType":"custom_model"} }""";

    private SentRequest Asked(string path) => _test.Service.Requests.Single(request => request.Path == path);

    private Task<WorkspaceState> ObserveAsync(RegistryModel model) =>
        _test.Workspace.ObserveAsync(new ModelSpec("heart", model, null), "heart", CancellationToken.None);
}
