using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>What the local Azure ML does not take: each surface says so in its own words, and goes on.</summary>
[Category("Integration")]
public sealed class RefusalTests
{
    private const int ArmLimit = 4 * 1024 * 1024;
    private const int ScoringLimit = 10 * 1024 * 1024;
    private const int AppendLimit = 100 * 1024 * 1024;

    private RunningEmulator _emulator = null!;
    private string _account = null!;
    private string _container = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _emulator = await RunningEmulator.StartAsync();
        await HeartEndpoint.CreateAsync(_emulator, "blue");
        await _emulator.Arm.PutToEndAsync(HeartEndpoint.Path, ArmClient.EndpointBody(new { blue = 100 }));
        (_account, _, _container) = await BlobClients.AccountAsync(_emulator);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task A_body_that_is_too_large_for_ARM_is_refused_with_or_without_a_length([Values] bool isChunked)
    {
        using var answer = await SendAsync(
            HttpMethod.Put, $"{_emulator.Arm.Workspace}/onlineEndpoints/big?api-version=2023-10-01", ArmLimit + 1, isChunked);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(ErrorOf(await answer.Content.ReadAsStringAsync()), Is.EqualTo("RequestContentTooLarge"));
    }

    [Test]
    public async Task A_length_beyond_the_servers_own_limit_is_refused_without_the_body_in_the_words_of_each_surface()
    {
        const string Length = "Content-Length: 6000000000";
        var arm = await RawAsync($"PUT {_emulator.Arm.Workspace}/onlineEndpoints/big?api-version=2023-10-01", Length, Bearer);
        var blob = await RawAsync($"PUT /{_account}/{_container}/big", Length, Bearer, "x-ms-blob-type: BlockBlob");
        var scoring = await RawAsync("POST /endpoints/heart/score", Length, $"Authorization: Bearer {await KeyAsync()}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { arm, blob, scoring }, Has.All.StartsWith("HTTP/1.1 413 "));
            Assert.That(ErrorOf(arm[arm.IndexOf('{', StringComparison.Ordinal)..]), Is.EqualTo("RequestContentTooLarge"));
            Assert.That(blob, Does.Contain("x-ms-error-code: RequestBodyTooLarge").And.Contain("<Error><Code>RequestBodyTooLarge</Code>"));
        }
    }

