using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Sends what official clients were recorded to send, and compares the answers' shape with the real service's.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecordingTests
{
    private const string MetadataPrefix = "x-ms-meta-";
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    // Headers whose values are the same in every answer of their kind; the others carry ids, times and counters.
    private static readonly string[] FixedHeaders =
    [
        "cache-control", "pragma", "expires", "content-type", "x-content-type-options", "x-ms-response-type", "x-ms-failure-cause",
        "x-ms-async-operation-timeout",
    ];

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
        await Arm.PutToEndAsync("onlineEndpoints/test-onl-endpt-000005-91", ArmClient.EndpointBody());
        await _emulator.Azure.DisposeAsync();
        await using var slow = await RunningEmulator.StartAsync(_emulator.Folder, LatencyProfile.Azure, timeScale: 1000);

        ArmAnswer? put = null;
        foreach (var recorded in recording)
        {
            var answer = recorded.IsPoll
                ? await slow.Arm.GetAsync(put!.Header("Azure-AsyncOperation")!)
                : await SendAsync(slow.Arm, recorded);
            put ??= recorded.Method == "PUT" ? answer : null;

            Compare(recorded, answer);
        }

        var sent = recording.Single(exchange => exchange.Method == "PUT").Json;
        using (Assert.EnterMultipleScope())
        {
            foreach (var member in new[] { "provisioningState", "requestSettings" })
            {
                Assert.That(
                    put!.Json["properties"]![member]!.ToJsonString(), Is.EqualTo(sent["properties"]![member]!.ToJsonString()), member);
            }

            Assert.That(put!.Json["sku"]!.ToJsonString(), Is.EqualTo(sent["sku"]!.ToJsonString()));
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

        foreach (var recorded in recording)
        {
            var answer = await ReplayAsync(recorded);

            Compare(recorded, answer);
            foreach (var map in new[] { "traffic", "mirrorTraffic" })
            {
                Assert.That(
                    answer.Json?["properties"]?[map]?.ToJsonString(), Is.EqualTo(recorded.Json?["properties"]?[map]?.ToJsonString()), recorded.Path);
            }
        }
    }

    [Test]
    public async Task A_model_version_as_the_Python_client_registers_it()
    {
        var recording = RecordedExchange.Read("exact-sdk-mlflow-model-version-with-stage.json");
        var container = await BlobClients.ModelsAsync(_emulator);
        foreach (var recorded in recording)
        {
            if (recorded.Path.StartsWith("/subscriptions", StringComparison.Ordinal))
            {
                Compare(recorded, await ReplayAsync(recorded));
            }
            else
            {
                await CompareBlobAsync(recorded, container);
            }
        }
    }

    // The recorded client asks for the marker that an upload of the same content would have left, in a container of its workspace.
    private static async Task CompareBlobAsync(RecordedExchange recorded, BlobContainerClient container)
    {
        var blob = container.GetBlobClient(recorded.Path.Split('/', 3)[2]);
        if (recorded.Status == 200)
        {
            await blob.UploadAsync(BinaryData.FromString("flavors:"), new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = recorded.Headers["Content-Type"] },
                Metadata = recorded.Headers
                    .Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                    .ToDictionary(header => header.Key[MetadataPrefix.Length..], header => header.Value),
            });
        }

        var answer = await HeadAsync(blob);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(recorded.Status), recorded.Path);
            Assert.That(answer.Headers.Select(header => header.Name.ToLowerInvariant()), Is.SupersetOf(
                recorded.Headers.Keys.Select(name => name.ToLowerInvariant()).Except(["server"])), recorded.Path);
        }
    }

    private static async Task<Response> HeadAsync(BlobClient blob)
    {
        try
        {
            return (await blob.GetPropertiesAsync()).GetRawResponse();
        }
        catch (RequestFailedException missing)
        {
            return missing.GetRawResponse()!;
        }
    }

    /// <summary>Sends a recorded request to this workspace; a poll follows the operation that was begun last.</summary>
    private async Task<ArmAnswer> ReplayAsync(RecordedExchange recorded)
    {
        if (recorded.IsPoll)
        {
            var endpoint = await Arm.GetAsync("onlineEndpoints");
            return await Arm.GetAsync((string)endpoint.Json["value"]![0]!["properties"]!["properties"]!["AzureAsyncOperationUri"]!);
        }

        return await SendAsync(Arm, recorded);
    }

    private static Task<ArmAnswer> SendAsync(ArmClient arm, RecordedExchange recorded)
    {
        const string mark = "/workspaces/";
        var rest = recorded.Path[(recorded.Path.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        var below = rest.Contains('/', StringComparison.Ordinal) ? rest[rest.IndexOf('/', StringComparison.Ordinal)..] : "";
        return arm.SendAsync(new HttpMethod(recorded.Method), $"{arm.Workspace}{below}{recorded.Query}", recorded.Request?.DeepClone());
    }

    private static void Compare(RecordedExchange recorded, ArmAnswer answer)
    {
        using (Assert.EnterMultipleScope())
        {
            var what = $"{recorded.Method} {recorded.Path}";
            Assert.That((int)answer.Status, Is.EqualTo(recorded.Status), $"{what}: {answer.Text}");
            Assert.That(recorded.Headers.Keys.Where(name => answer.Header(name) is null), Is.Empty, what);
            foreach (var header in FixedHeaders.Where(recorded.Headers.ContainsKey))
            {
                Assert.That(answer.Header(header), Is.EqualTo(recorded.Headers[header]), $"{what}: {header}");
            }

            Assert.That(answer.Header("Retry-After"), Is.EqualTo(recorded.Headers.GetValueOrDefault("Retry-After")), what);
            if (recorded.Body.Length > 0)
            {
                Assert.That(Shape(answer.Json, recorded.Json), Is.EqualTo(Shape(recorded.Json, answer.Json)), what);
                Assert.That(KindsApart(answer.Json, recorded.Json), Is.Empty, what);
            }
        }
    }

    // The workspace of the recording has services behind it that a local one has not, and its deployments have code and environments:
    // what is below a member that is null in the other document cannot be compared.
    private static IEnumerable<string> Shape(JsonNode? node, JsonNode? other)
    {
        var compared = RecordedExchange.Kinds(other).Select(found => found.Path).ToHashSet(StringComparer.Ordinal);
        return RecordedExchange.Members(node)
            .Where(member => compared.Contains(member[..member.LastIndexOf('/')]))
            .Where(member => member is not ("/properties/acrSkuTier" or "/properties/sdkTelemetryAppInsightsKey"));
    }

    private static IEnumerable<string> KindsApart(JsonNode? node, JsonNode? other) =>
        from ours in RecordedExchange.Kinds(node).Distinct()
        join theirs in RecordedExchange.Kinds(other).Distinct() on ours.Path equals theirs.Path
        where ours.Kind != theirs.Kind
        select $"{ours.Path} is {ours.Kind}, recorded is {theirs.Kind}";
}
