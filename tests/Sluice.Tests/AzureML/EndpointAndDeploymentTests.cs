using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class EndpointAndDeploymentTests
{
    private static readonly DeploymentRequest Green = new(
        "heart",
        "green-2",
        new DeploymentSpec
        {
            Name = "green",
            InstanceType = "Standard_DS3_v2",
            InstanceCount = 2,
            EnvironmentVariables = ImmutableSortedDictionary<string, string>.Empty.Add("LOG", "1"),
            RequestSettings = new(TimeSpan.FromSeconds(30), 4, TimeSpan.FromMilliseconds(500)),
            LivenessProbe = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), 1, 30),
            Scale = new TargetUtilizationSpec(1, 3, TimeSpan.FromSeconds(1), 70),
        },
        new ModelVersion("heart", "2", Digest: null),
        ImmutableSortedDictionary<string, string>.Empty.Add("sluice-role", "candidate"));

    [Test]
    public async Task A_new_endpoint_gets_the_workspaces_region_and_no_traffic()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/workspaces/ws", 200, Workspace)
            .On(
                "GET",
                "/onlineEndpoints/heart",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded")))
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri));
        test.OperationSucceeds();
        var spec = new EndpointSpec
        {
            Name = "heart",
            AuthMode = AuthMode.AmlToken,
            Description = "d",
            PublicNetworkAccess = false,
            Tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "cardio"),
            Identity = IdentityKind.UserAssigned,
            UserAssignedIdentities = ["/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"],
        };

        await test.Workspace.CreateEndpointAsync(spec, test.Progress, CancellationToken.None);

        var sent = test.Service.Writes.Single().Json;
        Assert.That((string)sent["location"]!, Is.EqualTo("northeurope"));
        Assert.That((string)sent["properties"]!["authMode"]!, Is.EqualTo("AMLToken"));
        Assert.That((string)sent["properties"]!["publicNetworkAccess"]!, Is.EqualTo("Disabled"));
        Assert.That(sent["properties"]!["traffic"], Is.Null);
        Assert.That((string)sent["tags"]!["team"]!, Is.EqualTo("cardio"));
        Assert.That((string)sent["identity"]!["type"]!, Is.EqualTo("UserAssigned"));
        Assert.That(sent["identity"]!["userAssignedIdentities"]!.AsObject().Single().Key, Does.EndWith("/me"));
    }

    [Test]
    public async Task An_endpoint_that_exists_is_not_created_over()
    {
        using var test = new TestWorkspace();
        test.Service.On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", """{"blue":100}"""));

        var refusal = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateEndpointAsync(new() { Name = "heart" }, progress: null, CancellationToken.None));

        Assert.That(refusal!.Code, Is.EqualTo("EndpointExists"));
        Assert.That(test.Service.Writes, Is.Empty);
    }

    [Test]
    public async Task A_deployment_is_sent_as_the_official_client_sends_one_of_an_mlflow_model()
    {
        using var test = DeploymentThatEndsWith(Arm.Succeeded);

        await test.Workspace.CreateDeploymentAsync(Green, test.Progress, CancellationToken.None);

        var wanted = JsonNode.Parse($$"""
            {"tags":{"sluice-role":"candidate"},"location":"westus",
             "properties":{"endpointComputeType":"Managed","instanceType":"Standard_DS3_v2","appInsightsEnabled":false,
             "egressPublicNetworkAccess":"Enabled","environmentVariables":{"LOG":"1"},"properties":{},
             "model":"{{Arm.Base}}/models/heart/versions/2",
             "requestSettings":{"requestTimeout":"PT30S","maxConcurrentRequestsPerInstance":4,"maxQueueWait":"PT0.5S"},
             "livenessProbe":{"initialDelay":"PT10S","period":"PT10S","timeout":"PT2S","successThreshold":1,"failureThreshold":30},
             "scaleSettings":{"scaleType":"TargetUtilization","minInstances":1,"maxInstances":3,"pollingInterval":"PT1S",
             "targetUtilizationPercentage":70} },
             "sku":{"name":"Default","capacity":2} }
            """);
        Assert.That(JsonNode.DeepEquals(test.Service.Writes.Single().Json, wanted), test.Service.Writes.Single().Body);
    }

    [Test]
    public async Task A_file_without_scale_settings_leaves_them_to_the_service_and_one_with_the_default_fixes_the_number()
    {
        using var silent = DeploymentThatEndsWith(Arm.Succeeded);
        using var outspoken = DeploymentThatEndsWith(Arm.Succeeded);

        await silent.Workspace.CreateDeploymentAsync(
            Green with { Spec = Green.Spec with { Scale = null } }, silent.Progress, CancellationToken.None);
        await outspoken.Workspace.CreateDeploymentAsync(
            Green with { Spec = Green.Spec with { Scale = new FixedScaleSpec() } }, outspoken.Progress, CancellationToken.None);

        Assert.That(silent.Service.Writes.Single().Json["properties"]!["scaleSettings"], Is.Null);
        Assert.That((string)outspoken.Service.Writes.Single().Json["properties"]!["scaleSettings"]!["scaleType"]!, Is.EqualTo("Default"));
    }

    [Test]
    public async Task A_failed_deployment_says_why_and_brings_the_servers_log()
    {
        using var test = DeploymentThatEndsWith(
            """{"status":"Failed","error":{"code":"ResourceNotReady","message":"User container has crashed."}}""");
        Logs(
            test,
            server: "Instance status:\nUserContainerStart: Failed\n\nContainer logs:\nValueError: no column thal\n",
            storage: "fetched");

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None));

        Assert.That(failure!.Message, Is.EqualTo(
            "Could not create deployment green-2 of endpoint heart: ResourceNotReady: User container has crashed."));
        Assert.That(failure.ContainerLog, Does.EndWith("ValueError: no column thal\n"));
    }

    [Test]
    public async Task A_deployment_whose_server_never_started_brings_the_log_of_the_container_that_fetches_the_model()
    {
        using var test = DeploymentThatEndsWith("""{"status":"Failed","error":{"code":"BadArgument","message":"m"}}""");
        Logs(test, server: "Instance status:\nModelDownload: Failed\n\nContainer logs:\n", storage: "no such blob");

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None));

        Assert.That(failure!.ContainerLog, Is.EqualTo("no such blob"));
    }

    [Test]
    public async Task A_log_that_cannot_be_read_does_not_hide_why_the_deployment_failed()
    {
        using var test = DeploymentThatEndsWith("""{"status":"Failed","error":{"code":"OutOfQuota","message":"no cores"}}""");
        test.Service.On("POST", "/deployments/green-2/getLogs", 403, Arm.Error("AuthorizationFailed", "no"));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None));

        Assert.That((failure!.Code, failure.ContainerLog), Is.EqualTo(("OutOfQuota", (string?)null)));
    }

    [TestCase("\"createdAt\":\"2026-01-02T03:04:05Z\"", "\"createdAt\":\"yesterday\"")]
    [TestCase("\"name\":\"blue\"", "\"name\":null")]
    [TestCase("{\"value\":[", "{\"value\":[null,")]
    public async Task An_answer_that_cannot_be_used_is_told_with_the_call(string text, string replacement)
    {
        using var test = new TestWorkspace();
        var deployments = Arm.List(Arm.Deployment("blue", "Succeeded"));
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("GET", "/onlineEndpoints/heart/deployments", 200, deployments.Replace(text, replacement, StringComparison.Ordinal))
            .On("GET", "/models/heart/versions", 200, Arm.List());

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => test.Workspace.ObserveAsync(
            new("heart", new WorkspaceModel("heart", "2"), Baseline: null), "heart", CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("UnreadableAnswer"));
        Assert.That(failure.Message, Does.StartWith("Could not read model heart and endpoint heart: UnreadableAnswer: The answer "));
    }

    [Test]
    public async Task The_token_is_not_sent_to_an_operation_that_is_said_to_be_in_the_open()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("DELETE", "/onlineEndpoints/heart", 202, "", ("Azure-AsyncOperation", "http://elsewhere/operation"));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.DeleteEndpointAsync("heart", progress: null, CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("UnreadableAnswer"));
        Assert.That(test.Service.Requests.Select(request => request.Uri.Host), Has.None.EqualTo("elsewhere"));
    }

    [Test]
    public async Task A_deployment_that_was_refused_has_no_log()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("GET", "/deployments/green-2", 404, Arm.Error("ResourceNotFound", "gone"))
            .On("PUT", "/deployments/green-2", 400, Arm.Error("BadRequest", "There is no such size."));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None));

        Assert.That(failure!.Message, Does.EndWith("BadRequest: There is no such size."));
        Assert.That(test.Service.Requests.Where(request => request.Method == "POST"), Is.Empty);
    }

    [Test]
    public async Task A_deployment_that_is_not_done_in_time_brings_the_log_too()
    {
        using var test = DeploymentThatEndsWith(Arm.Running);
        Logs(test, server: "Container logs:\nwaiting for a lock\n", storage: "");

        var timeout = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None));

        Assert.That(timeout!.Code, Is.EqualTo("Timeout"));
        Assert.That(timeout.ContainerLog, Does.Contain("waiting for a lock"));
    }

    [Test]
    public async Task An_endpoint_that_a_try_made_whose_answer_was_lost_counts_as_created()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/workspaces/ws", 200, Workspace)
            .On(
                "GET",
                "/onlineEndpoints/heart",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded")))
            .On("PUT", "/onlineEndpoints/heart", _ => throw new HttpRequestException("The connection was reset."));

        await test.Workspace.CreateEndpointAsync(new() { Name = "heart" }, progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_deployment_that_a_try_made_whose_answer_was_lost_counts_as_created()
    {
        using var test = DeploymentThatEndsWith(Arm.Succeeded);
        test.Service
            .On(
                "GET",
                "/deployments/green-2",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, Arm.Deployment("green-2", "Succeeded", version: "2")))
            .On("PUT", "/deployments/green-2", _ => throw new HttpRequestException("The connection was reset."));

        await test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_deployment_that_failed_after_its_answer_was_lost_is_not_sent_again_and_brings_its_log()
    {
        using var test = DeploymentThatEndsWith(Arm.Succeeded);
        test.Service.On("PUT", "/deployments/green-2", 504, "");
        Logs(test, server: "", storage: "no space left on device");

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.CreateDeploymentAsync(Green, progress: null, CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("DeploymentFailed"));
        Assert.That(failure.ContainerLog, Does.Contain("no space left on device"));
        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_only_reads_is_asked_again_by_the_SDK_and_a_write_is_not()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("POST", "/listKeys", _ => ScriptedService.Answer(503), _ => ScriptedService.Answer(200, """{"primaryKey":"k"}"""))
            .On("DELETE", "/onlineEndpoints/heart", _ => ScriptedService.Answer(503), _ => ScriptedService.Answer(204));

        await test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None);
        await test.Workspace.DeleteEndpointAsync("heart", progress: null, CancellationToken.None);

        var calls = test.Service.Requests.Select(request => $"{request.Method} {request.Path.Split('/')[^1]}").ToList();
        Assert.That(calls, Is.EqualTo(
            new[] { "GET heart", "POST listKeys", "POST listKeys", "GET heart", "DELETE heart", "GET heart", "DELETE heart" }));
    }

    [Test]
    public async Task A_service_that_has_answered_is_waited_for_and_one_that_never_did_is_not()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/models/heart/versions", 404, Arm.Error("NotFound", "none"))
            .On("GET", "/onlineEndpoints/heart/deployments", 404)
            .On("GET", "/onlineEndpoints/heart", 503);

        await Assert.ThatAsync(() => test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None), Throws.InstanceOf<WorkspaceCallException>());
        Assert.That(test.Time.Waits, Is.Empty);
        test.Service.On("GET", "/onlineEndpoints/heart", 404);
        await test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None);
        test.Service.On(
            "GET",
            "/onlineEndpoints/heart",
            [.. Enumerable.Repeat<Func<SentRequest, HttpResponseMessage>>(_ => ScriptedService.Answer(503), 20), _ => ScriptedService.Answer(404)]);
        test.Workspace.Forget();
        await test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None);

        Assert.That(test.Time.Waits, Is.Not.Empty);
    }

    [Test]
    public async Task What_is_missing_is_deleted_already()
    {
        using var test = new TestWorkspace();
        test.Service
            .On(
                "GET",
                "/onlineEndpoints/heart",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded")))
            .On("GET", "/deployments/blue", 404)
            .On("DELETE", "/deployments/blue", 204);

        await test.Workspace.DeleteEndpointAsync("heart", progress: null, CancellationToken.None);
        await test.Workspace.DeleteDeploymentAsync("heart", "blue", progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes.Select(write => write.Method), Is.EqualTo(new[] { "DELETE" }));
    }

    [Test]
    public async Task Settled_means_the_endpoint_and_all_its_deployments()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On(
                "GET",
                "/onlineEndpoints/heart/deployments",
                _ => ScriptedService.Answer(200, Arm.List(Arm.Deployment("green", "Scaling"), Arm.Deployment("blue", "Succeeded"))),
                _ => ScriptedService.Answer(200, Arm.List(Arm.Deployment("green", "Failed"), Arm.Deployment("blue", "Succeeded"))));

        await test.Workspace.AwaitSettledAsync("heart", test.Progress, CancellationToken.None);

        Assert.That(test.Progress.States, Is.EqualTo(new[] { "green Scaling" }));
    }

    [Test]
    public async Task An_observation_reads_models_endpoint_and_deployments_in_the_rollouts_words()
    {
        const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/models/heart/versions", 200, Arm.List(
                Version(
                    "1",
                    "2026-01-01T00:00:00Z",
                    "{}",
                    $"azureml://subscriptions/s/resourcegroups/rg/workspaces/ws/datastores/d/paths/LocalUpload/{Hash}/v1"),
                Version("3", "2026-01-03T00:00:00Z", "{}", "azureml://jobs/x/outputs/artifacts/model"),
                Version("4", "2026-01-04T00:00:00Z", "{}", "azureml://x", state: "Failed"),
                Version("2", "2026-01-02T00:00:00Z", """{"sluice-digest":"abc"}""", "azureml://x")))
            .On(
                "GET",
                "/onlineEndpoints/heart",
                200,
                Arm.Endpoint("Updating", """{"Blue":100,"green":0}""", """{"green":20}""", """{"a":"b"}"""))
            .On("GET", "/onlineEndpoints/heart/deployments", 200, Arm.List(
                Arm.Deployment("Blue", "Succeeded", created: "2026-01-01T00:00:00Z"),
                Arm.Deployment("green", "Hibernating", version: "2", created: "2026-01-02T00:00:00Z")));

        var state = await test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None);

        Assert.That(
            state.Models.Select(version => (version.Name, version.Version, version.Digest)),
            Is.EqualTo(new[] { ("heart", "3", null), ("heart", "2", "abc"), ("heart", "1", (string?)Hash) }));
        var endpoint = state.Endpoint!;
        Assert.That((endpoint.State, endpoint.AuthMode), Is.EqualTo((ProvisioningState.Updating, AuthMode.Key)));
        Assert.That(endpoint.Traffic, Is.EqualTo(Traffic.AllTo("blue")));
        Assert.That(endpoint.MirrorTraffic["green"], Is.EqualTo(20));
        Assert.That(endpoint.Deployments.Select(deployment => deployment.Name), Is.EqualTo(new[] { "green", "blue" }));
        Assert.That(endpoint.Deployments[0].State, Is.EqualTo(ProvisioningState.Unknown));
        Assert.That((endpoint.Deployments[0].ModelName, endpoint.Deployments[0].ModelVersion), Is.EqualTo(("heart", "2")));
        Assert.That((endpoint.Deployments[1].InstanceType, endpoint.Deployments[1].InstanceCount), Is.EqualTo(("Standard_DS3_v2", 3)));
        Assert.That(endpoint.Deployments[1].MaxConcurrentRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task An_empty_workspace_is_an_observation_too()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/models/heart/versions", 404, Arm.Error("NotFound", "no model"))
            .On("GET", "/onlineEndpoints/heart", 404, Arm.Error("ResourceNotFound", "no endpoint"))
            .On("GET", "/onlineEndpoints/heart/deployments", 404, Arm.Error("ResourceNotFound", "no endpoint"));

        var state = await test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None);

        Assert.That(state.Models, Is.Empty);
        Assert.That(state.Endpoint, Is.Null);
    }

    [Test]
    public async Task A_workspace_that_may_not_be_read_is_no_empty_one()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/models/heart/versions", 403, Arm.Error("AuthorizationFailed", "The client does not have authorization."))
            .On("GET", "/onlineEndpoints/heart", 404)
            .On("GET", "/onlineEndpoints/heart/deployments", 404);

        var refusal = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None));

        Assert.That(refusal!.Message, Is.EqualTo(
            "Could not read model heart and endpoint heart: AuthorizationFailed: The client does not have authorization."));
    }

    private static readonly ModelSpec Heart = new("heart", new WorkspaceModel("heart", null), null);

    private const string Workspace = $$"""
        {"id":"{{Arm.Base}}","name":"ws","type":"Microsoft.MachineLearningServices/workspaces","location":"northeurope","properties":{} }
        """;

    private static string Version(string version, string created, string tags, string uri, string state = "Succeeded") => $$"""
        {"id":"{{Arm.Base}}/models/heart/versions/{{version}}","name":"{{version}}",
         "type":"Microsoft.MachineLearningServices/workspaces/models/versions",
         "properties":{"tags":{{tags}},"modelUri":"{{uri}}","modelType":"mlflow_model","provisioningState":"{{state}}"},
         "systemData":{"createdAt":"{{created}}"} }
        """;

    private static TestWorkspace DeploymentThatEndsWith(string lastPoll)
    {
        var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On(
                "GET",
                "/deployments/green-2",
                _ => ScriptedService.Answer(404),
                _ => ScriptedService.Answer(200, Arm.Deployment("green-2", "Failed")))
            .On("PUT", "/deployments/green-2", 201, Arm.Deployment("green-2", "Updating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", Arm.PollPath, _ => ScriptedService.Answer(200, Arm.Running), _ => ScriptedService.Answer(200, lastPoll));
        return test;
    }

    private static void Logs(TestWorkspace test, string server, string storage) => test.Service.On(
        "POST",
        "/deployments/green-2/getLogs",
        request => ScriptedService.Answer(200, new JsonObject
        {
            ["content"] = (string)request.Json["containerType"]! == "InferenceServer" ? server : storage,
        }.ToJsonString()));
}