    /// <summary>Without <c>Expect</c> the client sends all of it before it looks for an answer.</summary>
    [Test]
    public async Task A_scoring_body_of_any_size_is_answered_413_and_the_connection_holds_until_then()
    {
        using var http = new HttpClient(_emulator.Handler, disposeHandler: false) { BaseAddress = _emulator.Connection.ArmEndpoint };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/endpoints/heart/score") { Content = new ByteArrayContent(new byte[110_000_000]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync());

        using var answer = await http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    /// <summary>The web server alone would give a body up that brings nothing for five seconds.</summary>
    [Test]
    public async Task A_client_may_take_its_time_over_a_body()
    {
        const string Body = """{"input_data":{"columns":[],"data":[]}}""";
        var head = $"POST /endpoints/heart/score HTTP/1.1\r\nHost: localhost:{_emulator.Connection.Port}\r\nConnection: close\r\n"
            + $"Authorization: Bearer {await KeyAsync()}\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n";

        var answer = await RawConnection.AskAsync(_emulator.Connection, head + Body[..10], TimeSpan.FromSeconds(8), Body[10..]);

        Assert.That(answer, Does.StartWith("HTTP/1.1 424 ").And.Contain("model_error"));
    }

    [Test]
    public async Task A_block_that_is_too_large_is_refused_while_it_comes_and_leaves_no_file()
    {
        var path = $"/{_account}/{_container}/log";
        using var made = await SendAsync(HttpMethod.Put, path, 0, isChunked: false, ("x-ms-blob-type", "AppendBlob"));
        var files = Directory.GetFiles(Path.Combine(_emulator.Folder, "blobs")).Length;

        using var answer = await SendAsync(HttpMethod.Put, $"{path}?comp=appendblock", AppendLimit + 1, isChunked: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(CodeOf(await answer.Content.ReadAsStringAsync()), Is.EqualTo("RequestBodyTooLarge"));
            Assert.That(Directory.GetFiles(Path.Combine(_emulator.Folder, "blobs")), Has.Length.EqualTo(files));
        }
    }

    [Test]
    public async Task A_body_that_is_too_large_for_scoring_is_refused_with_or_without_a_length([Values] bool isChunked)
    {
        using var answer = await SendAsync(
            HttpMethod.Post, "/endpoints/heart/score", ScoringLimit + 1, isChunked, ("Authorization", $"Bearer {await KeyAsync()}"));
        var next = await HeartEndpoint.ScoreAsync(_emulator);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(next.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(null, "401 ", "NoAuthenticationInformation")]
    [TestCase("Bearer", "400 ", "InvalidAuthenticationInfo")]
    [TestCase("Bearer guess", "401 ", "InvalidAuthenticationInfo")]
    [TestCase("Basic dXNlcjpwYXNz", "400 ", "InvalidAuthenticationInfo")]
    public async Task Without_the_right_token_nothing_opens(string? authorization, string blobStatus, string blobCode)
    {
        string[] headers = authorization is null ? [] : [$"Authorization: {authorization}"];

        var arm = await RawAsync($"GET {_emulator.Arm.Workspace}?api-version=2023-10-01", headers);
        var blob = await RawAsync($"GET /{_account}/{_container}?restype=container&comp=list", headers);
        var scoring = await RawAsync("GET /endpoints/heart/score", headers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arm, Does.StartWith("HTTP/1.1 401 "));
            Assert.That(blob, Does.StartWith($"HTTP/1.1 {blobStatus}").And.Contain(blobCode));
            Assert.That(scoring, Does.StartWith("HTTP/1.1 401 "));
        }
    }

    [Test]
    public async Task The_emulators_token_opens_no_endpoint_and_an_endpoints_key_opens_neither_ARM_nor_blobs()
    {
        var key = $"Authorization: Bearer {await KeyAsync()}";

        var arm = await RawAsync($"GET {_emulator.Arm.Workspace}?api-version=2023-10-01", key);
        var blob = await RawAsync($"GET /{_account}/{_container}?restype=container&comp=list", key);
        var scoring = await RawAsync("GET /endpoints/heart/score", Bearer);

        Assert.That(arm, Does.StartWith("HTTP/1.1 401 "));
        Assert.That(blob, Does.StartWith("HTTP/1.1 401 "));
        Assert.That(scoring, Does.StartWith("HTTP/1.1 401 "));
    }

    [Test]
    public async Task Headers_beyond_all_measure_are_refused()
    {
        var target = $"GET {_emulator.Arm.Workspace}?api-version=2023-10-01";
        var many = await RawAsync(target, [.. Enumerable.Range(0, 200).Select(i => $"x-{i}: 1")]);
        var large = await RawAsync(target, $"x-large: {new string('a', 64 * 1024)}");
        var line = await RawAsync($"GET /{new string('a', 16 * 1024)}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(many, Does.StartWith("HTTP/1.1 431 "));
            Assert.That(large, Does.StartWith("HTTP/1.1 431 "));
            Assert.That(line, Does.StartWith("HTTP/1.1 414 "));
        }
    }

    [TestCase("x-ms-client-request-id")]
    [TestCase("x-ms-correlation-request-id")]
    [TestCase("x-request-id")]
    [TestCase("x-ms-version")]
    [TestCase("x-ms-meta-name")]
    public async Task A_header_that_is_given_back_can_break_no_answer(string name)
    {
        string[] strange = [Bearer, $"{name}: h\u00e9\u0416\u4e2d", "x-ms-return-client-request-id: true"];

        var arm = await RawAsync($"GET {_emulator.Arm.Workspace}?api-version=2023-10-01", strange);
        var put = await RawAsync($"PUT /{_account}/{_container}/strange", [.. strange, "x-ms-blob-type: BlockBlob", "Content-Length: 0"]);
        var get = await RawAsync($"GET /{_account}/{_container}/strange", strange);
        var scoring = await RawAsync("GET /endpoints/heart/", [$"Authorization: Bearer {await KeyAsync()}", .. strange[1..]]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { arm, scoring }, Has.All.StartsWith("HTTP/1.1 200 "));
            Assert.That(new[] { put, get }, Has.All.StartsWith("HTTP/1.1 400 ").And.All.Contains("x-ms-error-code: InvalidHeaderValue"));
        }
    }

