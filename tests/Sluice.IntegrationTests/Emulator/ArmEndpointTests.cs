using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArmEndpointTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task Creating_an_endpoint_answers_201_without_URIs_and_with_polling_headers()
    {
        var created = await Arm.PutAsync("onlineEndpoints/heart", ArmClient.EndpointBody());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created), created.Text);
            Assert.That((string?)created.Json["properties"]!["provisioningState"], Is.EqualTo("Creating"));
            Assert.That(created.Json["properties"]!["scoringUri"], Is.Null);
            Assert.That(created.Json["properties"]!.AsObject().ContainsKey("scoringUri"));
            Assert.That((string?)created.Json["identity"]!["type"], Is.EqualTo("SystemAssigned"));
            Assert.That(created.Header("Azure-AsyncOperation"), Does.Match("/mfeOperationsStatus/oe:[-0-9a-f]{36}:[-0-9a-f]{36}\\?api-version=2022-02-01-preview&t="));
            Assert.That(created.Header("Location"), Does.EndWith($"{Arm.Workspace}/onlineEndpoints/heart?api-version=2022-02-01-preview"));
            Assert.That(created.Header("x-ms-async-operation-timeout"), Is.EqualTo("PT30M"));
            Assert.That(created.Header("Retry-After"), Is.Null);
        }
    }

    [Test]
    public async Task A_created_endpoint_has_URIs_and_no_traffic()
    {
        await Arm.PutToEndAsync("onlineEndpoints/heart", ArmClient.EndpointBody());

        var endpoint = await Arm.GetAsync("onlineEndpoints/HEART");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)endpoint.Json["properties"]!["provisioningState"], Is.EqualTo("Succeeded"));
            Assert.That((string?)endpoint.Json["properties"]!["scoringUri"], Is.EqualTo($"https://localhost:{_emulator.Connection.Port}/endpoints/heart/score"));
            Assert.That(endpoint.Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("{}"));
            Assert.That((string?)endpoint.Json["tags"]!["team"], Is.EqualTo("heart"));
        }
    }

    [TestCase("SystemAssigned, UserAssigned")]
    [TestCase("systemassigned,userassigned")]
    public async Task Both_kinds_of_identity_are_asked_for_with_or_without_a_blank(string sent)
    {
        var body = ArmClient.EndpointBody();
        body["identity"] = new JsonObject
        {
            ["type"] = sent,
            ["userAssignedIdentities"] = new JsonObject { ["/subscriptions/s/own"] = new JsonObject() },
        };

        var created = await Arm.PutAsync("onlineEndpoints/heart", body);

        Assert.That((string?)created.Json["identity"]?["type"], Is.EqualTo("SystemAssigned,UserAssigned"), created.Text);
    }

    [TestCase("""{"type":"UserAssigned"}""")]
    [TestCase("""{"type":"userassigned","userAssignedIdentities":{}}""")]
    [TestCase("""{"type":"UserAssigned","userAssignedIdentities":null}""")]
    public async Task An_identity_of_a_person_s_own_has_to_be_named(string identity)
    {
        var body = ArmClient.EndpointBody();
        body["identity"] = JsonNode.Parse(identity);

        var refused = await Arm.PutAsync("onlineEndpoints/heart", body);

        Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((HttpStatusCode.BadRequest, "MissingIdentityIds")), refused.Text);
    }

    [Test]
    public async Task A_tag_without_a_value_is_refused()
    {
        var body = ArmClient.EndpointBody();
        body["tags"] = new JsonObject { ["team"] = null };

        var refused = await Arm.PutAsync("onlineEndpoints/heart", body);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest), refused.Text);
        Assert.That(refused.ErrorMessage, Does.Contain("'tags.team' is null; expected is a string"));
    }

    [Test]
    public async Task A_whole_percentage_may_have_a_fraction_of_nothing_and_a_body_a_byte_order_mark()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");
        var json = ArmClient.EndpointBody(new { blue = 100 }).ToJsonString();
        using var content = new StringContent(
            $"\ufeff{json.Replace("100", "100.0", StringComparison.Ordinal)}", System.Text.Encoding.UTF8, "application/json");

        using var answer = await _emulator.Http.PutAsync($"{Arm.Workspace}/onlineEndpoints/heart?api-version=2023-10-01", content);
        var read = await ArmAnswer.ReadAsync(answer);
        await Arm.EndOfAsync(read);
        var endpoint = await Arm.GetAsync("onlineEndpoints/heart");

        Assert.That(endpoint.Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("""{"blue":100}"""));
    }

    [TestCase(null, "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/cluster", "managed")]
    [TestCase("/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/cluster", null, "on Kubernetes")]
    public async Task An_endpoint_stays_on_the_kind_of_machines_that_it_was_created_on(string? before, string? after, string kind)
    {
        var body = ArmClient.EndpointBody();
        body["properties"]!["compute"] = before;
        await Arm.PutToEndAsync("onlineEndpoints/heart", body);
        body["properties"]!["compute"] = after;

        var refused = await Arm.PutAsync("onlineEndpoints/heart", body);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest), refused.Text);
        Assert.That(refused.ErrorMessage, Does.Contain($"Endpoint [heart] is {kind}"));
    }

    [Test]
    public async Task A_missing_endpoint_is_the_gateways_404_and_deleting_it_204()
    {
        var missing = await Arm.GetAsync("onlineEndpoints/nobody");
        var deleted = await Arm.DeleteAsync("onlineEndpoints/nobody");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(missing.ErrorCode, Is.EqualTo("ResourceNotFound"));
            Assert.That(missing.Header("x-ms-failure-cause"), Is.EqualTo("gateway"));
            Assert.That(missing.Header("x-aml-cluster"), Is.Null);
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    [Test]
    public async Task Deleting_an_endpoint_answers_202_with_the_body_null_and_ends_with_nothing_there()
    {
        await Arm.PutToEndAsync("onlineEndpoints/heart", ArmClient.EndpointBody());

        var deleted = await Arm.DeleteAsync("onlineEndpoints/heart");
        var end = await Arm.EndOfAsync(deleted);
        var result = await Arm.GetAsync(deleted.Header("Location")!);
        var after = await Arm.GetAsync("onlineEndpoints/heart");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(deleted.Text, Is.EqualTo("null"));
            Assert.That(deleted.Header("Location"), Does.Contain("/mfeOperationResults/oe:"));
            Assert.That((string?)end["status"], Is.EqualTo("Succeeded"));
            Assert.That(result.Status, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(after.Status, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task Unknown_members_are_not_kept_but_a_person_s_own_properties_are()
    {
        var body = ArmClient.EndpointBody();
        body["properties"]!["trafic"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };
        body["properties"]!["properties"] = new JsonObject { ["mine"] = "kept", ["AzureAsyncOperationUri"] = "https://old" };

        await Arm.PutToEndAsync("onlineEndpoints/heart", body);
        var endpoint = await Arm.GetAsync("onlineEndpoints/heart");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint.Json["properties"]!.AsObject().ContainsKey("trafic"), Is.False);
            Assert.That((string?)endpoint.Json["properties"]!["properties"]!["mine"], Is.EqualTo("kept"));
            Assert.That((string?)endpoint.Json["properties"]!["properties"]!["AzureAsyncOperationUri"], Does.Contain("mfeOperationsStatus"));
        }
    }

    [Test]
    public async Task PATCH_changes_tags_and_nothing_else_and_its_Location_gives_the_endpoint()
    {
        await Arm.PutToEndAsync("onlineEndpoints/heart", ArmClient.EndpointBody());

        var patched = await Arm.PatchAsync("onlineEndpoints/heart", JsonNode.Parse(
            """{"tags":{"role":"stable"},"properties":{"description":"ignored"}}""")!);
        await Arm.EndOfAsync(patched);
        var result = await Arm.GetAsync(patched.Header("Location")!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.Status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(patched.Header("Retry-After"), Is.Not.Null);
            Assert.That(result.Json["tags"]!.ToJsonString(), Is.EqualTo("""{"role":"stable"}"""));
            Assert.That((string?)result.Json["properties"]!["description"], Is.EqualTo("an endpoint"));
        }
    }

    [Test]
    public async Task A_regenerated_key_replaces_one_key_only()
    {
        await Arm.PutToEndAsync("onlineEndpoints/heart", ArmClient.EndpointBody());
        var before = await Arm.PostAsync("onlineEndpoints/heart/listKeys");

        await Arm.EndOfAsync(await Arm.PostAsync("onlineEndpoints/heart/regenerateKeys", JsonNode.Parse("""{"keyType":"secondary"}""")!));
        var after = await Arm.PostAsync("onlineEndpoints/heart/listKeys");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)after.Json["primaryKey"], Is.EqualTo((string?)before.Json["primaryKey"]));
            Assert.That((string?)after.Json["secondaryKey"], Is.Not.EqualTo((string?)before.Json["secondaryKey"]));
        }
    }

    [Test]
    public async Task An_endpoint_with_tokens_issues_one_that_lasts_a_day_and_has_no_keys()
    {
        await Arm.PutToEndAsync("onlineEndpoints/heart", ArmClient.EndpointBody(authMode: "amltoken"));

        var token = await Arm.PostAsync("onlineEndpoints/heart/token");
        var keys = await Arm.PostAsync("onlineEndpoints/heart/listKeys");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)token.Json["tokenType"], Is.EqualTo("Bearer"));
            Assert.That((long)token.Json["expiryTimeUtc"]! - (long)token.Json["refreshAfterTimeUtc"]!, Is.EqualTo(12 * 3600));
            Assert.That(keys.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        }
    }

    [Test]
    public async Task Lists_are_paged_with_links_that_lead_to_all_of_them()
    {
        foreach (var name in new[] { "heart-a", "heart-b", "heart-c" })
        {
            await Arm.PutToEndAsync($"onlineEndpoints/{name}", ArmClient.EndpointBody());
        }

        var names = new List<string?>();
        var pages = 0;
        for (var next = "onlineEndpoints?count=2"; next is not null; pages++)
        {
            var page = await Arm.GetAsync(next);
            names.AddRange(page.Json["value"]!.AsArray().Select(endpoint => (string?)endpoint!["name"]));
            next = (string?)page.Json["nextLink"];
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.EqualTo(new[] { "heart-c", "heart-b", "heart-a" }));
            Assert.That(pages, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task An_empty_list_is_thirteen_bytes_as_recorded_but_for_a_blank()
    {
        var list = await Arm.GetAsync("onlineEndpoints");

        Assert.That(list.Text, Is.EqualTo("""{"value":[]}"""));
    }

    [TestCase("ab", "name")]
    [TestCase("1heart", "name")]
    [TestCase("heart-", "name")]
    [TestCase("he_art", "name")]
    public async Task A_name_that_breaks_the_rule_is_refused(string name, string says)
    {
        var refused = await Arm.PutAsync($"onlineEndpoints/{name}", ArmClient.EndpointBody());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.ErrorMessage, Does.Contain(says).And.Contain(name));
        }
    }

    [TestCase("{", "InvalidRequestContent")]
    [TestCase("[]", "InvalidRequestContent")]
    [TestCase("", "InvalidRequestContent")]
    [TestCase("""{"location":"westeurope","properties":{"authMode":"Key","authmode":"Key"}}""", "InvalidRequestContent")]
    [TestCase("""{"location":"westeurope","properties":{"authMode":"Password"}}""", "InvalidRequestContent")]
    [TestCase("""{"location":"westeurope","properties":{"authMode":"Key","traffic":{"blue":"10"}}}""", "InvalidRequestContent")]
    [TestCase("""{"location":"westeurope"}""", "InvalidRequestContent")]
    [TestCase("""{"properties":{"authMode":"Key"}}""", "LocationRequired")]
    public async Task A_body_that_cannot_be_read_is_400_with_a_code(string body, string code)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _emulator.Http.PutAsync(new Uri($"{Arm.Workspace}/onlineEndpoints/heart?api-version=2023-10-01", UriKind.Relative), content);
        var refused = await ArmAnswer.ReadAsync(response);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.ErrorCode, Is.EqualTo(code), refused.Text);
        }
    }
}
