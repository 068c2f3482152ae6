using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Sluice.Emulator.Faults;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Each fault over the wire, as a plain client meets it.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
internal sealed class FaultTests
{
    private const string Endpoint = "onlineEndpoints/heart";

    [Test]
    public async Task A_throttled_request_is_told_how_long_to_wait_and_has_no_effect()
    {
        await using var emulator = await StartAsync(
            """{ "method": "PUT", "path": "*/onlineEndpoints/*", "times": 1, "answer": { "status": 429, "retryAfter": "PT2.5S" } }""");

        var refused = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        var missing = await emulator.Arm.GetAsync(Endpoint);
        var taken = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((HttpStatusCode.TooManyRequests, "TooManyRequests")));
            Assert.That(refused.Header("Retry-After"), Is.EqualTo("3"));
            Assert.That(refused.Header("x-ms-failure-cause"), Is.EqualTo("gateway"));
            Assert.That(refused.Header("x-ms-request-id"), Is.Not.Empty);
            Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(taken.Status, Is.EqualTo(HttpStatusCode.Created));
        }
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(409)]
    [TestCase(412)]
    public async Task Any_status_can_come_with_a_code_and_a_message(int status)
    {
        await using var emulator = await StartAsync(
            $$"""{ "surface": "arm", "answer": { "status": {{status}}, "code": "Odd", "message": "It is odd." } }""");

        var answer = await emulator.Arm.GetAsync(Endpoint);

        Assert.That(
            ((int)answer.Status, answer.ErrorCode, answer.ErrorMessage.Trim()), Is.EqualTo((status, "Odd", "It is odd.")));
    }

    [Test]
    public async Task An_answer_can_be_lost_after_the_effect_and_nothing_of_it_is_told()
    {
        await using var emulator = await StartAsync(
            """{ "method": "PUT", "times": 1, "answer": { "status": 503, "moment": "after" } }""");

        var lost = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        var made = await emulator.Arm.GetAsync(Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((lost.Status, lost.ErrorCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")));
            Assert.That(lost.Header("Azure-AsyncOperation"), Is.Null);
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase("before", HttpStatusCode.NotFound)]
    [TestCase("after", HttpStatusCode.OK)]
    public async Task A_connection_is_reset_before_or_after_the_effect(string moment, HttpStatusCode then)
    {
        await using var emulator = await StartAsync($$"""{ "method": "PUT", "times": 1, "reset": { "moment": "{{moment}}" } }""");

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody()));
        var seen = await emulator.Arm.GetAsync(Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((fault!.GetBaseException() as SocketException)?.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset), $"{fault}");
            Assert.That(seen.Status, Is.EqualTo(then));
        }
    }

    [TestCase("before", HttpStatusCode.NotFound)]
    [TestCase("after", HttpStatusCode.OK)]
    public async Task A_request_is_held_back_before_or_after_its_effect(string moment, HttpStatusCode meanwhile)
    {
        await using var emulator = await StartAsync(
            $$"""{ "method": "PUT", "times": 1, "delay": { "time": "PT1H", "moment": "{{moment}}" } }""");
        using var patience = new CancellationTokenSource();
        using var body = new StringContent(ArmClient.EndpointBody().ToJsonString(), Encoding.UTF8, "application/json");

        var held = emulator.Http.PutAsync($"{emulator.Arm.Workspace}/{Endpoint}?api-version=2023-10-01", body, patience.Token);
        await Until.TrueAsync(
            async () => (int)(await FaultsAsync(emulator))["rules"]![0]!["happened"]! > 0 && (await emulator.Arm.GetAsync(Endpoint)).Status == meanwhile,
            "the request to be held back");

        var isHeld = !held.IsCompleted;
        await patience.CancelAsync();

        Assert.That(isHeld, Is.True);
        await Assert.CatchAsync<OperationCanceledException>(() => held);
        Assert.That((await emulator.Arm.GetAsync(Endpoint)).Status, Is.EqualTo(meanwhile));
    }

    [Test]
    public async Task An_answer_breaks_off_in_its_middle_after_it_has_promised_more()
    {
        await using var emulator = await StartAsync("""{ "path": "*/workspaces/*", "truncate": { "share": 0.5 } }""");
        var address = $"{emulator.Arm.Workspace}?api-version=2023-10-01";
        using var response = await emulator.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[response.Content.Headers.ContentLength!.Value];

        var fault = await Assert.CatchAsync<IOException>(async () => await stream.ReadExactlyAsync(buffer));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(fault, Is.InstanceOf<HttpIOException>());
            Assert.That(buffer[(buffer.Length / 2) - 1], Is.Not.Zero);
            Assert.That(buffer[buffer.Length / 2], Is.Zero);
        }
    }

    [Test]
    public async Task A_stale_read_shows_what_was_there_before_the_last_change()
    {
        await using var emulator = await StartAsync("""{ "path": "*/onlineEndpoints/heart", "times": 2, "stale": {} }""");
        var none = await emulator.Arm.GetAsync(Endpoint);
        await emulator.Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody());

        var stale = await emulator.Arm.GetAsync(Endpoint);
        var again = await emulator.Arm.GetAsync(Endpoint);
        var fresh = await emulator.Arm.GetAsync(Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((stale.Status, stale.Text), Is.EqualTo((HttpStatusCode.NotFound, none.Text)));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(fresh.Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase("fails", "Failed", "Failed")]
    [TestCase("showsFailed", "Failed", "Succeeded")]
    [TestCase("showsSucceeded", "Succeeded", "Failed")]
    public async Task An_operation_ends_as_its_rule_says(string end, string polled, string state)
    {
        await using var emulator = await StartAsync(
            $$"""{ "method": "PUT", "operation": { "end": "{{end}}", "code": "Broken", "message": "It broke." } }""");

        var started = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        var shown = await emulator.Arm.EndOfAsync(started);
        var seen = await emulator.Arm.GetAsync(Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(started.Status, Is.EqualTo(HttpStatusCode.Created), started.Text);
            Assert.That((string?)shown["status"], Is.EqualTo(polled));
            Assert.That((string?)shown["error"]?["details"]?[0]?["message"], Is.EqualTo(polled == "Failed" ? "It broke." : null));
            Assert.That((string?)seen.Json["properties"]!["provisioningState"], Is.EqualTo(state));
        }
    }

    [Test]
    public async Task An_operation_hangs_and_keeps_its_endpoint_busy()
    {
        await using var emulator = await StartAsync("""{ "method": "PUT", "after": 1, "operation": { "end": "hangs" } }""");
        await emulator.Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody());

        var started = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        var polled = await emulator.Arm.GetAsync(started.Header("Azure-AsyncOperation")!);
        var refused = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        var rule = (await FaultsAsync(emulator))["rules"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)polled.Json["status"], Is.EqualTo("Updating"));
            Assert.That((int)refused.Status, Is.InRange(400, 409), refused.Text);
            Assert.That(((int)rule["met"]!, (int)rule["happened"]!), Is.EqualTo((2, 1)), "A refused request begins no operation.");
        }
    }

    [Test]
    public async Task A_hung_operation_hangs_on_after_a_restart()
    {
        var folder = RunningEmulator.NewFolder();
        ArmAnswer started;
        var faults = Rules("""{ "method": "PUT", "operation": { "end": "hangs" } }""");
        await using (var first = await RunningEmulator.StartAsync(folder, faults: faults))
        {
            started = await first.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        }

        await using var second = await RunningEmulator.StartAsync(folder);
        var polled = await second.Arm.GetAsync(started.Header("Azure-AsyncOperation")!);

        Assert.That((string?)polled.Json["status"], Is.EqualTo("Updating"));
        await second.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_deployment_that_fails_by_rule_serves_nothing_and_has_a_log()
    {
        await using var emulator = await StartAsync("""{ "path": "*/deployments/green", "operation": { "end": "fails" } }""");
        await HeartEndpoint.CreateAsync(emulator, "blue");

        var end = await emulator.Arm.EndOfAsync(
            await emulator.Arm.PutAsync($"{HeartEndpoint.Path}/deployments/green", emulator.Arm.DeploymentBody()));
        var log = await emulator.Arm.PostAsync($"{HeartEndpoint.Path}/deployments/green/getLogs", new JsonObject());
        var scored = await HeartEndpoint.ScoreAsync(emulator, "green");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)end["status"], Is.EqualTo("Failed"));
            Assert.That(log.Text, Does.Contain("A fault rule of the local Azure ML failed this operation."));
            Assert.That(scored.Status, Is.Not.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Blobs_and_scores_are_hit_on_their_own_wire()
    {
        await using var emulator = await StartAsync(
            """{ "surface": "blob", "method": "PUT", "path": "*/hit", "answer": { "status": 503 } }""",
            """{ "surface": "scoring", "answer": { "status": 429, "retryAfter": "PT1S" } }""");
        await HeartEndpoint.CreateAsync(emulator, "blue");
        var container = await BlobClients.ModelsAsync(emulator);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => container.GetBlobClient("hit").UploadAsync(BinaryData.FromString("x")));
        await container.GetBlobClient("spared").UploadAsync(BinaryData.FromString("x"));
        var scored = await HeartEndpoint.ScoreAsync(emulator, "blue");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused!.Status, refused.ErrorCode), Is.EqualTo((503, "ServerBusy")));
            Assert.That((await container.GetBlobClient("hit").ExistsAsync()).Value, Is.False);
            Assert.That(scored.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        }
    }

    [Test]
    public async Task A_request_passes_through_all_rules_that_fit_and_what_one_ends_the_next_does_not_see()
    {
        await using var emulator = await StartAsync(
            """{ "delay": { "time": "PT0S" } }""",
            """{ "times": 1, "answer": { "status": 500 } }""",
            """{ "answer": { "status": 503 } }""");

        var first = await emulator.Arm.GetAsync(Endpoint);
        var second = await emulator.Arm.GetAsync(Endpoint);
        var counts = (await FaultsAsync(emulator))["rules"]!.AsArray().Select(rule => ((int)rule!["met"]!, (int)rule["happened"]!));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)first.Status, (int)second.Status), Is.EqualTo((500, 503)));
            Assert.That(counts, Is.EqualTo(new[] { (2, 2), (2, 1), (1, 1) }));
        }
    }

    [Test]
    public async Task The_same_seed_and_the_same_requests_give_the_same_faults()
    {
        const string rule = """{ "probability": 0.4, "answer": { "status": 500 } }""";
        async Task<string> RunAsync(int seed)
        {
            await using var emulator = await RunningEmulator.StartAsync(faults: Rules(rule), seed: seed);
            var statuses = new StringBuilder();
            for (var i = 0; i < 40; i++)
            {
                statuses.Append((int)(await emulator.Arm.GetAsync("onlineEndpoints")).Status).Append(' ');
            }

            return statuses.ToString();
        }

        var first = await RunAsync(3);
        var again = await RunAsync(3);
        var other = await RunAsync(4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
            Assert.That(first, Does.Contain("500").And.Contain("200"));
        }
    }

    [Test]
    public async Task What_goes_beyond_a_budget_is_refused_as_Azure_refuses_it_until_tokens_are_back()
    {
        await using var emulator = await RunningEmulator.StartAsync(
            faults: """{ "budgets": { "reads": { "size": 3, "perSecond": 1 } } }""");

        var answers = new List<ArmAnswer>();
        while (answers.Count < 50 && answers.LastOrDefault()?.Status != HttpStatusCode.TooManyRequests)
        {
            answers.Add(await emulator.Arm.GetAsync("onlineEndpoints"));
        }

        var refused = answers[^1];
        var written = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        await Task.Delay(TimeSpan.FromSeconds(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture)));
        var later = await emulator.Arm.GetAsync("onlineEndpoints");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[0].Header("x-ms-ratelimit-remaining-subscription-reads"), Is.EqualTo("2"));
            Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((HttpStatusCode.TooManyRequests, "SubscriptionRequestsThrottled")));
            Assert.That(refused.Header("x-ms-ratelimit-remaining-subscription-reads"), Is.EqualTo("0"));
            Assert.That(refused.Header("Retry-After"), Is.EqualTo("1"));
            Assert.That(written.Status, Is.EqualTo(HttpStatusCode.Created), "Writes have a budget of their own.");
            Assert.That(written.Header("x-ms-ratelimit-remaining-subscription-writes"), Is.EqualTo("199"));
            Assert.That(later.Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase("PT1H", 1)]
    [TestCase("-PT1H", -1)]
    public async Task A_skewed_clock_is_in_headers_documents_and_the_ends_of_tokens(string skew, int hours)
    {
        await using var emulator = await RunningEmulator.StartAsync(faults: $$"""{ "clockSkew": "{{skew}}" }""");
        var before = DateTimeOffset.UtcNow.AddHours(hours).AddSeconds(-2);

        await emulator.Arm.PutToEndAsync(Endpoint, ArmClient.EndpointBody(authMode: "AMLToken"));
        var seen = await emulator.Arm.GetAsync(Endpoint);
        var token = await emulator.Arm.PostAsync($"{Endpoint}/token");
        var after = DateTimeOffset.UtcNow.AddHours(hours).AddSeconds(2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(DateTimeOffset.Parse(seen.Header("Date")!, CultureInfo.InvariantCulture), Is.InRange(before, after));
            Assert.That(
                DateTimeOffset.Parse((string)seen.Json["systemData"]!["createdAt"]!, CultureInfo.InvariantCulture),
                Is.InRange(before, after));
            Assert.That(
                DateTimeOffset.FromUnixTimeSeconds((long)token.Json["expiryTimeUtc"]!),
                Is.GreaterThan(before).And.LessThan(after.AddDays(2)));
        }
    }

    [Test]
    public async Task A_signature_of_now_is_refused_by_a_store_whose_clock_is_far_behind()
    {
        await using var emulator = await RunningEmulator.StartAsync(faults: """{ "clockSkew": "-PT1H" }""");
        var container = await BlobClients.ModelsAsync(emulator);
        var now = DateTimeOffset.UtcNow;
        var signed = container.GetBlobClient("any").GenerateSasUri(
            new BlobSasBuilder(BlobSasPermissions.Write | BlobSasPermissions.Create, now.AddMinutes(30)) { StartsOn = now });
        var blob = new BlobClient(signed, BlobClients.Options(emulator));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("x")));

        Assert.That(refused!.Status, Is.EqualTo(403));
    }

    [TestCase("full", "blobs")]
    [TestCase("full", "state")]
    [TestCase("readOnly", "blobs")]
    [TestCase("readOnly", "state")]
    public async Task A_disk_that_takes_no_write_is_an_error_of_the_storage_and_loses_nothing(string state, string area)
    {
        var folder = RunningEmulator.NewFolder();
        await using (var emulator = await RunningEmulator.StartAsync(folder))
        {
            var container = await BlobClients.ModelsAsync(emulator);
            var block = container.GetBlockBlobClient("block");
            var append = container.GetAppendBlobClient("append");
            await block.UploadAsync(Bytes("old"));
            await append.CreateAsync();
            await append.AppendBlockAsync(Bytes("old"));
            await block.StageBlockAsync(Convert.ToBase64String("1"u8), Bytes("staged"));
            await PutFaultsAsync(emulator, Rules($$"""{ "disk": { "state": "{{state}}", "area": "{{area}}" } }"""));

            var refusals = new[]
            {
                await RefusalAsync(() => block.UploadAsync(Bytes("new"))),
                await RefusalAsync(() => append.AppendBlockAsync(Bytes("new"))),
                await RefusalAsync(() => block.StageBlockAsync(Convert.ToBase64String("2"u8), Bytes("more"))),
                await RefusalAsync(() => block.CommitBlockListAsync([Convert.ToBase64String("1"u8)])),
                await RefusalAsync(() => container.GetAppendBlobClient("another").CreateAsync()),
            };
            var put = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
            var none = await emulator.Arm.GetAsync(Endpoint);
            await emulator.Http.DeleteAsync("/admin/faults");
            await append.AppendBlockAsync(Bytes("new"));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(refusals, Has.All.EqualTo((500, "InternalError")));
                Assert.That(put.Status, Is.EqualTo(area == "state" ? HttpStatusCode.InternalServerError : HttpStatusCode.Created), put.Text);
                Assert.That(none.Status, Is.EqualTo(area == "state" ? HttpStatusCode.NotFound : HttpStatusCode.OK));
            }
        }

        var files = Directory.GetFiles(Path.Combine(folder, "blobs")).Length;
        await using var again = await RunningEmulator.StartAsync(folder);
        var kept = await BlobClients.ModelsAsync(again);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Is.EqualTo(3), "A content that is no blob's was left behind.");
            Assert.That(await TextAsync(kept, "block"), Is.EqualTo("old"));
            Assert.That(await TextAsync(kept, "append"), Is.EqualTo("oldnew"));
            Assert.That((await kept.GetBlobClient("another").ExistsAsync()).Value, Is.False);
        }

        await again.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_faults_can_be_looked_at_exchanged_and_taken_away_while_it_serves()
    {
        await using var emulator = await RunningEmulator.StartAsync(seed: 5);

        var put = await PutFaultsAsync(emulator, Rules("""{ "path": "*/heart", "answer": { "status": 500 } }"""));
        var hit = await emulator.Arm.GetAsync($"{Endpoint}?sig=secret");
        var shown = await FaultsAsync(emulator);
        using var deleted = await emulator.Http.DeleteAsync("/admin/faults");
        var spared = await emulator.Arm.GetAsync("onlineEndpoints");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((int)hit.Status, Is.EqualTo(500));
            Assert.That((int)shown["seed"]!, Is.EqualTo(5));
            Assert.That((string?)shown["rules"]![0]!["path"], Is.EqualTo("*/heart"));
            Assert.That((int)shown["rules"]![0]!["happened"]!, Is.EqualTo(1));
            Assert.That(
                (string?)shown["happened"]![0]!["text"],
                Is.EqualTo($"GET {emulator.Arm.Workspace}/{Endpoint} was answered 500 before its effect."));
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(spared.Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task A_document_with_a_mistake_is_refused_and_changes_nothing()
    {
        await using var emulator = await StartAsync("""{ "answer": { "status": 500 } }""");

        using var refused = await PutFaultsAsync(
            emulator, """{ "clockSkew": "PT1H", "rules": [{ "reset": {} }, { "answer": { "status": 7 } }] }""");
        var text = await refused.Content.ReadAsStringAsync();
        var shown = await FaultsAsync(emulator);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(
                (string?)JsonNode.Parse(text)!["error"]!["message"],
                Does.Contain("'rules[1].answer.status' is 7; expected is an integer from 400 to 599"));
            Assert.That((string?)shown["clockSkew"], Is.EqualTo("PT0S"));
            Assert.That(shown["rules"]!.AsArray(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Who_has_no_token_neither_sees_nor_changes_the_faults()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        emulator.Http.DefaultRequestHeaders.Authorization = new("Bearer", "guess");

        using var seen = await emulator.Http.GetAsync("/admin/faults");
        using var changed = await PutFaultsAsync(emulator, Rules("""{ "reset": {} }"""));
        using var posted = await emulator.Http.PostAsync("/admin/faults", content: null);

        Assert.That(
            new[] { seen.StatusCode, changed.StatusCode, posted.StatusCode }, Has.All.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Somebody_who_attaches_does_not_change_the_faults_of_who_serves()
    {
        await using var serving = await StartAsync("""{ "path": "*/onlineEndpoints", "answer": { "status": 503 } }""");

        await using var attached = await RunningEmulator.StartAsync(serving.Folder, faults: Rules());
        var answer = await attached.Arm.GetAsync("onlineEndpoints");

        Assert.That(attached.Azure.IsServing, Is.False);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task A_document_with_a_mistake_keeps_an_emulator_from_starting()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync("""{ "answer": {} }"""));

        Assert.That(fault!.Message, Does.Contain("'rules[0].answer.status' is missing"));
    }

    [Test]
    public async Task A_watch_is_told_of_a_request_before_its_effect_before_its_answer_and_after_it()
    {
        var watch = new RecordingWatch();
        await using var emulator = await RunningEmulator.StartAsync(watch: watch);
        using var handler = RunningEmulator.HandlerFor(emulator.Connection);
        using var http = new HttpClient(handler) { BaseAddress = emulator.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = emulator.Http.DefaultRequestHeaders.Authorization;
        watch.Arm = new ArmClient(http, emulator.Connection);

        var answer = await emulator.Arm.PutAsync(Endpoint, ArmClient.EndpointBody());
        await watch.Answered.WaitAsync(TimeSpan.FromMinutes(5));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(watch.Seen, Is.EqualTo(new[]
            {
                (FaultMoment.BeforeEffect, HttpStatusCode.NotFound),
                (FaultMoment.AfterEffect, HttpStatusCode.OK),
                (FaultMoment.AfterAnswer, HttpStatusCode.OK),
            }));
        }
    }

    private static Task<RunningEmulator> StartAsync(params string[] rules) => RunningEmulator.StartAsync(faults: Rules(rules));

    private static string Rules(params string[] rules) => $$"""{ "rules": [{{string.Join(", ", rules)}}] }""";

    private static async Task<JsonNode> FaultsAsync(RunningEmulator emulator) =>
        JsonNode.Parse(await emulator.Http.GetStringAsync("/admin/faults"))!;

    private static async Task<HttpResponseMessage> PutFaultsAsync(RunningEmulator emulator, string document)
    {
        using var content = new StringContent(document, Encoding.UTF8, "application/json");
        return await emulator.Http.PutAsync("/admin/faults", content);
    }

    private static async Task<(int Status, string? Code)> RefusalAsync(Func<Task> write)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(write);
        return (refused!.Status, refused.ErrorCode);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> TextAsync(BlobContainerClient container, string blob) =>
        (await container.GetBlobClient(blob).DownloadContentAsync()).Value.Content.ToString();
}
