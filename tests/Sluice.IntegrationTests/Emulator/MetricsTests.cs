using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Azure Monitor's routes, fed by requests that were really scored.</summary>
[Category("Integration")]
public sealed class MetricsTests
{
    private const string Metrics = $"{HeartEndpoint.Path}/providers/microsoft.insights/metrics";
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _emulator = await RunningEmulator.StartAsync();
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green");
        foreach (var deployment in new[] { "blue", "blue", "green" })
        {
            await HeartEndpoint.ScoreAsync(_emulator, deployment);
        }

        await HeartEndpoint.ScoreAsync(_emulator, "green", body: """{"input_data":"nonsense"}""");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [TestCase("2018-01-01")]
    [TestCase("2023-10-01")]
    [TestCase("2024-02-01")]
    public async Task Requests_are_counted_by_minute_and_split_by_deployment_and_status(string version)
    {
        var all = await QueryAsync("metricnames=RequestsPerMinute&aggregation=Total", version);
        var split = await QueryAsync(
            "metricnames=RequestsPerMinute&aggregation=total&$filter=deployment eq '*' and statusCodeClass eq '*'", version);
        var failed = await QueryAsync(
            "metricnames=RequestsPerMinute&aggregation=total&$filter=deployment eq 'green' and statusCodeClass ne '2xx'", version);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Totals(all), Is.EqualTo(new Dictionary<string, double> { [""] = 4 }));
            Assert.That(Totals(split), Is.EqualTo(new Dictionary<string, double>
            {
                ["deployment=blue statuscodeclass=2xx"] = 2,
                ["deployment=green statuscodeclass=2xx"] = 1,
                ["deployment=green statuscodeclass=4xx"] = 1,
            }));
            Assert.That(Totals(failed), Is.EqualTo(new Dictionary<string, double> { ["deployment=green statuscodeclass=4xx"] = 1 }));
        }
    }

    [Test]
    public async Task What_was_counted_is_still_there_after_a_restart()
    {
        const string Query = $"{Metrics}?metricnames=RequestsPerMinute&aggregation=total&interval=FULL";
        var folder = RunningEmulator.NewFolder();
        List<double> totals = [];
        await using (var first = await RunningEmulator.StartAsync(folder))
        {
            await HeartEndpoint.CreateAsync(first, "blue");
            await HeartEndpoint.ScoreAsync(first, "blue");
        }

        await using (var second = await RunningEmulator.StartAsync(folder))
        {
            await HeartEndpoint.ScoreAsync(second, "blue");
            totals.Add(Totals((await second.Arm.GetAsync(Query)).Json).Values.Sum());
        }

        await using (var third = await RunningEmulator.StartAsync(folder))
        {
            totals.Add(Totals((await third.Arm.GetAsync(Query)).Json).Values.Sum());
        }

        Directory.Delete(folder, recursive: true);
        Assert.That(totals, Is.EqualTo(new[] { 2.0, 2.0 }));
    }

    [Test]
    public async Task The_answer_has_Azure_Monitors_shape()
    {
        var answer = await QueryAsync("metricnames=RequestLatency_P95,RequestsPerMinute&interval=PT5M");
        var metrics = answer["value"]!.AsArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.AsObject().Select(member => member.Key), Is.SupersetOf(new[] { "cost", "timespan", "interval", "value", "namespace", "resourceregion" }));
            Assert.That((string?)answer["interval"], Is.EqualTo("PT5M"));
            Assert.That((string?)answer["namespace"], Is.EqualTo("Microsoft.MachineLearningServices/workspaces/onlineEndpoints"));
            Assert.That(metrics.Select(metric => (string?)metric!["name"]!["value"]), Is.EqualTo(new[] { "RequestLatency_P95", "RequestsPerMinute" }));
            Assert.That(metrics.Select(metric => (string?)metric!["unit"]), Is.EqualTo(new[] { "MilliSeconds", "Count" }));
            Assert.That(
                (string?)metrics[1]!["id"],
                Is.EqualTo($"{Arm.Workspace}/{HeartEndpoint.Path}/providers/Microsoft.Insights/metrics/RequestsPerMinute").IgnoreCase);
        }
    }

    [Test]
    public async Task Intervals_follow_one_another_and_those_without_requests_have_no_value()
    {
        var answer = await QueryAsync("metricnames=RequestsPerMinute&interval=PT5M&aggregation=total,count", hours: 1);
        var data = answer["value"]![0]!["timeseries"]![0]!["data"]!.AsArray();
        var times = data.Select(point => DateTimeOffset.Parse((string)point!["timeStamp"]!, CultureInfo.InvariantCulture)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(times, Is.EqualTo(Enumerable.Range(0, 24).Select(at => times[0].AddMinutes(5 * at))));
            Assert.That((string?)answer["timespan"], Does.StartWith($"{times[0]:yyyy-MM-ddTHH:mm}:"));
            Assert.That(data.Count(point => point!["total"] is null), Is.GreaterThanOrEqualTo(20));
            Assert.That(data.Select(point => point!["total"] is null), Is.EqualTo(data.Select(point => point!["count"] is null)));
        }
    }

    [Test]
    public async Task A_span_is_read_that_was_encoded_twice_as_az_does()
    {
        var now = TimeProvider.System.GetUtcNow();
        var span = Uri.EscapeDataString($"{now.AddHours(-1):yyyy-MM-ddTHH:mm:ss+00:00}/{now.AddHours(1):yyyy-MM-ddTHH:mm:ss+00:00}");
        var answer = await Arm.GetAsync(
            $"{Metrics}?metricnames=RequestsPerMinute&aggregation=Total&interval=PT1M&timespan={Uri.EscapeDataString(span)}");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        Assert.That(Totals(answer.Json), Is.EqualTo(new Dictionary<string, double> { [""] = 4 }));
    }

    [Test]
    public async Task Latencies_are_there_for_the_deployments_that_answered()
    {
        var answer = await QueryAsync("metricnames=RequestLatency&aggregation=average,count&interval=FULL&$filter=deployment eq '*'");
        var series = answer["value"]![0]!["timeseries"]!.AsArray();
        var points = series.ToDictionary(
            one => (string)one!["metadatavalues"]![0]!["value"]!, one => one!["data"]!.AsArray().Single()!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(points.Keys, Is.EquivalentTo(new[] { "blue", "green" }));
            Assert.That((double)points["blue"]["average"]!, Is.Positive);
            Assert.That((double)points["blue"]["count"]!, Is.EqualTo(2));
            Assert.That((double)points["green"]["count"]!, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_deployment_has_metrics_of_its_own()
    {
        var path = $"{HeartEndpoint.Path}/deployments/green/providers/Microsoft.Insights/metrics";

        var answer = await QueryAsync("metricnames=RequestsPerMinute&aggregation=total&$filter=envoy_response_code eq '*'", path: path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Totals(answer), Is.EqualTo(new Dictionary<string, double> { ["envoy_response_code=200"] = 1, ["envoy_response_code=424"] = 1 }));
            Assert.That((string?)answer["namespace"], Is.EqualTo("Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"));
        }
    }

    [Test]
    public async Task The_definitions_name_every_metric_that_can_be_asked_for()
    {
        var definitions = (await Arm.GetAsync($"{HeartEndpoint.Path}/providers/microsoft.insights/metricDefinitions")).Json["value"]!.AsArray();
        var names = definitions.Select(definition => (string)definition!["name"]!["value"]!).ToList();

        var all = await QueryAsync($"metricnames={string.Join(',', names)}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.EqualTo(new[]
            {
                "RequestsPerMinute", "RequestLatency", "RequestLatency_P50", "RequestLatency_P90", "RequestLatency_P95", "RequestLatency_P99",
                "ConnectionsActive", "NewConnectionsPerSecond", "NetworkBytes", "DataCollectionEventsPerMinute", "DataCollectionErrorsPerMinute",
            }));
            Assert.That(
                definitions[0]!["dimensions"]!.AsArray().Select(dimension => (string?)dimension!["value"]),
                Is.EqualTo(new[] { "deployment", "statusCode", "statusCodeClass", "modelStatusCode" }));
            Assert.That(all["value"]!.AsArray(), Has.Count.EqualTo(names.Count));
        }
    }

    [TestCase(
        "metricnames=Nonsense",
        "Failed to find metric configuration for provider: Microsoft.MachineLearningServices, resource Type: workspaces/onlineEndpoints, metric: Nonsense, Valid")]
    [TestCase("interval=PT2M", "Valid time grains: PT1M")]
    [TestCase("aggregation=Median", "allowed are Total, Average, Minimum, Maximum, Count")]
    [TestCase("timespan=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z", "expected is start/end")]
    [TestCase("timespan=yesterday", "expected is start/end")]
    [TestCase("$filter=colour eq 'green'", "supported ones are: deployment,statusCode")]
    [TestCase("$filter=colour eq 'green'&ValidateDimensions=true", "supported ones are: deployment,statusCode")]
    [TestCase("top=0", "an integer of 1 or more")]
    [TestCase("$filter=(deployment eq 'green'", "opens a parenthesis that it does not close")]
    [TestCase("orderby=median", "orderby is 'median'; expected is one of sum, avg, min, max")]
    [TestCase("resultType=Numbers", "resultType is 'Numbers'; allowed are Data and Metadata")]
    [TestCase("metricnamespace=Microsoft.Web/sites", "Microsoft.Web/sites is not a supported platform metric namespace")]
    [TestCase("rollupby=deployment", "rollupby is 'deployment'; the local Azure ML rolls nothing up")]
    public async Task What_cannot_be_asked_is_refused_with_what_can(string query, string says)
    {
        var answer = await Arm.GetAsync($"{Metrics}?{query}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
            Assert.That((string?)answer.Json["code"], Is.EqualTo("BadRequest"));
            Assert.That((string?)answer.Json["message"], Does.Contain(says));
        }
    }

    [TestCase("sum asc", "green")]
    [TestCase("sum desc", "blue")]
    public async Task The_first_series_of_an_order_are_shown(string order, string first)
    {
        var answer = await QueryAsync(
            $"metricnames=RequestsPerMinute&aggregation=total&metricnamespace=Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
            + $"&$filter=deployment eq '*' and statusCode eq '200'&top=1&orderby={order}");

        Assert.That(Totals(answer).Keys, Is.EqualTo(new[] { $"deployment={first} statuscode=200" }));
    }

    [TestCase(HeartEndpoint.Path, "Microsoft.MachineLearningServices/workspaces/onlineEndpoints")]
    [TestCase($"{HeartEndpoint.Path}/deployments/blue", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments")]
    public async Task The_metric_namespace_is_the_resources_type_and_its_metrics_can_be_asked_for(string path, string type)
    {
        var namespaces = (await Arm.GetAsync($"{path}/providers/microsoft.insights/metricNamespaces")).Json["value"]!.AsArray();
        var name = (string)namespaces.Single()!["properties"]!["metricNamespaceName"]!;
        var definitions = await Arm.GetAsync($"{path}/providers/microsoft.insights/metricDefinitions?metricnamespace={name}");
        var others = await Arm.GetAsync($"{path}/providers/microsoft.insights/metricDefinitions?metricnamespace=custom");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(name, Is.EqualTo(type));
            Assert.That((string?)namespaces[0]!["classification"], Is.EqualTo("Platform"));
            Assert.That((string?)namespaces[0]!["id"], Does.EndWith($"/{path}/providers/Microsoft.Insights/metricNamespaces/{type.Replace('/', '-')}"));
            Assert.That(
                definitions.Json["value"]!.AsArray().Select(definition => (string?)definition!["name"]!["value"]),
                Does.Contain("DataCollectionEventsPerMinute").And.Contain("DataCollectionErrorsPerMinute"));
            Assert.That(others.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        }
    }

    [Test]
    public async Task An_endpoint_that_is_not_there_has_no_metrics()
    {
        var answer = await Arm.GetAsync("onlineEndpoints/nobody/providers/microsoft.insights/metrics");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    // The tests may run over a minute's border: a span around now holds all that was scored.
    private async Task<JsonNode> QueryAsync(string query, string version = "2023-10-01", string path = Metrics, int hours = 1)
    {
        var now = TimeProvider.System.GetUtcNow();
        var span = $"{now.AddHours(-hours):yyyy-MM-ddTHH:mm:ssZ}/{now.AddHours(hours):yyyy-MM-ddTHH:mm:ssZ}";
        var answer = await Arm.GetAsync($"{path}?api-version={version}&timespan={span}&{query}");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        return answer.Json;
    }

    private static Dictionary<string, double> Totals(JsonNode answer) => answer["value"]![0]!["timeseries"]!.AsArray().ToDictionary(
        series => string.Join(' ', series!["metadatavalues"]!.AsArray().Select(value => $"{value!["name"]!["value"]}={value["value"]}")),
        series => series!["data"]!.AsArray().Sum(point => (double?)point!["total"] ?? 0));
}
