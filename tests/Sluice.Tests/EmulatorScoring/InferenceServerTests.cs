using System.Text;
using System.Text.Json;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class InferenceServerTests
{
    private const string Good = """{"input_data": {"columns": ["age", "oldpeak", "thal"], "data": [[48, 0.25, "fixed"]]}}""";
    private const string NotAllowed = """{"message": "The method is not allowed for the requested URL."}""";

    private TestModel _model = null!;
    private ModelContainer _container = null!;

    [OneTimeSetUp]
    public void StartContainer()
    {
        _model = TestModel.Heart();
        _container = _model.Start();
    }

    [OneTimeTearDown]
    public async Task StopContainer()
    {
        await _container.DisposeAsync();
        _model.Dispose();
    }

    [Test]
    public void The_root_is_healthy()
    {
        using var answer = _container.Send("GET", "");

        Assert.That((answer.Status, answer.Text(), answer.Header("x-ms-run-function-failed")), Is.EqualTo((200, "Healthy", (string?)null)));
        Assert.That(answer.ContentType, Does.StartWith("text/html"));
    }

    [Test]
    public void A_scored_answer_has_its_run_time_with_three_decimals()
    {
        using var answer = _container.Send("POST", "score", Good);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Header("x-ms-run-fn-exec-ms"), Does.Match(@"^\d+\.\d{3}$"));
        Assert.That(answer.Header("x-ms-run-function-failed"), Is.EqualTo("False"));
        Assert.That(answer.Header("x-ms-server-version"), Is.Not.Empty);
    }

    [TestCase(null, 415)]
    [TestCase("text/plain", 415)]
    [TestCase("application/x-www-form-urlencoded", 415)]
    [TestCase("text/json", 415)]
    [TestCase("application/json", 200)]
    [TestCase("Application/JSON; charset=utf-8", 200)]
    [TestCase("application/vnd.api+json", 200)]
    public void Only_JSON_content_types_are_read(string? contentType, int expected)
    {
        using var answer = _container.Send("POST", "score", Good, with: request => request with { ContentType = contentType });

        Assert.That(answer.Status, Is.EqualTo(expected));
        Assert.That(
            answer.Text(),
            expected == 200 ? Does.StartWith("[") : Is.EqualTo("""{"message": "Expects Content-Type to be application/json"}"""));
    }

    [TestCase("", "POST body is empty. Expecting a JSON dictionary.")]
    [TestCase("{", "POST body could not be decoded as JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")]
    [TestCase("hello", "POST body could not be decoded as JSON: Expecting value: line 1 column 1 (char 0)")]
    [TestCase("{\"input_data\": 1} 2", "POST body could not be decoded as JSON: Extra data: line 1 column 19 (char 18)")]
    [TestCase("[]", "POST body should be a JSON dictionary.")]
    [TestCase("\"text\"", "POST body should be a JSON dictionary.")]
    [TestCase("null", "POST body should be a JSON dictionary.")]
    [TestCase("NaN", "POST body should be a JSON dictionary.")]
    [TestCase("[] x", "POST body could not be decoded as JSON: Extra data: line 1 column 4 (char 3)")]
    [TestCase("{}", "A value is not provided for the 'input_data' parameter.")]
    [TestCase("{\"inputs\": 1}", "A value is not provided for the 'input_data' parameter.")]
    public void Bad_bodies_are_400_with_the_servers_words(string body, string message)
    {
        using var answer = _container.Send("POST", "score", body);

        using var json = JsonDocument.Parse(answer.Text());
        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(json.RootElement.GetProperty("message").GetString(), Is.EqualTo(message));
        Assert.That(answer.Text(), Does.StartWith("{\"message\": \""));
        Assert.That(answer.Header("x-ms-run-function-failed"), Is.EqualTo("False"));
        Assert.That(answer.Header("x-ms-run-fn-exec-ms"), Is.Null);
    }

    [Test]
    public void The_message_of_an_invalid_escape_is_itself_escaped()
    {
        using var answer = _container.Send("POST", "score", """{"a": "\x"}""");

        Assert.That(
            answer.Text(),
            Is.EqualTo("""{"message": "POST body could not be decoded as JSON: Invalid \\escape: line 1 column 8 (char 7)"}"""));
    }

    [Test]
    public void A_body_that_is_no_text_is_an_unforeseen_500()
    {
        using var answer = _container.Send("POST", "score", [(byte)'{', 0xFF, 0xFE, 0xFA]);

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((
            500, """{"message": "An unexpected internal error occurred. Check the logs for more info."}""")));
    }

    [Test]
    public void A_body_nested_without_end_is_an_unforeseen_500()
    {
        using var answer = _container.Send("POST", "score", "{\"input_data\": " + new string('[', 100_000));

        Assert.That(answer.Status, Is.EqualTo(500));
    }

    [Test]
    public void A_key_that_is_half_a_surrogate_pair_is_ignored_like_any_other()
    {
        using var answer = _container.Send("POST", "score", $$"""{"\ud800": 1, {{Good[1..]}}""");

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public void A_body_in_UTF_16_is_read()
    {
        using var answer = _container.Send("POST", "score", Encoding.Unicode.GetBytes(Good));

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
    }

    [Test]
    public void Other_top_level_keys_are_ignored_and_the_last_input_data_counts()
    {
        using var answer = _container.Send("POST", "score", $$"""{"a": [1, {"b": 2}], "input_data": 5, {{Good[1..^1]}}, "z": null}""");

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public void A_failing_script_is_a_500_that_says_so_in_its_header()
    {
        using var answer = _container.Send("POST", "score", """{"input_data": 5}""");

        Assert.That(answer.Status, Is.EqualTo(500));
        Assert.That(
            answer.Text(),
            Is.EqualTo("""{"message": "An unexpected error occurred in scoring script. Check the logs for more info."}"""));
        Assert.That(answer.Header("x-ms-run-function-failed"), Is.EqualTo("True"));
        Assert.That(answer.Header("x-ms-run-fn-exec-ms"), Is.Null);
    }

    [Test]
    public void OPTIONS_is_answered_empty()
    {
        using var answer = _container.Send("OPTIONS", "score");

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((200, "")));
    }

    [Test]
    public void GET_scores_its_query()
    {
        var query = "?input_data=" + Uri.EscapeDataString("""{"columns": ["age", "oldpeak", "thal"], "data": [[48, 0.25, "fixed"]]}""");

        using var answer = _container.Send("GET", "score", query: query);

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((200, """[{"target": 0, "probability": 0.375}]""")));
    }

    [TestCase("", 400)]
    [TestCase("?other=1", 400)]
    [TestCase("?input_data=text", 500)]
    [TestCase("?input_data=1&input_data=2", 500)]
    public void GET_without_usable_parameters_fails_like_a_POST(string query, int expected)
    {
        using var answer = _container.Send("GET", "score", query: query);

        Assert.That(answer.Status, Is.EqualTo(expected));
    }

    [Test]
    public void HEAD_on_score_is_not_allowed()
    {
        using var answer = _container.Send("HEAD", "score");

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((405, """{"message": "Method not allowed"}""")));
    }

    [TestCase("PUT", "score")]
    [TestCase("DELETE", "score")]
    [TestCase("PATCH", "score")]
    [TestCase("POST", "")]
    [TestCase("DELETE", "")]
    [TestCase("POST", "swagger.json")]
    public void Other_methods_are_405_without_the_routes_headers(string method, string path)
    {
        using var answer = _container.Send(method, path, Good, with: request => request with { RequestId = "abc" });

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((405, NotAllowed)));
        Assert.That(answer.Header("x-request-id"), Is.Null);
        Assert.That(answer.Header("x-ms-run-function-failed"), Is.EqualTo("False"));
    }

    [TestCase("Score")]
    [TestCase("score/")]
    [TestCase("nothing")]
    public void Unknown_paths_are_404_without_the_routes_headers(string path)
    {
        using var answer = _container.Send("POST", path, Good, with: request => request with { RequestId = "abc" });

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((
            404,
            """{"message": "The requested URL was not found on the server. If you entered the URL manually please check your """
            + """spelling and try again."}""")));
        Assert.That(answer.Header("x-request-id"), Is.Null);
    }

    [Test]
    public void An_id_is_made_when_none_was_sent()
    {
        using var answer = _container.Send("POST", "score", Good);

        Assert.That(Guid.TryParse(answer.Header("x-request-id"), out _), Is.True);
        Assert.That(answer.Header("x-ms-request-id"), Is.EqualTo(answer.Header("x-request-id")));
        Assert.That(answer.Header("x-ms-client-request-id"), Is.Null);
        Assert.That(answer.Header("TraceId"), Is.Null);
    }

    // sent: x-request-id, x-ms-request-id, x-ms-client-request-id; answered: the same three.
    [TestCase("R", null, null, "R", "R", null)]
    [TestCase("R", "A", null, "R", "A", "A")]
    [TestCase("R", null, "B", "R", "B", "B")]
    [TestCase("R", "A", "B", "R", "A", "B")]
    public void Ids_are_echoed(string? id, string? legacy, string? client, string expectedId, string expectedLegacy, string? expectedClient)
    {
        using var answer = _container.Send("POST", "score", Good, with: request => request with
        {
            RequestId = id,
            LegacyRequestId = legacy,
            ClientRequestId = client,
            TraceId = "T",
        });

        Assert.That(
            (answer.Header("x-request-id"), answer.Header("x-ms-request-id"), answer.Header("x-ms-client-request-id")),
            Is.EqualTo((expectedId, expectedLegacy, expectedClient)));
        Assert.That(answer.Header("TraceId"), Is.EqualTo("T"));
    }

    [Test]
    public void An_id_of_100_characters_passes_and_one_more_is_431()
    {
        using var just = _container.Send("POST", "score", Good, with: request => request with { RequestId = new string('A', 100) });
        using var over = _container.Send("POST", "score", Good, with: request => request with { RequestId = new string('A', 101) });

        Assert.That(just.Status, Is.EqualTo(200));
        Assert.That((over.Status, over.Text()), Is.EqualTo((431, """{"message": "x-request-id must not exceed 100 characters"}""")));
        Assert.That(over.Header("x-request-id"), Is.Null);
        Assert.That(over.Header("x-ms-request-id"), Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_client_id_that_is_too_long_is_431_and_the_request_id_is_kept(bool isLegacy)
    {
        var tooLong = new string('A', 101);

        using var answer = _container.Send("GET", "", with: request => request with
        {
            RequestId = "R",
            LegacyRequestId = isLegacy ? tooLong : null,
            ClientRequestId = isLegacy ? null : tooLong,
        });

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((
            431, """{"message": "x-ms-request-id and x-ms-client-request-id must not exceed 100 characters"}""")));
        Assert.That((answer.Header("x-request-id"), answer.Header("x-ms-request-id")), Is.EqualTo(("R", (string?)null)));
    }

    [TestCase("", "swagger", "2.0")]
    [TestCase("?version=2", "swagger", "2.0")]
    [TestCase("?version=2.0", "swagger", "2.0")]
    [TestCase("?version=3", "openapi", "3.0.3")]
    [TestCase("?version=3.1", "openapi", "3.1.0")]
    public void The_description_comes_in_three_versions(string query, string key, string version)
    {
        using var answer = _container.Send("GET", "swagger.json", query: query);

        using var json = JsonDocument.Parse(answer.Text());
        var root = json.RootElement;
        var schemas = key == "swagger" ? root.GetProperty("definitions") : root.GetProperty("components").GetProperty("schemas");
        var columns = schemas.GetProperty("ServiceInput").GetProperty("example").GetProperty("input_data").GetProperty("columns");
        var output = schemas.GetProperty("ServiceOutput").GetProperty("items").GetProperty("properties");
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(root.GetProperty(key).GetString(), Is.EqualTo(version));
        Assert.That(root.GetProperty("paths").TryGetProperty("/score", out _), Is.True);
        Assert.That(columns.EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "age", "oldpeak", "thal" }));
        Assert.That(output.GetProperty("probability").GetProperty("format").GetString(), Is.EqualTo("float"));
    }

    [Test]
    public void The_descriptions_example_is_scored()
    {
        using var description = _container.Send("GET", "swagger.json");
        using var json = JsonDocument.Parse(description.Text());

        var (status, _) = _container.Score(
            json.RootElement.GetProperty("definitions").GetProperty("ServiceInput").GetProperty("example").GetRawText());

        Assert.That(status, Is.EqualTo(200));
    }

    [Test]
    public void An_unknown_version_of_the_description_is_404()
    {
        using var answer = _container.Send("GET", "swagger.json", query: "?version=4");

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((
            404, """{"message": "Swagger version [4] is not valid. Supported versions: [2, 3, 3.1]."}""")));
    }

    [Test]
    public async Task A_stopped_container_answers_no_more()
    {
        using var model = TestModel.Heart();
        var container = ModelContainer.Start(model.Folder, Clocks.Both(TimeProvider.System));
        await container.DisposeAsync();
        await container.DisposeAsync();
        using var request = new ContainerRequest("GET", "", "", new PooledBuffer(1));

        Assert.That(await container.AnswerAsync(request), Is.Null);
    }
}
