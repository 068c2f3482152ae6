using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Scoring;
using static Sluice.Tests.EmulatorScoring.TestEndpoint;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class FrontDoorTests
{
    [Test]
    public async Task A_request_is_answered_by_the_container_and_names_the_deployment()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);

        var response = await endpoint.SendAsync(Request("[5]"));

        Assert.That((response.StatusCode, response.Text()), Is.EqualTo((200, """["blue", [5]]""")));
        Assert.That(response.Header("azureml-model-deployment"), Is.EqualTo("blue"));
        Assert.That(response.Header("server"), Is.EqualTo("azureml-frontdoor"));
        Assert.That(response.Header("x-ms-run-function-failed"), Is.EqualTo("False"));
        Assert.That(response.Header("x-ms-run-fn-exec-ms"), Does.Match(@"^\d+\.\d{3}$"));
        Assert.That(response.ContentType, Is.EqualTo("application/json"));
        Assert.That(response.ContentLength, Is.EqualTo(13));
    }

    [TestCase(null, "Jwt is missing")]
    [TestCase("Bearer ended", "Jwt is expired")]
    [TestCase("Bearer never issued", "Jwt verification fails")]
    public async Task A_token_that_is_refused_is_told_why(string? authorization, string reason)
    {
        await using var endpoint = new TestEndpoint { EndedTokens = ["ended"] };
        endpoint.Deploy("blue", traffic: 100);

        var response = await endpoint.SendAsync(Request(authorization: authorization));

        Assert.That((response.StatusCode, response.Text()), Is.EqualTo((401, reason)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Bearer")]
    [TestCase("Bearer ")]
    [TestCase("Bearer wrong")]
    [TestCase("Bearer primary-key-of-the-endpoint2")]
    [TestCase("Bearer primary-key-of-the-endpoin")]
    [TestCase("Bearer PRIMARY-KEY-OF-THE-ENDPOINT")]
    [TestCase("Basic primary-key-of-the-endpoint")]
    [TestCase("primary-key-of-the-endpoint")]
    public async Task Without_a_valid_key_nothing_is_reached(string? authorization)
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Keys.Add("");
        var script = endpoint.Deploy("blue", traffic: 100);

        var response = await endpoint.SendAsync(Request(authorization: authorization));

        Assert.That(response.StatusCode, Is.EqualTo(401));
        Assert.That(response.Text(), Does.Not.Contain("primary-key"));
        Assert.That(response.Header("x-request-id"), Is.Not.Empty);
        Assert.That(script.Runs, Is.Zero);
    }

    [TestCase("Bearer primary-key-of-the-endpoint")]
    [TestCase("bearer secondary-key-of-the-endpoint")]
    [TestCase("Bearer  primary-key-of-the-endpoint ")]
    public async Task Either_key_opens(string authorization)
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);

        Assert.That((await endpoint.SendAsync(Request(authorization: authorization))).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task An_unknown_endpoint_is_404()
    {
        await using var endpoint = new TestEndpoint();

        var response = await endpoint.SendAsync(endpoint: "lung");

        Assert.That((response.StatusCode, response.Header("server")), Is.EqualTo((404, "azureml-frontdoor")));
    }

    [Test]
    public async Task Without_a_positive_weight_a_request_is_404()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue");
        endpoint.Traffic["blue"] = 0;

        var response = await endpoint.SendAsync();

        Assert.That(response.StatusCode, Is.EqualTo(404));
        Assert.That(response.Header("azureml-model-deployment"), Is.Null);
    }

    [Test]
    public async Task The_header_reaches_a_deployment_without_traffic()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        endpoint.Deploy("green");

        var response = await endpoint.SendAsync(Request(deployment: "GREEN"));

        Assert.That((response.StatusCode, response.Text()), Is.EqualTo((200, """["green", 1]""")));
        Assert.That(response.Header("azureml-model-deployment"), Is.EqualTo("green"));
    }

    [Test]
    public async Task The_header_with_an_unknown_name_is_404()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);

        Assert.That((await endpoint.SendAsync(Request(deployment: "red"))).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_failing_model_is_424_with_the_containers_status_and_body()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100).Fails = true;

        var response = await endpoint.SendAsync();

        Assert.That(response.StatusCode, Is.EqualTo(424));
        Assert.That(response.Header("ms-azureml-model-error-statuscode"), Is.EqualTo("500"));
        Assert.That(response.Header("ms-azureml-model-error-reason"), Is.EqualTo("model_error"));
        Assert.That(response.Header("x-ms-run-function-failed"), Is.EqualTo("True"));
        Assert.That(response.Header("azureml-model-deployment"), Is.EqualTo("blue"));
        Assert.That(response.Text(), Does.Contain("An unexpected error occurred in scoring script."));
        Assert.That(endpoint.Outcomes("blue"), Is.EqualTo(new Dictionary<(int, int), int> { [(424, 500)] = 1 }));
    }

    [TestCase("POST", "text/plain", "score", "415")]
    [TestCase("POST", "application/json", "nothing", "404")]
    [TestCase("DELETE", "application/json", "score", "405")]
    [TestCase("HEAD", "application/json", "score", "405")]
    public async Task Every_refusal_of_the_container_is_424(string method, string contentType, string path, string modelStatus)
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var request = Request(method: method);
        request.Request.ContentType = contentType;

        var response = await endpoint.SendAsync(request, path);

        Assert.That((response.StatusCode, response.Header("ms-azureml-model-error-statuscode")), Is.EqualTo((424, modelStatus)));
        Assert.That(response.Text().Length, method == "HEAD" ? Is.Zero : Is.Positive);
    }

    [TestCase("", "Healthy")]
    [TestCase("swagger.json", "\"swagger\": \"2.0\"")]
    public async Task The_containers_other_routes_are_reached(string path, string expected)
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);

        var response = await endpoint.SendAsync(Request(method: "GET"), path);

        Assert.That(response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Text(), Does.Contain(expected));
    }

    [Test]
    public async Task A_GET_passes_its_query()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var request = Request(method: "GET");
        request.Request.QueryString = new Microsoft.AspNetCore.Http.QueryString("?input_data=[7]");

        Assert.That((await endpoint.SendAsync(request)).Text(), Is.EqualTo("""["blue", [7]]"""));
    }

    [Test]
    public async Task A_request_id_that_is_a_GUID_is_echoed()
    {
        const string id = "9C4D50EE-2d56-4cd3-8152-34347dc9f2b0";
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var request = Request();
        request.Request.Headers["x-request-id"] = id;

        var response = await endpoint.SendAsync(request);

        Assert.That((response.Header("x-request-id"), response.Header("x-ms-request-id")), Is.EqualTo((id, id)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("my-id")]
    [TestCase("9c4d50ee2d564cd3815234347dc9f2b0")]
    [TestCase("9c4d50ee-2d56-4cd3-8152-34347dc9f2b0, 9c4d50ee-2d56-4cd3-8152-34347dc9f2b0")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_request_id_that_is_no_GUID_is_replaced_by_one(string? id)
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var request = Request();
        request.Request.Headers["x-request-id"] = id;

        var response = await endpoint.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(200));
        Assert.That(Guid.TryParseExact(response.Header("x-request-id"), "D", out _), Is.True);
        Assert.That(response.Header("x-ms-request-id"), Is.EqualTo(response.Header("x-request-id")));
    }

    [TestCase("Trace_1-a", "Trace_1-a")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase(
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("my id", null)]
    [TestCase("trace.1", null)]
    [TestCase("sp\u00e4t", null)]
    public async Task A_clients_id_is_cut_to_40_characters_and_has_letters_digits_hyphens_and_underscores_only(string id, string? echoed)
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var request = Request();
        request.Request.Headers["x-ms-client-request-id"] = id;

        var response = await endpoint.SendAsync(request);

        Assert.That((response.StatusCode, response.Header("x-ms-client-request-id")), Is.EqualTo((200, echoed)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_body_beyond_the_limit_is_413(bool isAnnounced)
    {
        await using var endpoint = new TestEndpoint();
        var script = endpoint.Deploy("blue", traffic: 100);
        var request = Request();
        request.Request.Body = new MemoryStream(new byte[FrontDoor.MaxBodyBytes + 1]);
        request.Request.ContentLength = isAnnounced ? FrontDoor.MaxBodyBytes + 1 : null;

        var response = await endpoint.SendAsync(request);

        Assert.That((response.StatusCode, script.Runs), Is.EqualTo((413, 0)));
    }

    [Test]
    public async Task A_client_that_stops_sending_is_told_so_as_Envoy_does()
    {
        await using var endpoint = new TestEndpoint();
        var script = endpoint.Deploy("blue", traffic: 100);
        var request = Request();
        request.Request.Body = new StalledBody();

        var response = await endpoint.SendAsync(request);

        Assert.That((response.StatusCode, response.Text(), script.Runs), Is.EqualTo((408, "stream timeout", 0)));
        Assert.That(response.ContentType, Is.EqualTo("text/plain"));
    }

    [Test]
    public async Task On_Kubernetes_a_failing_model_is_502()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100, statuses: FrontDoorStatuses.Kubernetes).Fails = true;

        var response = await endpoint.SendAsync();

        Assert.That((response.StatusCode, response.Header("ms-azureml-model-error-statuscode")), Is.EqualTo((502, "500")));
        Assert.That(endpoint.Outcomes("blue"), Is.EqualTo(new Dictionary<(int, int), int> { [(502, 500)] = 1 }));
    }

    [Test]
    public async Task On_Kubernetes_a_request_above_the_timeout_is_504_and_one_too_many_503()
    {
        var time = new ManualTime();
        await using var endpoint = new TestEndpoint(time);
        var script = endpoint.Deploy("blue", traffic: 100, atOnce: 1, timeoutSeconds: 5, statuses: FrontDoorStatuses.Kubernetes);
        script.Hold();
        var first = endpoint.SendAsync();
        await script.EnteredAsync();
        var second = endpoint.SendAsync();
        await UntilAsync(() => time.Timers == 2);

        var refused = await endpoint.SendAsync();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(refused.StatusCode, Is.EqualTo(503));
        Assert.That(new[] { (await first).StatusCode, (await second).StatusCode }, Is.EqualTo(new[] { 504, 504 }));
        Assert.That(endpoint.Outcomes("blue"), Is.EqualTo(new Dictionary<(int, int), int> { [(504, 0)] = 2, [(503, 0)] = 1 }));
    }

    [Test]
    public async Task A_body_at_the_limit_reaches_the_container()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var request = Request();
        request.Request.Body = new MemoryStream(new byte[FrontDoor.MaxBodyBytes]);

        var response = await endpoint.SendAsync(request);

        Assert.That(response.Header("ms-azureml-model-error-statuscode"), Is.EqualTo("400"), "zeros are not JSON");
    }

    [Test]
    public async Task A_deployment_that_has_traffic_but_does_not_run_is_424_without_a_models_status()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Traffic["blue"] = 100;

        var response = await endpoint.SendAsync();

        Assert.That((response.StatusCode, response.Header("ms-azureml-model-error-reason")), Is.EqualTo((424, "model_not_ready")));
        Assert.That(response.Header("ms-azureml-model-error-statuscode"), Is.Null);
        Assert.That(endpoint.Outcomes("blue"), Is.EqualTo(new Dictionary<(int, int), int> { [(424, 0)] = 1 }));
    }

    [Test]
    public async Task A_container_that_stops_meanwhile_is_424_too()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        await endpoint.StopAsync("blue");

        var response = await endpoint.SendAsync();

        Assert.That((response.StatusCode, response.Header("ms-azureml-model-error-reason")), Is.EqualTo((424, "model_not_ready")));
    }

    [Test]
    public async Task A_container_stops_only_when_its_requests_are_done()
    {
        await using var endpoint = new TestEndpoint();
        var script = endpoint.Deploy("blue", traffic: 100);
        script.Hold();
        var answer = endpoint.SendAsync();
        await script.EnteredAsync();

        var stop = endpoint.StopAsync("blue");
        var wasDisposed = script.IsDisposed;
        script.Release();
        var response = await answer;
        await stop;

        Assert.That((wasDisposed, response.StatusCode, script.IsDisposed), Is.EqualTo((false, 200, true)));
    }

    [Test]
    public async Task Above_the_request_timeout_a_request_is_408_and_the_container_works_on()
    {
        var time = new ManualTime();
        await using var endpoint = new TestEndpoint(time);
        var script = endpoint.Deploy("blue", traffic: 100, timeoutSeconds: 5);
        script.Hold();
        var answer = endpoint.SendAsync();
        await script.EnteredAsync();
        await UntilAsync(() => time.Timers == 1);

        time.Advance(TimeSpan.FromSeconds(4.9));
        var isEarly = answer.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(0.2));
        var response = await answer;

        Assert.That((isEarly, response.StatusCode, response.Text()), Is.EqualTo((false, 408, "upstream request timeout")));
        Assert.That((response.ContentType, response.ContentLength), Is.EqualTo(("text/plain", 24)));
        Assert.That(response.Header("azureml-model-deployment"), Is.EqualTo("blue"));
        Assert.That(endpoint.Outcomes("blue"), Is.EqualTo(new Dictionary<(int, int), int> { [(408, 0)] = 1 }));
    }

    [Test]
    public async Task The_time_in_line_counts_towards_the_timeout()
    {
        var time = new ManualTime();
        await using var endpoint = new TestEndpoint(time);
        var script = endpoint.Deploy("blue", traffic: 100, atOnce: 1, timeoutSeconds: 5);
        script.Hold();
        var first = endpoint.SendAsync();
        await script.EnteredAsync();
        var second = endpoint.SendAsync();
        await UntilAsync(() => time.Timers == 2);

        time.Advance(TimeSpan.FromSeconds(5));
        var statuses = new[] { (await first).StatusCode, (await second).StatusCode };

        Assert.That(statuses, Is.EqualTo(new[] { 408, 408 }));
        Assert.That(script.Runs, Is.EqualTo(1), "the second request never reached the container");
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(2, 3)]
    public async Task As_many_requests_run_as_the_instances_allow_as_many_wait_and_the_next_is_429(int atOnce, int instances)
    {
        await using var endpoint = new TestEndpoint();
        var script = endpoint.Deploy("blue", traffic: 100, atOnce: atOnce, instances: instances);
        var capacity = atOnce * instances;
        script.Hold();
        var answers = Enumerable.Range(0, 2 * capacity).Select(_ => endpoint.SendAsync()).ToList();
        for (var i = 0; i < capacity; i++)
        {
            await script.EnteredAsync();
        }

        var refused = await endpoint.SendAsync();
        script.Release();
        var responses = await Task.WhenAll(answers);

        Assert.That((refused.StatusCode, refused.Text()), Is.EqualTo((429, "")));
        Assert.That(refused.Header("ms-azureml-model-error-reason"), Is.EqualTo("too_many_pending_request"));
        Assert.That(refused.Header("azureml-model-deployment"), Is.EqualTo("blue"));
        Assert.That(responses.Select(response => response.StatusCode), Is.All.EqualTo(200));
        Assert.That(script.MostAtOnce, Is.EqualTo(capacity));
        Assert.That(
            endpoint.Outcomes("blue"),
            Is.EquivalentTo(new Dictionary<(int, int), int> { [(200, 200)] = 2 * capacity, [(429, 0)] = 1 }));
    }

    [Test]
    public async Task A_full_deployment_leaves_the_others_alone()
    {
        await using var endpoint = new TestEndpoint();
        var blue = endpoint.Deploy("blue", traffic: 100, atOnce: 1);
        endpoint.Deploy("green");
        blue.Hold();
        var answers = new[] { endpoint.SendAsync(), endpoint.SendAsync() };
        await blue.EnteredAsync();

        var response = await endpoint.SendAsync(Request(deployment: "green"));
        blue.Release();
        await Task.WhenAll(answers);

        Assert.That(response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_client_that_goes_away_gives_its_place_up()
    {
        await using var endpoint = new TestEndpoint();
        var script = endpoint.Deploy("blue", traffic: 100, atOnce: 1);
        script.Hold();
        var first = endpoint.SendAsync();
        await script.EnteredAsync();
        using var gone = new CancellationTokenSource();
        var impatient = Request();
        impatient.RequestAborted = gone.Token;
        var second = endpoint.SendAsync(impatient);

        await gone.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        var third = endpoint.SendAsync();
        script.Release();
        var statuses = new[] { (await first).StatusCode, (await third).StatusCode };

        Assert.That(statuses, Is.EqualTo(new[] { 200, 200 }));
        Assert.That(script.Runs, Is.EqualTo(2));
        Assert.That(endpoint.Outcomes("blue")[(RequestOutcome.ClientClosedRequest, 0)], Is.EqualTo(1));
    }

    [Test]
    public async Task A_mirror_gets_copies_and_the_client_only_the_live_answer()
    {
        await using var endpoint = new TestEndpoint();
        var blue = endpoint.Deploy("blue", traffic: 100);
        var green = endpoint.Deploy("green", atOnce: 50);
        endpoint.MirrorTraffic["green"] = 100;

        for (var i = 0; i < 20; i++)
        {
            Assert.That((await endpoint.SendAsync(Request($"{i}"))).Text(), Is.EqualTo($"[\"blue\", {i}]"));
        }

        await UntilAsync(() => Count(endpoint, "green") == 20);
        Assert.That((blue.Runs, green.Runs), Is.EqualTo((20, 20)));
        Assert.That(endpoint.Outcomes("green"), Is.EqualTo(new Dictionary<(int, int), int> { [(200, 200)] = 20 }));
    }

    [Test]
    public async Task Pinned_requests_and_other_paths_are_not_mirrored()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var green = endpoint.Deploy("green");
        endpoint.MirrorTraffic["green"] = 100;

        await endpoint.SendAsync(Request(deployment: "blue"));
        await endpoint.SendAsync(Request(method: "GET"), "");

        Assert.That((green.Runs, endpoint.FindMetrics("green")), Is.EqualTo((0, (DeploymentMetrics?)null)));
    }

    [Test]
    public async Task A_mirror_that_hangs_or_fails_does_not_touch_the_answers_and_what_is_too_much_for_it_is_dropped()
    {
        await using var endpoint = new TestEndpoint();
        endpoint.Deploy("blue", traffic: 100);
        var green = endpoint.Deploy("green", atOnce: 1);
        endpoint.MirrorTraffic["green"] = 100;
        green.Hold();
        green.Fails = true;

        for (var i = 0; i < 10; i++)
        {
            Assert.That((await endpoint.SendAsync()).StatusCode, Is.EqualTo(200));
        }

        green.Release();
        await UntilAsync(() => Count(endpoint, "green") == 10);
        Assert.That(endpoint.Outcomes("green"), Is.EquivalentTo(new Dictionary<(int, int), int> { [(429, 0)] = 8, [(424, 500)] = 2 }));
    }

    [Test]
    public async Task A_mirrored_share_is_drawn_and_does_not_change_the_split()
    {
        const int seed = 20260301;
        async Task<(List<string> Names, int Mirrored)> RunAsync(int mirror)
        {
            await using var endpoint = new TestEndpoint(seed: seed);
            endpoint.Deploy("blue", traffic: 60);
            endpoint.Deploy("red", traffic: 40);
            var green = endpoint.Deploy("green", atOnce: 1000);
            endpoint.MirrorTraffic["green"] = mirror;
            List<string> names = [];
            for (var i = 0; i < 400; i++)
            {
                names.Add((await endpoint.SendAsync()).Header("azureml-model-deployment")!);
            }

            await UntilAsync(() => mirror == 0 || Count(endpoint, "green") == green.Runs);
            return (names, green.Runs);
        }

        var plain = await RunAsync(mirror: 0);
        var mirrored = await RunAsync(mirror: 25);

        Assert.That(mirrored.Names, Is.EqualTo(plain.Names));
        Assert.That(mirrored.Mirrored, Is.InRange(65, 135), $"seed {seed}: 100 expected, standard deviation 8.7");
    }

    [Test]
    public async Task The_split_is_the_same_for_the_same_seed_and_another_for_another()
    {
        async Task<string> RunAsync(int seed)
        {
            await using var endpoint = new TestEndpoint(seed: seed);
            endpoint.Deploy("a", traffic: 50);
            endpoint.Deploy("b", traffic: 50);
            var names = "";
            for (var i = 0; i < 100; i++)
            {
                names += (await endpoint.SendAsync()).Header("azureml-model-deployment");
            }

            return names;
        }

        var once = await RunAsync(7);
        var again = await RunAsync(7);
        var other = await RunAsync(8);

        Assert.That((again == once, other == once), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Latency_and_counts_are_kept_minute_by_minute()
    {
        var time = new ManualTime();
        await using var endpoint = new TestEndpoint(time);
        var script = endpoint.Deploy("blue", traffic: 100);
        await endpoint.SendAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        script.Hold();
        var slow = endpoint.SendAsync();
        await script.EnteredAsync();
        time.Advance(TimeSpan.FromMilliseconds(250));
        script.Release();
        await slow;

        var minutes = endpoint.Metrics("blue").Between(time.GetUtcNow().AddHours(-1), time.GetUtcNow().AddHours(1));

        Assert.That(minutes.Select(minute => minute.Latency.Count), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(minutes[0].Latency.Mean, Is.EqualTo(TimeSpan.Zero));
        Assert.That(minutes[1].Latency.Mean, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
        Assert.That(minutes[1].Requests, Is.EqualTo(new Dictionary<RequestOutcome, int> { [new RequestOutcome(200, 200)] = 1 }));
    }

    private static int Count(TestEndpoint endpoint, string deployment)
        => endpoint.FindMetrics(deployment) is null ? 0 : endpoint.Outcomes(deployment).Values.Sum();

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.That(condition(), Is.True, "waited for half a minute in vain");
    }

    /// <summary>A body that the server has given up waiting for.</summary>
    private sealed class StalledBody : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new BadHttpRequestException("Reading the request body timed out.", StatusCodes.Status408RequestTimeout);
    }
}
