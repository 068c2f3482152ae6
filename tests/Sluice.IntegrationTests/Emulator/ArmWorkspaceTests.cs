using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>What clients of ARM ask of the workspace itself, and of resources as such.</summary>
[Category("Integration")]
public sealed class ArmWorkspaceTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _emulator = await RunningEmulator.StartAsync();
        await HeartEndpoint.CreateAsync(_emulator, "blue");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [TestCase("/", "")]
    [TestCase("/", "/onlineEndpoints/heart//providers/Microsoft.Insights/metrics")]
    [TestCase("//", "/onlineEndpoints/heart/providers/Microsoft.Insights/metrics")]
    public async Task A_resource_is_found_when_its_id_stands_behind_a_slash(string before, string path)
    {
        var answer = await Arm.GetAsync($"{_emulator.Connection.ArmEndpoint.AbsoluteUri.TrimEnd('/')}{before}{Arm.Workspace}{path}");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
    }

    [Test]
    public async Task The_address_of_an_operation_may_have_another_slash_too()
    {
        var started = await Arm.PutAsync(HeartEndpoint.Path, ArmClient.EndpointBody(new { blue = 100 }));
        await Arm.EndOfAsync(started);
        var address = started.Header("Azure-AsyncOperation")!;

        var answer = await Arm.GetAsync(address.Replace("/subscriptions/", "//subscriptions/", StringComparison.Ordinal));

        Assert.That((string?)answer.Json["status"], Is.EqualTo("Succeeded"), answer.Text);
    }

    [TestCase("", HttpStatusCode.NoContent)]
    [TestCase("/onlineEndpoints/heart", HttpStatusCode.NoContent)]
    [TestCase("/onlineEndpoints/heart/deployments/blue", HttpStatusCode.NoContent)]
    [TestCase("-of-nobody", HttpStatusCode.NotFound)]
    [TestCase("/onlineEndpoints/nobody", HttpStatusCode.NotFound)]
    [TestCase("/onlineEndpoints/heart/deployments/nobody", HttpStatusCode.NotFound)]
    public async Task HEAD_says_whether_a_resource_is_there(string path, HttpStatusCode status)
    {
        var answer = await Arm.SendAsync(HttpMethod.Head, $"{Arm.Workspace}{path}", body: null);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((status, "")));
    }

    [Test]
    public async Task A_PATCH_of_the_workspace_replaces_its_tags_and_changes_nothing_else()
    {
        await Arm.PatchAsync(Arm.Workspace, JsonNode.Parse("""{"tags":{"stage":"one","team":"heart"}}""")!);
        var patched = await Arm.PatchAsync(Arm.Workspace, JsonNode.Parse("""{"tags":{"stage":"two"}}""")!);
        var refused = await Arm.PatchAsync(Arm.Workspace, JsonNode.Parse("""{"tags":{},"properties":{"description":"other"}}""")!);
        var read = await Arm.GetAsync(Arm.Workspace);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.Status, Is.EqualTo(HttpStatusCode.OK), patched.Text);
            Assert.That(patched.Json["tags"]!.ToJsonString(), Is.EqualTo("""{"stage":"two"}"""));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(refused.ErrorMessage, Does.Contain("'properties' is not known"));
            Assert.That(read.Json["tags"]!.ToJsonString(), Is.EqualTo("""{"stage":"two"}"""));
        }
    }

    [Test]
    public async Task The_workspace_gives_the_key_of_its_storage_account()
    {
        var (_, key, _) = await BlobClients.AccountAsync(_emulator);

        var all = await Arm.PostAsync($"{Arm.Workspace}/listKeys");
        var one = await Arm.PostAsync($"{Arm.Workspace}/listStorageAccountKeys");

        Assert.That((string?)all.Json["userStorageKey"], Is.EqualTo(key));
        Assert.That((string?)one.Json["userStorageKey"], Is.EqualTo(key));
        Assert.That((string?)all.Json["userStorageResourceId"], Does.Contain("/Microsoft.Storage/storageAccounts/"));
    }

    [TestCase("tagName eq 'team' and tagValue eq 'heart'", "heart")]
    [TestCase("name eq '{0}/heart/blue'", "heart/blue")]
    public async Task Resources_are_listed_by_their_tags_and_names(string filter, string name)
    {
        var wanted = Uri.EscapeDataString(filter.Replace("{0}", _emulator.Connection.Workspace, StringComparison.Ordinal));
        var answer = await Arm.GetAsync($"/subscriptions/{_emulator.Connection.SubscriptionId}/resources?$filter={wanted}");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        Assert.That(
            answer.Json["value"]!.AsArray().Select(resource => (string?)resource!["name"]),
            Is.EqualTo(new[] { $"{_emulator.Connection.Workspace}/{name}" }));
    }

    [Test]
    public async Task Resources_are_listed_with_their_times_and_states_where_these_are_asked_for()
    {
        var all = $"/subscriptions/{_emulator.Connection.SubscriptionId}/resources";

        var plain = await Arm.GetAsync(all);
        var expanded = await Arm.GetAsync($"{all}?$expand=createdTime,changedTime,provisioningState");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.Json["value"]!.AsArray().Select(resource => resource!["createdTime"]), Is.All.Null);
            Assert.That(expanded.Json["value"]!.AsArray().Select(resource => (string?)resource!["provisioningState"]), Is.All.EqualTo("Succeeded"));
            Assert.That(
                expanded.Json["value"]!.AsArray().Select(resource => (resource!["createdTime"], resource["changedTime"])),
                Has.None.Matches<(JsonNode?, JsonNode?)>(times => times.Item1 is null || times.Item2 is null));
        }
    }

    [Test]
    public async Task What_scripts_begin_with_is_answered()
    {
        var there = _emulator.Connection;
        var subscription = $"/subscriptions/{there.SubscriptionId}";
        var location = JsonNode.Parse("""{"location":"westeurope"}""")!;

        var group = await Arm.PutAsync($"{subscription}/resourceGroups/{there.ResourceGroup}", location);
        var otherGroup = await Arm.PutAsync($"{subscription}/resourceGroups/other", location);
        var registered = await Arm.PostAsync($"{subscription}/providers/Microsoft.MachineLearningServices/register");
        var operations = await Arm.GetAsync("/providers/Microsoft.MachineLearningServices/operations");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((group.Status, (string?)group.Json["name"]), Is.EqualTo((HttpStatusCode.OK, there.ResourceGroup)));
            Assert.That(otherGroup.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((registered.Status, (string?)registered.Json["registrationState"]), Is.EqualTo((HttpStatusCode.OK, "Registered")));
            Assert.That(
                operations.Json["value"]!.AsArray().Select(operation => (string?)operation!["name"]),
                Does.Contain("Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action").And.Unique);
        }
    }

    [TestCase("2024-13-45")]
    [TestCase("2024-10-01-beta")]
    public async Task A_version_that_is_no_date_is_refused(string version)
    {
        var answer = await Arm.GetAsync($"{Arm.Workspace}?api-version={version}");

        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((HttpStatusCode.BadRequest, "InvalidApiVersionParameter")));
    }

    [Test]
    public async Task Identities_of_a_person_s_own_are_shown_with_their_ids()
    {
        const string Id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/own";
        var body = ArmClient.EndpointBody();
        body["tags"] = new JsonObject();
        body["identity"] = new JsonObject { ["type"] = "userAssigned", ["userAssignedIdentities"] = new JsonObject { [Id] = new JsonObject() } };

        await Arm.PutToEndAsync("onlineEndpoints/owned", body);
        var identity = (await Arm.GetAsync("onlineEndpoints/owned")).Json["identity"]!["userAssignedIdentities"]![Id]!;

        Assert.That(identity.AsObject().Select(id => id.Key), Is.EqualTo(new[] { "principalId", "clientId" }));
    }
}
