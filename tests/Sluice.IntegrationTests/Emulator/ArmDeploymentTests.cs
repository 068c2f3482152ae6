using System.Net;
using System.Text.Json.Nodes;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArmDeploymentTests
{
    private const string Endpoint = HeartEndpoint.Path;
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync(coreLimit: 20);

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task Creating_a_deployment_answers_201_Updating_without_probes_and_with_no_timeout()
    {
        await HeartEndpoint.CreateAsync(_emulator);

        var created = await Arm.PutAsync($"{Endpoint}/deployments/blue", Arm.DeploymentBody());
        await Arm.EndOfAsync(created);
        var done = (await Arm.GetAsync($"{Endpoint}/deployments/blue")).Json;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)created.Json["properties"]!["provisioningState"], Is.EqualTo("Updating"));
            Assert.That(created.Json["properties"]!["livenessProbe"], Is.Null);
            Assert.That((string?)created.Json["properties"]!["requestSettings"]!["requestTimeout"], Is.EqualTo("PT0S"));
            Assert.That(created.Header("x-ms-ratelimit-remaining-subscription-resource-requests"), Is.EqualTo("24"));
            Assert.That(created.Header("Azure-AsyncOperation"), Does.Contain("/mfeOperationsStatus/od:"));
            Assert.That((string?)done["properties"]!["provisioningState"], Is.EqualTo("Succeeded"));
            Assert.That((string?)done["properties"]!["requestSettings"]!["requestTimeout"], Is.EqualTo("PT5S"));
            Assert.That((int)done["properties"]!["readinessProbe"]!["failureThreshold"]!, Is.EqualTo(30));
            Assert.That(done["sku"]!.ToJsonString(), Is.EqualTo("""{"name":"Default","tier":"Standard","capacity":1}"""));
            Assert.That((string?)done["properties"]!["endpointComputeType"], Is.EqualTo("Managed"));
        }
    }

    [Test]
    public async Task A_deployment_without_traffic_is_reached_by_name_and_with_traffic_by_everyone()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");

        var none = await HeartEndpoint.ScoreAsync(_emulator);
        var named = await HeartEndpoint.ScoreAsync(_emulator, "blue");
        await Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody(new { BLUE = 100, }));
        var all = await HeartEndpoint.ScoreAsync(_emulator);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.NotFound), none.Body);
            Assert.That(named.Status, Is.EqualTo(HttpStatusCode.OK), named.Body);
            Assert.That(all.Status, Is.EqualTo(HttpStatusCode.OK), all.Body);
            Assert.That(all.Deployment, Is.EqualTo("blue"));
            Assert.That((await Arm.GetAsync(Endpoint)).Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("""{"blue":100}"""));
        }
    }

    [Test]
    public async Task Traffic_has_zero_entries_stripped_and_needs_existing_deployments_and_a_sum_of_0_or_100()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green");

        var unknown = await Arm.PutAsync(Endpoint, ArmClient.EndpointBody(new { blue = 90, red = 10 }));
        var sum = await Arm.PutAsync(Endpoint, ArmClient.EndpointBody(new { blue = 90, green = 20 }));
        var mirror = await Arm.PutAsync(Endpoint, ArmClient.EndpointBody(new { blue = 100 }, new { green = 51 }));
        var both = await Arm.PutAsync(Endpoint, ArmClient.EndpointBody(new { blue = 90, green = 10 }, new { green = 10 }));
        await Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody(new { blue = 100, green = 0 }, new { green = 50, blue = 0 }));
        var endpoint = await Arm.GetAsync(Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(unknown.ErrorMessage, Does.Contain("red"));
            Assert.That(sum.ErrorMessage, Does.Contain("110"));
            Assert.That(mirror.ErrorMessage, Does.Contain("50 percent"));
            Assert.That(both.ErrorMessage, Does.Contain("live and mirrored"));
            Assert.That(endpoint.Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("""{"blue":100}"""));
            Assert.That(endpoint.Json["properties"]!["mirrorTraffic"]!.ToJsonString(), Is.EqualTo("""{"green":50}"""));
        }
    }

    [Test]
    public async Task A_deployment_with_live_or_mirrored_traffic_is_not_deleted()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green");
        await Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody(new { blue = 100 }, new { green = 10 }));

        var blue = await Arm.DeleteAsync($"{Endpoint}/deployments/blue");
        var green = await Arm.DeleteAsync($"{Endpoint}/deployments/green");
        await Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody(new { blue = 100 }));
        await Arm.EndOfAsync(await Arm.DeleteAsync($"{Endpoint}/deployments/green"));
        var left = await Arm.GetAsync($"{Endpoint}/deployments");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blue.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(blue.ErrorMessage, Does.Contain("Can't delete deployment [blue] with non-zero traffic weight"));
            Assert.That(green.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(left.Json["value"]!.AsArray().Select(d => (string?)d!["name"]), Is.EqualTo(new[] { "blue" }));
        }
    }

    [Test]
    public async Task A_model_that_is_not_registered_fails_the_operation_and_the_deployment_cannot_be_updated()
    {
        await HeartEndpoint.CreateAsync(_emulator);

        var created = await Arm.PutAsync($"{Endpoint}/deployments/green", Arm.DeploymentBody(version: "7"));
        var end = await Arm.EndOfAsync(created);
        var deployment = await Arm.GetAsync($"{Endpoint}/deployments/green");
        var again = await Arm.PutAsync($"{Endpoint}/deployments/green", Arm.DeploymentBody());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)end["status"], Is.EqualTo("Failed"));
            Assert.That((string?)end["error"]!["code"], Is.EqualTo("DeploymentFailed"));
            Assert.That((string?)end["error"]!["details"]![0]!["code"], Is.EqualTo("ResourceNotFound"));
            Assert.That((string?)deployment.Json["properties"]!["provisioningState"], Is.EqualTo("Failed"));
            Assert.That(again.ErrorMessage, Does.Contain("unrecoverable state. Delete and re-create."));
        }
    }

    [Test]
    public async Task A_model_that_cannot_be_loaded_fails_the_operation_and_the_log_says_which_file()
    {
        await HeartEndpoint.CreateAsync(_emulator);
        var container = await BlobClients.ModelsAsync(_emulator);
        await container.GetBlobClient("LocalUpload/1/model/model.onnx").UploadAsync(BinaryData.FromString("not ONNX"), overwrite: true);

        var end = await Arm.EndOfAsync(await Arm.PutAsync($"{Endpoint}/deployments/green", Arm.DeploymentBody()));
        var logs = await Arm.PostAsync($"{Endpoint}/deployments/green/getLogs", JsonNode.Parse("""{"containerType":"inferenceserver"}""")!);
        var log = (string)logs.Json["content"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)end["error"]!["details"]![0]!["code"], Is.EqualTo("ResourceNotReady"));
            Assert.That((string?)end["error"]!["message"], Does.Contain("model.onnx"));
            Assert.That(log, Does.StartWith("Instance status:\nSystemSetup: Succeeded\nUserContainerImagePull: Succeeded\nModelDownload: Succeeded\n"));
            Assert.That(log, Does.Contain("UserContainerStart: Failed\n\nContainer logs:\n").And.Contain("model.onnx"));
        }
    }

    [Test]
    public async Task A_blob_name_that_leads_out_of_the_model_folder_fails_the_deployment_and_writes_nothing()
    {
        await HeartEndpoint.CreateAsync(_emulator);
        var (account, key, container) = await BlobClients.AccountAsync(_emulator);
        var signed = new SignedRequest(_emulator, account, key);
        using var put = await signed.SendAsync(HttpMethod.Put, $"/{container}/LocalUpload/1/model/..%2F..%2Fescaped.txt", "x"u8.ToArray());

        var end = await Arm.EndOfAsync(await Arm.PutAsync($"{Endpoint}/deployments/green", Arm.DeploymentBody()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)end["status"], Is.EqualTo("Failed"));
            Assert.That((string?)end["error"]!["message"], Does.Contain("leads out of it"));
            Assert.That(Directory.EnumerateFiles(_emulator.Folder, "escaped.txt", SearchOption.AllDirectories), Is.Empty);
        }
    }

    [Test]
    public async Task An_update_swaps_the_model_and_getLogs_shows_a_running_container()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");
        var before = await HeartEndpoint.ScoreAsync(_emulator, "blue");

        await Arm.PutToEndAsync($"{Endpoint}/deployments/blue", Arm.DeploymentBody(version: "2"));
        var after = await HeartEndpoint.ScoreAsync(_emulator, "blue");
        var logs = await Arm.PostAsync($"{Endpoint}/deployments/blue/getLogs", JsonNode.Parse("""{"tail":1}""")!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.OK), after.Body);
            Assert.That(after.Body, Is.Not.EqualTo(before.Body));
            Assert.That(((string)logs.Json["content"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task Cores_beyond_the_quota_fail_the_operation_with_OutOfQuota()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");

        var end = await Arm.EndOfAsync(await Arm.PutAsync($"{Endpoint}/deployments/green", Arm.DeploymentBody(instanceType: "Standard_DS4_v2", capacity: 2)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)end["error"]!["details"]![0]!["code"], Is.EqualTo("OutOfQuota"));
            Assert.That((string?)end["error"]!["message"], Does.Contain("Current usage/limit: 4/20. Additional needed: 24"));
        }
    }

    [TestCase("Standard_Imaginary_v9", 1, "not supported")]
    [TestCase("Standard_DS2_v2", 51, "1 to 50")]
    [TestCase("Standard_DS2_v2", 0, "1 to 50")]
    public async Task An_impossible_size_is_refused_at_once(string instanceType, int capacity, string says)
    {
        await Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody());

        var refused = await Arm.PutAsync($"{Endpoint}/deployments/green", Arm.DeploymentBody(instanceType: instanceType, capacity: capacity));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.ErrorMessage, Does.Contain(says));
        }
    }

    [Test]
    public async Task A_deployment_of_a_missing_endpoint_has_no_parent()
    {
        var refused = await Arm.PutAsync("onlineEndpoints/nobody/deployments/blue", Arm.DeploymentBody());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(refused.ErrorCode, Is.EqualTo("ParentResourceNotFound"));
        }
    }

    [Test]
    public async Task A_Kubernetes_deployment_keeps_what_the_emulator_does_not_know()
    {
        await HeartEndpoint.RegisterModelsAsync(_emulator);
        await Arm.PutToEndAsync(Endpoint, OnKubernetes());
        var body = Arm.DeploymentBody();
        body["properties"]!["endpointComputeType"] = "kubernetes";
        body["properties"]!["instanceType"] = "defaultinstancetype";
        body["properties"]!["containerResourceRequirements"] = JsonNode.Parse("""{"containerResourceLimits":{"cpu":"1","memory":"2Gi"}}""");

        await Arm.PutToEndAsync($"{Endpoint}/deployments/blue", body);
        var deployment = await Arm.GetAsync($"{Endpoint}/deployments/blue");
        var failed = await HeartEndpoint.ScoreAsync(_emulator, "blue", body: """{"input_data":"nonsense"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)failed.Status, Is.EqualTo(502), "what is 424 on managed endpoints");
            Assert.That((string?)deployment.Json["properties"]!["endpointComputeType"], Is.EqualTo("Kubernetes"));
            Assert.That((string?)deployment.Json["properties"]!["containerResourceRequirements"]!["containerResourceLimits"]!["memory"], Is.EqualTo("2Gi"));
        }
    }

    [TestCase(false, "Kubernetes")]
    [TestCase(true, "Managed")]
    public async Task A_deployment_runs_on_the_machines_of_its_endpoint(bool isKubernetes, string computeType)
    {
        await Arm.PutToEndAsync(Endpoint, isKubernetes ? OnKubernetes() : ArmClient.EndpointBody());
        var body = Arm.DeploymentBody();
        body["properties"]!["endpointComputeType"] = computeType;

        var refused = await Arm.PutAsync($"{Endpoint}/deployments/blue", body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest), refused.Text);
            Assert.That(refused.ErrorMessage, Does.Contain($"The endpointComputeType of deployment [blue] is {computeType}"));
        }
    }

    [Test]
    public async Task PATCH_scales_without_another_start_and_the_skus_say_how_far()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");

        await Arm.EndOfAsync(await Arm.PatchAsync($"{Endpoint}/deployments/blue", JsonNode.Parse("""{"sku":{"name":"Default","capacity":3}}""")!));
        var deployment = await Arm.GetAsync($"{Endpoint}/deployments/blue");
        var skus = await Arm.GetAsync($"{Endpoint}/deployments/blue/skus");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)deployment.Json["sku"]!["capacity"]!, Is.EqualTo(3));
            Assert.That((int)skus.Json["value"]![0]!["capacity"]!["maximum"]!, Is.EqualTo(50));
            Assert.That(Directory.GetDirectories(Path.Combine(_emulator.Folder, "containers")), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task A_scoring_script_without_a_model_runs_in_a_process_for_each_worker_of_each_instance()
    {
        ScriptInterpreter.Require();
        const string Script = """
            import os, time

            def init(): print("up in", os.getpid())

            def run(data):
                own, other = data.split()
                open(os.path.join(os.environ["AML_APP_ROOT"], "met-" + own), "w").close()
                while not os.path.exists(os.path.join(os.environ["AML_APP_ROOT"], "met-" + other)):
                    time.sleep(0.01)
                return own
            """;
        await DeployScriptAsync(Script);
        var download = await Arm.PostAsync($"{Endpoint}/deployments/blue/getLogs", JsonNode.Parse("""{"containerType":"StorageInitializer"}""")!);

        await Arm.EndOfAsync(await Arm.PatchAsync($"{Endpoint}/deployments/blue", JsonNode.Parse("""{"sku":{"name":"Default","capacity":2}}""")!));
        var answers = await Task.WhenAll(
            HeartEndpoint.ScoreAsync(_emulator, "blue", body: "a b"), HeartEndpoint.ScoreAsync(_emulator, "blue", body: "b a"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)download.Json["content"], Does.EndWith("There is no model to download.\n"));
            Assert.That(answers.Select(answer => answer.Body), Is.EqualTo(new[] { "\"a\"", "\"b\"" }), "each waited for the other one");
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task It_ends_while_a_script_is_at_work_and_nobody_attaches_to_it_from_the_first_moment_on(CancellationToken cancellationToken)
    {
        ScriptInterpreter.Require();
        await DeployScriptAsync("""
            import os, time

            def init(): pass

            def run(data):
                open(os.path.join(os.environ["AML_APP_ROOT"], "at-work"), "w").close()
                while True:
                    time.sleep(0.02)
            """);
        Task scored = HeartEndpoint.ScoreAsync(_emulator, "blue", body: "x");
        while (Directory.GetFiles(Path.Combine(_emulator.Folder, "containers"), "at-work", SearchOption.AllDirectories).Length == 0)
        {
            await Task.Delay(20, cancellationToken);
        }

        var stopping = _emulator.Azure.DisposeAsync().AsTask();
        var isThere = File.Exists(Path.Combine(_emulator.Folder, "connection.json"));
        await stopping.WaitAsync(cancellationToken);
        await scored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That(isThere, Is.False);
    }

    [Test]
    public async Task While_an_update_runs_the_old_traffic_shows_and_serves_and_everything_else_is_refused()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green");
        await Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody(new { blue = 100 }));
        await _emulator.Azure.DisposeAsync();
        await using var slow = await RunningEmulator.StartAsync(_emulator.Folder, LatencyProfile.Azure, timeScale: 1000);
        var arm = slow.Arm;

        var updating = await arm.PutAsync(Endpoint, ArmClient.EndpointBody(new { green = 100 }));
        var read = await arm.GetAsync(Endpoint);
        var scored = await HeartEndpoint.ScoreAsync(slow);
        var second = await arm.PutAsync(Endpoint, ArmClient.EndpointBody(new { blue = 100 }));
        var child = await arm.PutAsync($"{Endpoint}/deployments/red", arm.DeploymentBody());
        var polling = updating.Header("Azure-AsyncOperation")!;
        var poll = await arm.GetAsync(polling);
        var changed = await arm.GetAsync($"{polling}x");
        var property = await arm.GetAsync((string)read.Json["properties"]!["properties"]!["AzureAsyncOperationUri"]!);
        var result = await arm.GetAsync(
            polling[..polling.IndexOf("&t=", StringComparison.Ordinal)].Replace("mfeOperationsStatus", "mfeOperationResults", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(updating.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((string?)updating.Json["properties"]!["provisioningState"], Is.EqualTo("Updating"));
            Assert.That(updating.Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("""{"blue":100}"""));
            Assert.That(read.Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("""{"blue":100}"""));
            Assert.That(scored.Deployment, Is.EqualTo("blue"));
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(child.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(child.ErrorMessage, Does.Contain("Cannot create a deployment in endpoint heart because it is in Updating provisioning state"));
            Assert.That((string?)poll.Json["status"], Is.EqualTo("Updating"));
            Assert.That((double)poll.Json["percentComplete"]!, Is.Zero);
            Assert.That(poll.Json["endTime"], Is.Null);
            Assert.That(result.Status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(polling, Has.Length.GreaterThan(3000));
            Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(property.Json.ToJsonString(), Is.EqualTo(poll.Json.ToJsonString()));
        }
    }

    private static JsonObject OnKubernetes()
    {
        var body = ArmClient.EndpointBody();
        body["properties"]!["compute"] =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/cluster";
        return body;
    }

    /// <summary>Deploys a scoring script, without a model, as <c>blue</c>.</summary>
    private async Task DeployScriptAsync(string script)
    {
        await HeartEndpoint.CreateAsync(_emulator);
        var (account, _, container) = await BlobClients.AccountAsync(_emulator);
        await (await BlobClients.ModelsAsync(_emulator)).GetBlobClient("code/score.py").UploadAsync(BinaryData.FromString(script));
        await Arm.PutAsync("codes/script/versions/1", new JsonObject
        {
            ["properties"] = new JsonObject { ["codeUri"] = $"https://{account}.blob.core.localhost/{container}/code" },
        });
        var body = Arm.DeploymentBody();
        body["properties"]!.AsObject().Remove("model");
        body["properties"]!["requestSettings"] = JsonNode.Parse("""{"requestTimeout":"PT1M"}""");
        body["properties"]!["codeConfiguration"] = new JsonObject
        {
            ["codeId"] = $"{Arm.Workspace}/codes/script/versions/1",
            ["scoringScript"] = "score.py",
        };
        await Arm.PutToEndAsync($"{Endpoint}/deployments/blue", body);
    }
}