    [Test]
    public async Task Hosts_that_only_look_like_loopback_are_refused()
    {
        var target = $"GET {_emulator.Arm.Workspace}?api-version=2023-10-01 HTTP/1.1\r\n{Bearer}\r\nConnection: close\r\n";
        string[] hosts =
        [
            "localhost.evil.example", "evil.example", "127.0.0.1.evil.example", "blob.core.localhost.evil.example",
            "blob.localhost.evil.example", "account.core.localhost", "192.168.0.1", "0.0.0.0",
        ];

        foreach (var host in hosts)
        {
            var answer = await RawConnection.AskAsync(_emulator.Connection, $"{target}Host: {host}\r\n\r\n");
            Assert.That(answer, Does.StartWith("HTTP/1.1 403 "), host);
        }

        var absolute = await RawConnection.AskAsync(
            _emulator.Connection, $"GET https://evil.example/ HTTP/1.1\r\nHost: localhost\r\n{Bearer}\r\nConnection: close\r\n\r\n");
        Assert.That(absolute, Does.StartWith("HTTP/1.1 400 ").Or.StartWith("HTTP/1.1 403 "));
    }

    [Test]
    public async Task Blob_names_made_to_meet_each_other_or_to_lead_away_are_names_and_nothing_else()
    {
        string[] names =
        [
            "a/b", "a%5Cb", "a//b", "a/b/", "a/b.", "A/b", "a/./b", "a/../b", "%2e%2e/%2e%2e/b", "%2fetc%2fpasswd", "C:%5Cb", "a/b%20",
            "a/%0Ab",
        ];
        var outside = Everything().Except(Directory.GetFiles(Path.Combine(_emulator.Folder, "blobs"))).ToHashSet();

        foreach (var name in names)
        {
            Assert.That(await PutBlobAsync(name, name), Does.StartWith("HTTP/1.1 201 "), name);
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (var name in names)
            {
                var get = await RawAsync($"GET /{_account}/{_container}/{name}", Bearer);
                Assert.That(get, Does.StartWith("HTTP/1.1 200 ").And.EndsWith($"\r\n\r\n{name}"), name);
            }

            Assert.That(Everything().Except(Directory.GetFiles(Path.Combine(_emulator.Folder, "blobs"))), Is.SubsetOf(outside));
            Assert.That(await PutBlobAsync("a%00b"), Does.StartWith("HTTP/1.1 400 "));
            Assert.That(await PutBlobAsync(new string('a', 1025)), Does.StartWith("HTTP/1.1 400 ").And.Contain("InvalidResourceName"));
        }

        IEnumerable<string> Everything() => Directory.EnumerateFiles(_emulator.Folder, "*", SearchOption.AllDirectories);
    }

