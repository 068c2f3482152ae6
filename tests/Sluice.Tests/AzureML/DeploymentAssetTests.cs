using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sluice.AzureML.Assets;
using Sluice.Rollouts;
using Sluice.Rollouts.Assets;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;
using Sluice.Tests.Spec;

namespace Sluice.Tests.AzureML;

/// <summary>Code and environments on their way to the service, and what is sent of deployments that name them.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class DeploymentAssetTests
{
    private const string Image = "mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest";

    /// <summary>The official client's rules, computed beside with Python's <c>hashlib</c> over <c>Spec/Samples/code</c>.</summary>
    private const string SampleCodeHash = "1d5f1c11e2593acbd4b24fc4de7e45934560a19dfb3782bdd2078f9136ce33ef";

    private const string SampleCodeName = "1d5f1c11-e259-3acb-d4b2-4fc4de7e4593";

    // Computed with Python's hashlib and PyYAML 6.0.3 by the official client's rules.
    private const string ImageVersion = "973327cac04406a0444250348d5fc790";
    private const string ImageAndCondaVersion = "c0e1992b9ff904612b598496c3caf733";

    [Test]
    public void An_anonymous_environment_is_called_as_the_official_client_calls_it()
    {
        var digest = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
        var folder = new AssetFolder("/image", digest);

        Assert.That(AnonymousEnvironment.Name, Is.EqualTo("CliV2AnonymousEnvironment"));
        Assert.That(AnonymousEnvironment.VersionOf(new() { Image = Image }), Is.EqualTo(ImageVersion));
        Assert.That(
            AnonymousEnvironment.VersionOf(new() { Image = Image, CondaFile = CondaTextTests.SampleText }),
            Is.EqualTo(ImageAndCondaVersion));
        Assert.That(
            AnonymousEnvironment.VersionOf(new() { Build = new(folder, null, null) }), Is.EqualTo("f7ff1c1c9ca88fd080960cda29d2d14f"));
        Assert.That(
            AnonymousEnvironment.VersionOf(new() { Build = new(folder, null, "docker/Dockerfile") }),
            Is.EqualTo("ff0e5544768b2a7017dac3bc81a81b4e"));
    }

    [Test]
    public void Code_has_the_hash_by_which_the_official_client_finds_it_again() => Assert.That(
        CodeHash.Of(AssetContents.Read(Repository.File("tests/Sluice.Tests/Spec/Samples/code"))), Is.EqualTo(SampleCodeHash));

    [Test]
    public async Task A_folder_of_code_and_a_described_environment_are_registered_before_the_deployment_names_them()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        folder.Replace("green.yml", "azureml:scoring-code:4", "./code");
        using var test = ServiceFor();

        await CreateAsync(test, folder.Read().Spec!.Green);

        var writes = test.Service.Writes;
        var code = writes.Single(write => write.Path.EndsWith($"/codes/{SampleCodeName}/versions/1", StringComparison.Ordinal)).Json;
        var digest = AssetContents.Read(folder.File("code")).Digest;
        Assert.That(JsonNode.DeepEquals(code, JsonNode.Parse($$"""
            {"properties":{"isAnonymous":true,
             "codeUri":"https://acct.blob.core.windows.net/azureml-blobstore-1/LocalUpload/{{digest}}/code",
             "properties":{"hash_sha256":"{{SampleCodeHash}}","hash_version":"202208"} } }
            """)), code.ToJsonString());
        var environment = writes.Single(write => write.Path.EndsWith(
            $"/environments/CliV2AnonymousEnvironment/versions/{ImageAndCondaVersion}", StringComparison.Ordinal)).Json;
        Assert.That(JsonNode.DeepEquals(environment, new JsonObject
        {
            ["properties"] = new JsonObject { ["image"] = Image, ["condaFile"] = CondaTextTests.SampleText, ["isAnonymous"] = true },
        }), environment.ToJsonString());
        Assert.That(
            writes.Where(write => write.Uri.Host.StartsWith("acct", StringComparison.Ordinal)).Select(write => write.Uri.AbsolutePath),
            Is.SupersetOf(new[]
            {
                $"/azureml-blobstore-1/LocalUpload/{digest}/code/score.py",
                $"/azureml-blobstore-1/LocalUpload/{digest}/code/helpers/names.py",
            }));
        var sent = writes[^1].Json["properties"]!;
        Assert.That((string)sent["codeConfiguration"]!["codeId"]!, Is.EqualTo($"{Arm.Base}/codes/{SampleCodeName}/versions/1"));
        Assert.That((string)sent["codeConfiguration"]!["scoringScript"]!, Is.EqualTo("score.py"));
        Assert.That(
            (string)sent["environmentId"]!,
            Is.EqualTo($"{Arm.Base}/environments/CliV2AnonymousEnvironment/versions/{ImageAndCondaVersion}"));
    }

    [Test]
    public async Task A_Kubernetes_deployment_is_sent_with_every_setting_of_its_file()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        using var test = ServiceFor();

        await CreateAsync(test, folder.Read().Spec!.Green);

        var wanted = JsonNode.Parse($$"""
            {"tags":{"role":"candidate"},"location":"westus",
             "properties":{"endpointComputeType":"Kubernetes","description":"The next one","properties":{"reviewed":"yes"},
             "model":"{{Arm.Base}}/models/heart/versions/2","instanceType":"gpu-large","appInsightsEnabled":false,
             "codeConfiguration":{"codeId":"{{Arm.Base}}/codes/scoring-code/versions/4","scoringScript":"score.py"},
             "environmentId":"{{Arm.Base}}/environments/CliV2AnonymousEnvironment/versions/{{ImageAndCondaVersion}}",
             "environmentVariables":{"WORKER_COUNT":"2"},
             "containerResourceRequirements":{"containerResourceRequests":{"cpu":"0.1","memory":"0.2Gi","gpu":"1"},
             "containerResourceLimits":{"cpu":"500m","memory":"0.5Gi","gpu":"1"} },
             "requestSettings":{"requestTimeout":"PT5M","maxConcurrentRequestsPerInstance":4,"maxQueueWait":"PT0.5S"},
             "livenessProbe":{"initialDelay":"PT30S","period":"PT20S","timeout":"PT3S","successThreshold":1,"failureThreshold":5},
             "readinessProbe":{"initialDelay":"PT31S","period":"PT21S","timeout":"PT4S","successThreshold":2,"failureThreshold":6},
             "scaleSettings":{"scaleType":"TargetUtilization","minInstances":1,"maxInstances":5,"pollingInterval":"PT10S",
             "targetUtilizationPercentage":70},
             "dataCollector":{"collections":{"model_inputs":{"dataCollectionMode":"Enabled"} } } },
             "sku":{"name":"Default","capacity":2} }
            """);
        Assert.That(JsonNode.DeepEquals(test.Service.Writes[^1].Json, wanted), test.Service.Writes[^1].Body);
    }

    [Test]
    public async Task A_managed_deployment_is_sent_with_every_setting_of_its_file()
    {
        using var folder = SpecFolder.WithSamples("managed-endpoint.yml", "managed-deployment.yml");
        using var test = ServiceFor();

        await CreateAsync(test, folder.Read().Spec!.Green);

        var wanted = JsonNode.Parse($$"""
            {"tags":{"role":"candidate"},"location":"westus",
             "properties":{"endpointComputeType":"Managed","description":"The next one","properties":{"reviewed":"yes"},
             "model":"{{Arm.Base}}/models/heart/versions/2","modelMountPath":"/var/models","instanceType":"Standard_F4s_v2",
             "appInsightsEnabled":true,"egressPublicNetworkAccess":"Disabled",
             "codeConfiguration":{"codeId":"{{Arm.Base}}/codes/{{SampleCodeName}}/versions/1","scoringScript":"score.py"},
             "environmentId":"{{Arm.Base}}/environments/scoring/versions/7",
             "environmentVariables":{"VERBOSE":"True","WORKER_COUNT":"2"},
             "requestSettings":{"requestTimeout":"PT1M30S","maxConcurrentRequestsPerInstance":4,"maxQueueWait":"PT0.5S"},
             "livenessProbe":{"initialDelay":"PT30S","period":"PT20S","timeout":"PT3S","successThreshold":1,"failureThreshold":5},
             "readinessProbe":{"initialDelay":"PT30S","period":"PT10S","timeout":"PT3S","successThreshold":1,"failureThreshold":5},
             "scaleSettings":{"scaleType":"Default"},
             "dataCollector":{"rollingRate":"Hour","requestLogging":{"captureHeaders":["x-patient-group","x-hospital"]},"collections":{
             "model_inputs":{"dataCollectionMode":"Enabled","dataId":"azureml:inputs:1","samplingRate":0.5},
             "model_outputs":{"dataCollectionMode":"Enabled","dataId":"azureml:outputs:2","clientId":"me","samplingRate":0.5},
             "other":{"dataCollectionMode":"Disabled","samplingRate":0.5} } } },
             "sku":{"name":"Default","capacity":3} }
            """);
        Assert.That(JsonNode.DeepEquals(test.Service.Writes[^1].Json, wanted), test.Service.Writes[^1].Body);
        var environment = test.Service.Writes.Single(write => write.Path.Contains("/environments/", StringComparison.Ordinal)).Json;
        Assert.That(JsonNode.DeepEquals(environment, new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["description"] = "What the script imports",
                ["tags"] = new JsonObject { ["python"] = "3.10" },
                ["properties"] = new JsonObject { ["owner"] = "cardio" },
                ["image"] = Image,
                ["condaFile"] = CondaTextTests.SampleText,
                ["osType"] = "Linux",
                ["inferenceConfig"] = JsonNode.Parse("""
                    {"livenessRoute":{"path":"/live","port":5001},"readinessRoute":{"path":"/ready","port":5001},
                     "scoringRoute":{"path":"/score","port":5001} }
                    """),
            },
        }), environment.ToJsonString());
    }

    [Test]
    public async Task A_Kubernetes_endpoint_names_its_compute_and_says_nothing_of_the_network()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        using var test = ServiceFor();
        test.Service.On(
            "GET",
            "/onlineEndpoints/heart",
            _ => ScriptedService.Answer(404),
            _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded")));

        await test.Workspace.CreateEndpointAsync(
            folder.Read().Spec!.Endpoint with { Name = "heart" }, test.Progress, CancellationToken.None);

        Assert.That(JsonNode.DeepEquals(test.Service.Writes[^1].Json, JsonNode.Parse($$"""
            {"location":"northeurope","identity":{"type":"SystemAssigned"},"tags":{"team":"cardio"},
             "properties":{"authMode":"AMLToken","description":"On the hospital's own machines","properties":{"reviewed":"yes"},
             "compute":"{{Arm.Base}}/computes/hospital-cluster"} }
            """)), test.Service.Writes[^1].Body);
    }

    [Test]
    public async Task Code_that_is_registered_already_is_found_by_its_hash_and_not_uploaded()
    {
        using var folder = SpecFolder.WithSamples("managed-endpoint.yml", "managed-deployment.yml");
        using var test = ServiceFor();
        test.Service.On("GET", $"/codes/{SampleCodeName}/versions", 200, Arm.List(
            CodeVersion("of-another", "0000"), CodeVersion("of-the-official-client", SampleCodeHash)));

        await CreateAsync(test, folder.Read().Spec!.Green);

        var asked = test.Service.Requests.Single(request => request.Path.EndsWith("/versions", StringComparison.Ordinal)).Uri.Query;
        Assert.That(asked, Does.Contain($"hash={SampleCodeHash}").And.Contain("hashVersion=202208"));
        Assert.That(test.Service.Writes.Where(write => write.Uri.Host.StartsWith("acct", StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            (string)test.Service.Writes[^1].Json["properties"]!["codeConfiguration"]!["codeId"]!,
            Is.EqualTo($"{Arm.Base}/codes/of-the-official-client/versions/1"));
    }

    [Test]
    public async Task The_latest_version_is_the_one_that_was_created_last()
    {
        using var test = ServiceFor();
        test.Service
            .On("GET", "/environments/scoring/versions", 200, Arm.List(EnvironmentVersion("9", Image)))
            .On("GET", "/codes/scoring-code/versions", 200, Arm.List(CodeVersion("scoring-code", "0000")));

        await CreateAsync(test, new DeploymentSpec
        {
            Name = "green",
            InstanceType = "Standard_DS3_v2",
            Code = new(new RegisteredAsset("scoring-code", null), "score.py"),
            Environment = new RegisteredAsset("scoring", null),
        });

        Assert.That(
            test.Service.Requests.Where(request => request.Path.EndsWith("/versions", StringComparison.Ordinal))
                .Select(request => Uri.UnescapeDataString(request.Uri.Query)),
            Is.All.Contain("$orderBy=createdtime desc").And.All.Contain("$top=1"));
        var sent = test.Service.Writes.Single().Json["properties"]!;
        Assert.That((string)sent["environmentId"]!, Is.EqualTo($"{Arm.Base}/environments/scoring/versions/9"));
        Assert.That((string)sent["codeConfiguration"]!["codeId"]!, Is.EqualTo($"{Arm.Base}/codes/scoring-code/versions/1"));
    }

    [Test]
    public async Task A_latest_version_that_there_is_not_fails_before_anything_is_written()
    {
        using var test = ServiceFor();
        test.Service.On("GET", "/environments/scoring/versions", 200, Arm.List());

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => CreateAsync(test, new DeploymentSpec
        {
            Name = "green",
            InstanceType = "Standard_DS3_v2",
            Environment = new RegisteredAsset("scoring", null),
        }));

        Assert.That(failure!.Message, Does.Contain("no environment 'scoring'"));
        Assert.That(test.Service.Writes, Is.Empty);
    }

    [Test]
    public async Task A_lost_answer_to_a_registration_is_no_second_registration()
    {
        using var test = ServiceFor();
        test.Service
            .On(
                "GET",
                "/environments/scoring/versions/7",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, EnvironmentVersion("7", Image)))
            .On("PUT", "/environments/scoring/versions/7", _ => throw new HttpRequestException("The connection was reset."));

        await CreateAsync(test, Described(Image));

        Assert.That(
            test.Service.Writes.Select(write => write.Path[(write.Path.LastIndexOf('/') + 1)..]), Is.EqualTo(new[] { "7", "green-2" }));
    }

    [TestCase("code")]
    [TestCase("environment")]
    public async Task What_may_not_be_written_by_then_is_not_registered(string what)
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        folder.Replace("green.yml", "azureml:scoring-code:4", "./code");
        using var test = ServiceFor();
        var left = what == "code" ? 0 : 1;
        test.Workspace.GuardWrites(_ => left-- > 0 ? Task.FromResult(WriteLeave.Free) : throw new LockLostException("the journal"));

        await Assert.ThrowsAsync<LockLostException>(() => CreateAsync(test, folder.Read().Spec!.Green));

        Assert.That(
            test.Service.Writes.Select(write => write.Path).Where(path => path.Contains("/versions/", StringComparison.Ordinal)),
            what == "code" ? Is.Empty : Has.One.Contains("/codes/").And.None.Contains("/environments/"));
    }

    [TestCase("azureml://registries/azureml/environments/sklearn/versions/3")]
    [TestCase("azureml:AzureML-sklearn-1.0:1")]
    [TestCase("/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/environments/e/versions/1")]
    public async Task An_environment_that_is_named_in_full_is_sent_as_it_is(string id)
    {
        using var test = ServiceFor();

        await CreateAsync(test, new DeploymentSpec { Name = "green", InstanceType = "Standard_DS3_v2", Environment = new AssetId(id) });

        Assert.That((string)test.Service.Writes.Single().Json["properties"]!["environmentId"]!, Is.EqualTo(id));
    }

    [Test]
    public async Task A_named_environment_that_is_registered_with_the_same_content_is_used_as_it_is()
    {
        using var test = ServiceFor();
        test.Service.On("GET", "/environments/scoring/versions/7", 200, EnvironmentVersion("7", Image));

        await CreateAsync(test, Described(Image));

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_named_environment_that_is_registered_with_another_content_is_not_written_over()
    {
        using var test = ServiceFor();
        test.Service.On("GET", "/environments/scoring/versions/7", 200, EnvironmentVersion("7", "another-image"));

        var failure = await Assert.ThrowsAsync<RolloutException>(() => CreateAsync(test, Described(Image)));

        Assert.That(failure!.Message, Does.StartWith("Environment scoring:7 is registered with another content"));
        Assert.That(test.Service.Writes, Is.Empty);
    }

    [Test]
    public async Task A_folder_that_an_image_is_built_of_is_uploaded_and_named_with_a_slash()
    {
        using var folder = new SpecFolder();
        folder.Write("image/Dockerfile", "FROM scratch");
        folder.Replace("green.yml", "instance_count: 1", "environment: {name: scoring, version: 7, build: {path: image}}");
        using var test = ServiceFor();

        await CreateAsync(test, folder.Read().Spec!.Green);

        var digest = AssetContents.Read(folder.File("image")).Digest;
        Assert.That(
            (string)test.Service.Writes[^2].Json["properties"]!["build"]!["contextUri"]!,
            Is.EqualTo($"https://acct.blob.core.windows.net/azureml-blobstore-1/LocalUpload/{digest}/image/"));
    }

    private static DeploymentSpec Described(string image) => new()
    {
        Name = "green",
        InstanceType = "Standard_DS3_v2",
        Environment = new InlineEnvironment { Name = "scoring", Version = "7", Image = image },
    };

    private static Task CreateAsync(TestWorkspace test, DeploymentSpec spec) => test.Workspace.CreateDeploymentAsync(
        new DeploymentRequest(
            "heart",
            "green-2",
            spec,
            new ModelVersion("heart", "2", Digest: null),
            ImmutableSortedDictionary<string, string>.Empty.Add("role", "candidate")),
        test.Progress,
        CancellationToken.None);

    /// <summary>A service in which nothing is registered and every write succeeds.</summary>
    private static TestWorkspace ServiceFor()
    {
        var test = new TestWorkspace();
        test.Service
            .On("GET", "/workspaces/ws", 200, $$"""{"id":"{{Arm.Base}}","name":"ws","location":"northeurope","properties":{} }""")
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On(
                "GET",
                "/deployments/green-2",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, Arm.Deployment("green-2", "Succeeded", version: "2")))
            .On("PUT", "/deployments/green-2", 201, Arm.Deployment("green-2", "Updating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", "/versions", 404)
            .On("GET", "/versions/7", 404)
            .On("PUT", "/versions/7", 201, EnvironmentVersion("7", Image))
            .On("GET", $"/versions/{ImageAndCondaVersion}", 404)
            .On("PUT", $"/versions/{ImageAndCondaVersion}", 201, EnvironmentVersion(ImageAndCondaVersion, Image))
            .On("PUT", $"/codes/{SampleCodeName}/versions/1", 201, CodeVersion(SampleCodeName, SampleCodeHash));
        StorageAnswers.Script(test.Service, "/score.py", "/helpers/names.py", "/Dockerfile");
        test.OperationSucceeds();
        return test;
    }

    private static string CodeVersion(string name, string hash) => $$"""
        {"id":"{{Arm.Base}}/codes/{{name}}/versions/1","name":"1","type":"Microsoft.MachineLearningServices/workspaces/codes/versions",
         "properties":{"codeUri":"https://acct.blob.core.windows.net/c/p","properties":{"hash_sha256":"{{hash}}"} } }
        """;

    private static string EnvironmentVersion(string version, string image) => $$"""
        {"id":"{{Arm.Base}}/environments/scoring/versions/{{version}}","name":"{{version}}",
         "type":"Microsoft.MachineLearningServices/workspaces/environments/versions","properties":{"image":"{{image}}"} }
        """;
}
