using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

[Category("Unit")]
internal sealed class LongRunningOperationTests
{
    [Test]
    public async Task A_put_is_polled_at_its_operation_and_ends_with_a_get_of_the_resource()
    {
        using var service = new ScriptedService()
            .On(
                "PUT",
                "/onlineEndpoints/heart",
                201,
                Arm.Endpoint("Creating"),
                ("Azure-AsyncOperation", Arm.PollUri),
                ("Location", "https://x/"))
            .On("GET", Arm.PollPath, _ => ScriptedService.Answer(200, Arm.Running), _ => ScriptedService.Answer(200, Arm.Succeeded))
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", """{"blue":100}"""));

        var operation = await CreateEndpoint(service, WaitUntil.Started);
        var begun = (operation.HasCompleted, operation.HasValue);
        await operation.UpdateStatusAsync();
        var underWay = (operation.HasCompleted, Polls: service.Requests.Count);
        await operation.UpdateStatusAsync();

        Assert.That(begun, Is.EqualTo((false, false)));
        Assert.That(underWay, Is.EqualTo((false, 2)));
        Assert.That(operation.HasCompleted && operation.HasValue);
        Assert.That(operation.Value.Data.Properties.Traffic, Is.EqualTo(new Dictionary<string, int> { ["blue"] = 100 }));
        Assert.That(service.Requests.Select(request => request.Method), Is.EqualTo(new[] { "PUT", "GET", "GET", "GET" }));
    }

    [Test]
    public void A_wait_until_completed_waits_in_the_synchronous_call_too()
    {
        using var service = new ScriptedService()
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", Arm.PollPath, 200, Arm.Succeeded)
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));

        var operation = Arm.Workspace(service).GetMachineLearningOnlineEndpoints().CreateOrUpdate(WaitUntil.Completed, "heart", Body());

        Assert.That(operation.Value.Data.Properties.ProvisioningState, Is.EqualTo(MachineLearningEndpointProvisioningState.Succeeded));
    }

    [Test]
    public async Task The_polling_address_is_followed_to_the_letter()
    {
        const string Signed = "?api-version=2022-02-01-preview&t=638&c=MIIHhzCCBm-gAw_IB&s=a-b_c%2Bd&h=xyz~1";
        using var service = new ScriptedService()
            .On(
                "PUT",
                "/onlineEndpoints/heart",
                201,
                Arm.Endpoint("Creating"),
                ("Azure-AsyncOperation", "https://management.azure.com" + Arm.PollPath + Signed))
            .On("GET", Arm.PollPath, 200, Arm.Running);

        var operation = await CreateEndpoint(service, WaitUntil.Started);
        await operation.UpdateStatusAsync();

        Assert.That(service.Requests[^1].Uri.OriginalString, Is.EqualTo("https://management.azure.com" + Arm.PollPath + Signed));
    }

    [Test]
    public async Task A_poll_that_names_a_new_address_is_followed_there()
    {
        const string Newer = "/providers/Microsoft.MachineLearningServices/locations/westus/mfeOperationsStatus/oe:1:3";
        using var service = new ScriptedService()
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", Arm.PollPath, 200, Arm.Running, ("Azure-AsyncOperation", "https://management.azure.com" + Newer + "?t=2"))
            .On("GET", Newer, 200, Arm.Succeeded)
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));

        var operation = await CreateEndpoint(service, WaitUntil.Started);
        await operation.UpdateStatusAsync();
        await operation.UpdateStatusAsync();

        Assert.That(operation.HasCompleted);
        Assert.That(service.Requests.Count(request => request.Path.EndsWith("oe:1:3", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase("Failed")]
    [TestCase("canceled")]
    [TestCase("CANCELLED")]
    public async Task A_failed_operation_throws_the_services_code_and_message_each_time_it_is_asked(string status)
    {
        using var service = new ScriptedService()
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", Arm.PollPath, 200, $$"""{"status":"{{status}}","error":{"code":"OutOfQuota","message":"Not enough cores."} }""");
        var operation = await CreateEndpoint(service, WaitUntil.Started);

        var first = await Assert.ThrowsAsync<RequestFailedException>(async () => await operation.UpdateStatusAsync());
        var second = await Assert.ThrowsAsync<RequestFailedException>(async () => await operation.UpdateStatusAsync());

        Assert.That(first!.ErrorCode, Is.EqualTo("OutOfQuota"));
        Assert.That(first.Message, Does.Contain("Not enough cores."));
        Assert.That(second, Is.SameAs(first));
        Assert.That((operation.HasCompleted, operation.HasValue), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_failed_operation_without_a_reason_says_its_state()
    {
        using var service = new ScriptedService()
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", Arm.PollPath, 200, """{"status":"Canceled"}""");
        var operation = await CreateEndpoint(service, WaitUntil.Started);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(async () => await operation.UpdateStatusAsync());

        Assert.That(failure!.ErrorCode, Is.EqualTo("Canceled"));
    }

    [Test]
    public async Task A_poll_that_is_refused_leaves_the_operation_open()
    {
        using var service = new ScriptedService()
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"), ("Azure-AsyncOperation", Arm.PollUri))
            .On(
                "GET",
                Arm.PollPath,
                _ => ScriptedService.Answer(404, Arm.Error("NotFound", "not yet")),
                _ => ScriptedService.Answer(200, Arm.Succeeded))
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));
        var operation = await CreateEndpoint(service, WaitUntil.Started);

        await Assert.ThrowsAsync<RequestFailedException>(async () => await operation.UpdateStatusAsync());
        var afterRefusal = operation.HasCompleted;
        await operation.UpdateStatusAsync();

        Assert.That(afterRefusal, Is.False);
        Assert.That(operation.HasValue);
    }

    [Test]
    public async Task Without_an_operation_address_the_state_in_the_resource_decides()
    {
        using var service = new ScriptedService()
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Creating"))
            .On(
                "GET",
                "/onlineEndpoints/heart",
                _ => ScriptedService.Answer(200, Arm.Endpoint("Updating")),
                _ => ScriptedService.Answer(200, Arm.Endpoint("succeeded")));

        var operation = await CreateEndpoint(service, WaitUntil.Started);
        await operation.UpdateStatusAsync();
        var underWay = operation.HasCompleted;
        await operation.UpdateStatusAsync();

        Assert.That(underWay, Is.False);
        Assert.That(operation.Value.Data.Name, Is.EqualTo("heart"));
        Assert.That(service.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_put_that_is_done_at_once_is_not_polled()
    {
        using var service = new ScriptedService().On("PUT", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"));

        var operation = await CreateEndpoint(service, WaitUntil.Completed);

        Assert.That(operation.HasValue);
        Assert.That(service.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_deletion_follows_its_operation_and_leaves_the_result_address_alone()
    {
        using var service = new ScriptedService()
            .On(
                "DELETE",
                "/onlineEndpoints/heart",
                202,
                "null",
                ("Azure-AsyncOperation", Arm.PollUri),
                ("Location", "https://management.azure.com/result"))
            .On("GET", Arm.PollPath, _ => ScriptedService.Answer(200, Arm.Running), _ => ScriptedService.Answer(200, Arm.Succeeded));
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var operation = await endpoint.DeleteAsync(WaitUntil.Started);
        await operation.UpdateStatusAsync();
        var underWay = operation.HasCompleted;
        await operation.UpdateStatusAsync();

        Assert.That(underWay, Is.False);
        Assert.That(operation.HasCompleted);
        Assert.That(service.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Deleting_what_is_missing_is_done_at_once()
    {
        using var service = new ScriptedService().On("DELETE", "/onlineEndpoints/heart", 204);
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var operation = await endpoint.DeleteAsync(WaitUntil.Started);

        Assert.That(operation.HasCompleted);
    }

    [Test]
    public async Task A_deletion_with_only_a_location_ends_when_the_location_stops_saying_202()
    {
        using var service = new ScriptedService()
            .On("DELETE", "/onlineEndpoints/heart", 202, "", ("Location", "https://management.azure.com/result"))
            .On("GET", "/result", _ => ScriptedService.Answer(202), _ => ScriptedService.Answer(204));
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var operation = await endpoint.DeleteAsync(WaitUntil.Started);
        await operation.UpdateStatusAsync();
        var underWay = operation.HasCompleted;
        await operation.UpdateStatusAsync();

        Assert.That(underWay, Is.False);
        Assert.That(operation.HasCompleted);
    }

    [Test]
    public async Task A_patch_sends_only_what_it_changes_and_reads_its_result()
    {
        using var service = new ScriptedService()
            .On(
                "PATCH",
                "/onlineEndpoints/heart",
                202,
                "",
                ("Azure-AsyncOperation", Arm.PollUri),
                ("Location", "https://management.azure.com/result"))
            .On("GET", Arm.PollPath, 200, Arm.Succeeded)
            .On("GET", "/result", 204)
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", tags: """{"a":"1"}"""));
        var endpoint = Arm.Client(service).GetMachineLearningOnlineEndpointResource(
            new ResourceIdentifier(Arm.Base + "/onlineEndpoints/heart"));

        var operation = await endpoint.UpdateAsync(
            WaitUntil.Started, new MachineLearningResourcePatchWithIdentity { Tags = { ["a"] = "1" } });
        await operation.UpdateStatusAsync();

        Assert.That(service.Requests[0].Body, Is.EqualTo("""{"tags":{"a":"1"}}"""));
        Assert.That(operation.Value.Data.Tags, Contains.Key("a"));
    }

    [Test]
    public async Task A_refusal_carries_status_code_and_message()
    {
        using var service = new ScriptedService().On("PUT", "/onlineEndpoints/heart", 409, Arm.Error("Conflict", "One at a time."));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => CreateEndpoint(service, WaitUntil.Started));

        Assert.That((refusal!.Status, refusal.ErrorCode), Is.EqualTo((409, "Conflict")));
        Assert.That(refusal.Message, Does.Contain("One at a time."));
    }

    private static Task<ArmOperation<MachineLearningOnlineEndpointResource>> CreateEndpoint(ScriptedService service, WaitUntil waitUntil) =>
        Arm.Workspace(service).GetMachineLearningOnlineEndpoints().CreateOrUpdateAsync(waitUntil, "heart", Body());

    private static MachineLearningOnlineEndpointData Body() =>
        new(AzureLocation.WestUS, new MachineLearningOnlineEndpointProperties(MachineLearningEndpointAuthMode.Key));
}