    [TestCase("a%5Cb")]
    [TestCase("sub//x")]
    [TestCase("x.")]
    [TestCase("./x")]
    [TestCase("..%2Fx")]
    [TestCase("MLmodel/inner")]
    public async Task A_model_with_a_blob_that_can_be_no_file_of_its_own_is_not_started(string name)
    {
        var path = $"LocalUpload/{Guid.NewGuid():N}/model";
        var put = await PutBlobAsync($"{path}/{name}");
        await BlobClients.UploadFolderAsync(
            await BlobClients.ModelsAsync(_emulator), Path.Combine(Repository.Root, "models", "heart-classifier", "v1"), path);
        var version = $"{Guid.NewGuid():N}";
        await _emulator.Arm.RegisterAsync("heart", version, path);
        var deployment = $"{HeartEndpoint.Path}/deployments/d{version[..10]}";

        var end = await _emulator.Arm.EndOfAsync(await _emulator.Arm.PutAsync(deployment, _emulator.Arm.DeploymentBody(version: version)));
        await _emulator.Arm.DeleteAsync(deployment);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put, Does.StartWith("HTTP/1.1 201 "));
            Assert.That((string?)end["status"], Is.EqualTo("Failed"));
            Assert.That((string?)end["error"]!["message"], Does.Contain("cannot become a file of the model folder"));
        }
    }

    [TestCase("/etc/passwd")]
    [TestCase("../../../connection.json")]
    [TestCase("..\\score.py")]
    public async Task A_scoring_script_outside_the_deployments_own_code_is_not_run(string script)
    {
        var name = $"d{Guid.NewGuid():N}"[..12];
        var path = $"LocalUpload/{name}/code";
        await (await BlobClients.ModelsAsync(_emulator)).GetBlobClient($"{path}/score.py").UploadAsync(BinaryData.FromString("pass"));
        await _emulator.Arm.PutAsync($"codes/{name}/versions/1", new JsonObject
        {
            ["properties"] = new JsonObject { ["codeUri"] = $"https://{_account}.blob.core.localhost/{_container}/{path}" },
        });
        var body = _emulator.Arm.DeploymentBody();
        body["properties"]!["codeConfiguration"] = new JsonObject
        {
            ["codeId"] = $"{_emulator.Arm.Workspace}/codes/{name}/versions/1",
            ["scoringScript"] = script,
        };

        var end = await _emulator.Arm.EndOfAsync(await _emulator.Arm.PutAsync($"{HeartEndpoint.Path}/deployments/{name}", body));
        await _emulator.Arm.DeleteAsync($"{HeartEndpoint.Path}/deployments/{name}");

        Assert.That((string?)end["error"]?["message"], Does.Contain("The code has no file"));
    }

    [Test]
    public async Task A_list_of_blocks_that_is_nested_without_end_is_refused_and_the_server_lives()
    {
        const int Depth = 500_000;
        var inner = new StringBuilder().Insert(0, "<a>", Depth).Insert(3 * Depth, "</a>", Depth);
        var xml = $"<?xml version=\"1.0\"?><BlockList>{inner}</BlockList>";

        var nested = await RawAsync(
            $"PUT /{_account}/{_container}/nested?comp=blocklist", $"Content-Length: {xml.Length}", $"{Bearer}\r\n\r\n{xml}");
        var alive = await _emulator.Arm.GetAsync(HeartEndpoint.Path);

        Assert.That(nested, Does.StartWith("HTTP/1.1 400 ").And.Contain("InvalidXmlDocument"));
        Assert.That(alive.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task JSON_that_is_nested_without_end_is_refused_and_the_server_lives()
    {
        var json = $$"""{"properties":{{new string('[', 100_000)}}""";

        var arm = await RawAsync(
            $"PUT {_emulator.Arm.Workspace}/onlineEndpoints/deep?api-version=2023-10-01",
            "Content-Type: application/json",
            $"Content-Length: {json.Length}",
            $"{Bearer}\r\n\r\n{json}");
        var scoring = await HeartEndpoint.ScoreAsync(_emulator, body: $$"""{"input_data":{{new string('[', 1_000_000)}}""");
        var alive = await HeartEndpoint.ScoreAsync(_emulator);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arm, Does.StartWith("HTTP/1.1 400 ").And.Contain("InvalidRequestContent"));
            Assert.That((int)scoring.Status, Is.EqualTo(424));
            Assert.That(alive.Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    private string Bearer => $"Authorization: Bearer {_emulator.Connection.BearerToken}";

    private Task<string> PutBlobAsync(string rawName, string content = "") => RawAsync(
        $"PUT /{_account}/{_container}/{rawName}", $"Content-Length: {content.Length}", Bearer, $"x-ms-blob-type: BlockBlob\r\n\r\n{content}");

    private async Task<string> KeyAsync() => (string)(await _emulator.Arm.PostAsync($"{HeartEndpoint.Path}/listKeys")).Json["primaryKey"]!;

    private Task<string> RawAsync(string target, params string[] headers) => RawConnection.AskAsync(
        _emulator.Connection,
        $"{target} HTTP/1.1\r\nHost: localhost:{_emulator.Connection.Port}\r\nConnection: close\r\n{string.Join("\r\n", headers)}\r\n\r\n");

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, int bytes, bool isChunked, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(_emulator.Handler, disposeHandler: false) { BaseAddress = _emulator.Connection.ArmEndpoint };
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(new byte[bytes]) };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = true;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _emulator.Connection.BearerToken);
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }

    private static string? ErrorOf(string json) => (string?)JsonNode.Parse(json)!["error"]!["code"];

    private static string? CodeOf(string xml) => (string?)XDocument.Parse(xml.TrimStart('\ufeff')).Root!.Element("Code");
}
