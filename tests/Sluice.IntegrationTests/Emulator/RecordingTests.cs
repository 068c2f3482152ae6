using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Sends what official clients were recorded to send, and compares the answers' shape with the real service's.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecordingTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task An_endpoint_from_its_first_404_to_its_deletion()
    {
        foreach (var recorded in RecordedExchange.Read("exact-cli-endpoint-create-get-list-delete.json"))
        {
            Compare(recorded, await ReplayAsync(recorded));
        }
    }

    [Test]
    public async Task A_deployments_first_answer_and_its_polls()
    {
        var recording = RecordedExchange.Read("exact-cli-deployment-put-and-first-polls.json");
        var put = recording.Single(exchange => exchange.Method == "PUT");
        await Arm.PutToEndAsync("onlineEndpoints/test-onl-endpt-000005-91", ArmClient.EndpointBody());

        var answer = await Arm.PutAsync("onlineEndpoints/test-onl-endpt-000005-91/deployments/green", put.Request!);

        Compare(put, answer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)answer.Json["properties"]!["provisioningState"], Is.EqualTo((string?)put.Json["properties"]!["provisioningState"]));
            Assert.That(
                answer.Json["properties"]!["requestSettings"]!.ToJsonString(), Is.EqualTo(put.Json["properties"]!["requestSettings"]!.ToJsonString()));
            Assert.That(answer.Json["sku"]!.ToJsonString(), Is.EqualTo(put.Json["sku"]!.ToJsonString()));
        }
    }

    [Test]
    public async Task Traffic_moves_as_recorded_the_old_maps_first()
    {
        var recording = RecordedExchange.Read("exact-cli-traffic-10-90-to-100-mirror-delete.json");
        await HeartEndpoint.RegisterModelsAsync(_emulator);
        const string path = "onlineEndpoints/test-onl-endpt-000005-91";
        var empty = ArmClient.EndpointBody(authMode: "AMLToken");
        empty["location"] = "westus";
        await Arm.PutToEndAsync(path, empty);
        await Arm.PutToEndAsync($"{path}/deployments/green", Arm.DeploymentBody());
        await Arm.PutToEndAsync($"{path}/deployments/not-green", Arm.DeploymentBody());
        var before = ArmClient.EndpointBody(new Dictionary<string, int> { ["green"] = 50, ["not-green"] = 50 }, authMode: "AMLToken");
        before["location"] = "westus";
        before["tags"] = new JsonObject { ["endpointkey1"] = "value1" };
        await Arm.PutToEndAsync(path, before);

        foreach (var recorded in recording.Where(exchange => exchange.Method is "PUT" or "DELETE"))
        {
            var answer = await ReplayAsync(recorded);

            Compare(recorded, answer);
            if (recorded.Method == "PUT")
            {
                foreach (var map in new[] { "traffic", "mirrorTraffic" })
                {
                    Assert.That(answer.Json["properties"]![map]!.ToJsonString(), Is.EqualTo(recorded.Json["properties"]![map]!.ToJsonString()));
                }
            }

            await Arm.EndOfAsync(answer);
        }
    }

    [Test]
    public async Task A_model_version_as_the_Python_client_registers_it()
    {
        foreach (var recorded in RecordedExchange.Read("exact-sdk-mlflow-model-version-with-stage.json").Where(e => e.Path.StartsWith("/subscriptions", StringComparison.Ordinal)))
        {
            var answer = await ReplayAsync(recorded, query: recorded.Path.EndsWith("/versions", StringComparison.Ordinal) ? "?stage=Production&listViewType=ActiveOnly" : "");

            Compare(recorded, answer);
        }
    }

    /// <summary>Sends a recorded request to this workspace; a poll follows the operation that was begun last.</summary>
    private async Task<ArmAnswer> ReplayAsync(RecordedExchange recorded, string query = "")
    {
        const string mark = "/workspaces/";
        if (recorded.Path.Contains("/mfeOperationsStatus/", StringComparison.Ordinal))
        {
            var endpoint = await Arm.GetAsync("onlineEndpoints");
            return await Arm.GetAsync((string)endpoint.Json["value"]![0]!["properties"]!["properties"]!["AzureAsyncOperationUri"]!);
        }

        var rest = recorded.Path[(recorded.Path.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        var below = rest.Contains('/', StringComparison.Ordinal) ? rest[rest.IndexOf('/', StringComparison.Ordinal)..] : "";
        return await Arm.SendAsync(new HttpMethod(recorded.Method), $"{Arm.Workspace}{below}{query}", recorded.Request?.DeepClone());
    }

    private static void Compare(RecordedExchange recorded, ArmAnswer answer)
    {
        using (Assert.EnterMultipleScope())
        {
            var what = $"{recorded.Method} {recorded.Path}";
            Assert.That((int)answer.Status, Is.EqualTo(recorded.Status), $"{what}: {answer.Text}");
            Assert.That(answer.Headers.Keys.Select(name => name.ToLowerInvariant()), Is.SupersetOf(recorded.Headers), what);
            if (recorded.Body.Length > 0)
            {
                Assert.That(Shape(answer.Json), Is.EqualTo(Shape(recorded.Json)), what);
            }
        }
    }

    // The workspace of the recording has services behind it that a local one has not.
    private static IEnumerable<string> Shape(JsonNode? node) => RecordedExchange.Members(node)
        .Where(member => !member.StartsWith("/properties/notebookInfo/", StringComparison.Ordinal))
        .Where(member => member is not ("/properties/acrSkuTier" or "/properties/sdkTelemetryAppInsightsKey"));
}
