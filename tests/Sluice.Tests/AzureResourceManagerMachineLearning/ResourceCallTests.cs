using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

[Category("Unit")]
internal sealed class ResourceCallTests
{
    [Test]
    public async Task Every_request_carries_the_api_version_of_the_1_2_line()
    {
        using var service = new ScriptedService().On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));

        await Arm.Workspace(service).GetMachineLearningOnlineEndpointAsync("heart");

        Assert.That(service.Requests[0].Uri.PathAndQuery, Is.EqualTo(Arm.Base + "/onlineEndpoints/heart?api-version=2024-04-01"));
        Assert.That(service.Requests[0].Headers["Authorization"], Is.EqualTo("Bearer " + FakeCredential.Token));
    }

    [Test]
    public async Task An_api_version_set_in_the_options_wins()
    {
        using var service = new ScriptedService().On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));
        var options = new ArmClientOptions { Transport = new Azure.Core.Pipeline.HttpClientTransport(service) };
        options.SetApiVersion(MachineLearningOnlineEndpointResource.ResourceType, "2024-10-01");
        var client = new ArmClient(new FakeCredential(), "11111111-1111-1111-1111-111111111111", options);

        await client.GetMachineLearningOnlineEndpointResource(new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart")).GetAsync();

        Assert.That(service.Requests[0].Uri.Query, Is.EqualTo("?api-version=2024-10-01"));
    }

    [Test]
    public async Task A_missing_resource_is_an_answer_to_the_question_whether_it_exists()
    {
        using var service = new ScriptedService().On("GET", "/onlineEndpoints/none", 404, Arm.Error("ResourceNotFound", "gone"));
        var endpoints = Arm.Workspace(service).GetMachineLearningOnlineEndpoints();

        var found = await endpoints.GetIfExistsAsync("none");
        var exists = await endpoints.ExistsAsync("none");
        var refusal = Assert.Throws<RequestFailedException>(() => endpoints.Get("none"));

        Assert.That(found.HasValue, Is.False);
        Assert.That(found.GetRawResponse().Status, Is.EqualTo(404));
        Assert.That(exists.Value, Is.False);
        Assert.That(refusal!.ErrorCode, Is.EqualTo("ResourceNotFound"));
    }

    [Test]
    public void A_question_whether_it_exists_is_not_answered_by_a_refusal()
    {
        using var service = new ScriptedService().On("GET", "/onlineEndpoints/heart", 403, Arm.Error("AuthorizationFailed", "no"));

        Assert.Throws<RequestFailedException>(() => Arm.Workspace(service).GetMachineLearningOnlineEndpoints().GetIfExists("heart"));
    }

    [Test]
    public async Task A_list_follows_the_next_link_to_the_letter_and_only_when_asked_to()
    {
        const string Next = "https://management.azure.com/page2?api-version=2024-04-01&$skip=a%2Fb";
        using var service = new ScriptedService()
            .On(
                "GET",
                "/onlineEndpoints/heart/deployments",
                200,
                $$"""{"value":[{{Arm.Deployment("green", "Succeeded")}}],"nextLink":"{{Next}}"}""")
            .On("GET", "/page2", 200, Arm.List(Arm.Deployment("blue", "Failed")));
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var first = endpoint.GetMachineLearningOnlineDeployments().GetAll(top: 1).First().Data.Name;
        var pagesForFirst = service.Requests.Count;
        var all = new List<string>();
        await foreach (var deployment in endpoint.GetMachineLearningOnlineDeployments().GetAllAsync())
        {
            all.Add(deployment.Data.Name);
        }

        Assert.That((first, pagesForFirst), Is.EqualTo(("green", 1)));
        Assert.That(all, Is.EqualTo(new[] { "green", "blue" }));
        Assert.That(
            service.Requests[0].Uri.Query, Is.EqualTo("?api-version=2024-04-01&$top=1").Or.EqualTo("?api-version=2024-04-01&%24top=1"));
        Assert.That(service.Requests[^1].Uri.OriginalString, Is.EqualTo(Next));
    }

    [Test]
    public async Task Keys_and_tokens_are_read_with_post()
    {
        using var service = new ScriptedService()
            .On("POST", "/onlineEndpoints/heart/listKeys", 200, """{"primaryKey":"one","secondaryKey":"two"}""")
            .On(
                "POST",
                "/onlineEndpoints/heart/token",
                200,
                """{"accessToken":"t","tokenType":"Bearer","expiryTimeUtc":1767225600,"refreshAfterTimeUtc":1767182400}""");
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var keys = await endpoint.GetKeysAsync();
        var token = await endpoint.GetTokenAsync();

        Assert.That((keys.Value.PrimaryKey, keys.Value.SecondaryKey), Is.EqualTo(("one", "two")));
        Assert.That(token.Value.ExpireOn, Is.EqualTo(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(token.Value.RefreshOn, Is.EqualTo(new DateTimeOffset(2025, 12, 31, 12, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task New_keys_are_an_operation()
    {
        using var service = new ScriptedService()
            .On(
                "POST",
                "/onlineEndpoints/heart/regenerateKeys",
                202,
                "",
                ("Location", "https://management.azure.com/result"),
                ("Retry-After", "1"))
            .On("GET", "/result", 200);
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var operation = await endpoint.RegenerateKeysAsync(
            WaitUntil.Started, new MachineLearningEndpointKeyRegenerateContent(MachineLearningKeyType.Secondary));
        await operation.UpdateStatusAsync();

        Assert.That(service.Requests[0].Body, Is.EqualTo("""{"keyType":"Secondary"}"""));
        Assert.That(operation.HasCompleted);
    }

    [Test]
    public async Task The_kinds_of_datastore_secrets_are_told_apart_wherever_the_kind_stands_and_however_it_is_cased()
    {
        using var service = new ScriptedService().On(
            "POST",
            "/datastores/d/listSecrets",
            _ => ScriptedService.Answer(200, """{"key":"k","secretsType":"accountKEY"}"""),
            _ => ScriptedService.Answer(200, """{"secretsType":"Sas","sasToken":"s"}"""),
            _ => ScriptedService.Answer(200, """{"secretsType":"OfTomorrow","x":1}"""));
        var datastore = Arm.Client(service).GetMachineLearningDatastoreResource(new ResourceIdentifier(Arm.Base + "/datastores/d"));

        var key = (await datastore.GetSecretsAsync()).Value;
        var signature = (await datastore.GetSecretsAsync()).Value;
        var unknown = (await datastore.GetSecretsAsync()).Value;

        Assert.That((key as MachineLearningAccountKeyDatastoreSecrets)?.Key, Is.EqualTo("k"));
        Assert.That((signature as MachineLearningSasDatastoreSecrets)?.SasToken, Is.EqualTo("s"));
        Assert.That(unknown, Is.Not.Null);
    }

    [Test]
    public void Words_compare_without_regard_to_case_and_new_ones_are_kept()
    {
        MachineLearningEndpointProvisioningState lower = "succeeded";
        MachineLearningEndpointProvisioningState ofTomorrow = "Hibernating";

        Assert.That(lower == MachineLearningEndpointProvisioningState.Succeeded);
        Assert.That(lower.GetHashCode(), Is.EqualTo(MachineLearningEndpointProvisioningState.Succeeded.GetHashCode()));
        Assert.That(ofTomorrow.ToString(), Is.EqualTo("Hibernating"));
        Assert.That(ofTomorrow != MachineLearningEndpointProvisioningState.Succeeded);
    }

    [Test]
    public void A_resource_that_was_only_named_has_no_data()
    {
        using var service = new ScriptedService();
        var workspace = Arm.Workspace(service);

        Assert.That(workspace.HasData, Is.False);
        Assert.Throws<InvalidOperationException>(() => _ = workspace.Data);
    }

    [Test]
    public void An_id_of_another_kind_is_refused()
    {
        using var service = new ScriptedService();

        Assert.Throws<ArgumentException>(
            () => Arm.Client(service).GetMachineLearningWorkspaceResource(new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart")));
    }

    [Test]
    public async Task A_body_that_is_no_json_is_an_error_of_the_call()
    {
        using var service = new ScriptedService().On("GET", "/onlineEndpoints/heart", 200, "<html>gateway</html>");

        await Assert.ThrowsAsync<RequestFailedException>(() => Arm.Workspace(service).GetMachineLearningOnlineEndpointAsync("heart"));
    }
}
