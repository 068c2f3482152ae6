using System.Net;
using Sluice.AzureML.Telemetry;
using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

/// <summary>What is asked of Azure Monitor, and how answers in the shape of its specification's example are read.</summary>
[Category("Unit")]
internal sealed class MonitorTelemetryTests
{
    private const string Path = "/onlineEndpoints/heart/providers/Microsoft.Insights/metrics";

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private TestWorkspace _test = null!;

    private MonitorTelemetry Telemetry => new(_test.Connection);

    [SetUp]
    public void MakeWorkspace() => _test = new TestWorkspace();

    [TearDown]
    public void End() => _test.Dispose();

    [Test]
    public async Task The_requests_are_asked_for_by_minute_deployment_and_status()
    {
        AnswerTraffic("");

        await ReadTrafficAsync();

        var asked = _test.Service.Requests.Select(request => (request.Path, Query: WebUtility.UrlDecode(request.Uri.Query))).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Select(request => request.Path), Is.All.EqualTo(Arm.Base + Path));
            Assert.That(asked.Select(request => request.Query), Is.EqualTo(new[]
            {
                "?api-version=2023-10-01&metricnames=RequestsPerMinute&aggregation=Average&interval=PT1M"
                + "&timespan=2026-01-02T03:00:00Z/2026-01-02T03:10:00Z&top=1000"
                + "&$filter=deployment eq '*' and statusCodeClass eq '*' and statusCode eq '*'",
                "?api-version=2023-10-01&metricnames=RequestLatency_P50,RequestLatency_P90,RequestLatency_P95,RequestLatency_P99"
                + "&aggregation=Average&interval=PT1M&timespan=2026-01-02T03:00:00Z/2026-01-02T03:10:00Z&top=1000"
                + "&$filter=deployment eq '*'",
            }));
            Assert.That(
                _test.Service.Requests.Select(request => request.Headers["Authorization"]),
                Is.All.EqualTo("Bearer " + FakeCredential.Token));
        }
    }

    [Test]
    public async Task Status_codes_of_one_class_add_up_and_what_has_no_value_is_left_out()
    {
        AnswerTraffic(
            Answers("green", "4xx", "424")("""{"average":3.0}""", "{}", """{"average":0.0}"""),
            Answers("green", "4XX", "429")("""{"average":2.0}""", "{}", """{"average":null}"""),
            Answers("green", "2xx", "200")("""{"average":40}""", """{"average":7.0}"""),
            Answers("blue", "2xx", "200")("""{"average":300.0}"""));

        var minutes = await ReadTrafficAsync();

        Assert.That(
            minutes.Select(minute => (minute.Start, minute.Deployment, AnswersOf(minute))),
            Is.EqualTo(new[]
            {
                (Start, "blue", "2xx=300"),
                (Start, "green", "2xx=40 4xx=5"),
                (Start.AddMinutes(1), "green", "2xx=7"),
            }));
    }

    [Test]
    public async Task A_minute_has_the_quantiles_that_are_known_of_it()
    {
        _test.Service.On("GET", Path, Requests, _ => Ok(Collection(
            Metric("RequestLatency_P50", "MilliSeconds", Series(("deployment", "green"))("""{"average":12.5}""")),
            Metric("RequestLatency_P90", "MilliSeconds"),
            Metric("RequestLatency_P95", "MilliSeconds", Series(("deployment", "green"))("{}", """{"average":80.0}""")),
            Metric("RequestLatency_P99", "MilliSeconds", Series(("deployment", "blue"))("""{"average":99.0}""")))));

        var minutes = await ReadTrafficAsync();

        Assert.That(
            minutes.Select(minute => string.Join(' ', minute.LatencyMilliseconds.Select(each => $"P{each.Key}={each.Value:0.0}"))),
            Is.EqualTo(new[] { "P50=12.5", "P95=80.0" }));

        static HttpResponseMessage Requests(SentRequest request) => Ok(Collection(Metric(
            "RequestsPerMinute", "Count", Answers("green", "2xx", "200")("""{"average":1.0}""", """{"average":1.0}"""))));
    }

    [Test]
    public async Task Series_that_may_have_been_cut_off_are_no_answer()
    {
        AnswerTraffic([.. Enumerable.Range(0, 1000).Select(number => Answers($"d{number}", "2xx", "200")("""{"average":1.0}"""))]);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(ReadTrafficAsync);

        Assert.That(failure!.Code, Is.EqualTo("TooManySeries"));
    }

    [Test]
    public async Task A_long_span_is_asked_for_day_by_day()
    {
        _test.Service.On("GET", Path, 200, Collection(Metric("RequestLatency", "MilliSeconds")));

        await Telemetry.ReadMetricAsync(Query("RequestLatency") with { To = Start.AddHours(60) }, CancellationToken.None);

        Assert.That(_test.Service.Requests.Select(request => SpanOf(request)), Is.EqualTo(new[]
        {
            "2026-01-02T03:00:00Z/2026-01-03T03:00:00Z",
            "2026-01-03T03:00:00Z/2026-01-04T03:00:00Z",
            "2026-01-04T03:00:00Z/2026-01-04T15:00:00Z",
        }));
    }

    [Test]
    public async Task A_span_without_a_whole_interval_is_not_asked_for()
    {
        var points = await Telemetry.ReadMetricAsync(
            Query("RequestLatency") with { From = Start.AddSeconds(1), To = Start.AddSeconds(119) }, CancellationToken.None);

        Assert.That(points, Is.Empty);
        Assert.That(_test.Service.Requests, Is.Empty);
    }

    [TestCase("Average", "Count", 5)]
    [TestCase("Average", "Percent", 2.5)]
    [TestCase("Total", "Percent", 5)]
    [TestCase("Count", "Count", 5)]
    [TestCase("minimum", "Count", 1)]
    [TestCase("Maximum", "Percent", 4)]
    public async Task Series_of_one_interval_are_put_together_as_their_aggregation_says(string aggregation, string unit, double value)
    {
        var name = aggregation.ToLowerInvariant();
        _test.Service.On("GET", Path, 200, Collection(Metric(
            "CpuUtilizationPercentage",
            unit,
            Series(("instanceid", "1"))($$"""{"{{name}}":1.0}"""),
            Series(("instanceid", "2"))($$"""{"{{name}}":4.0}"""))));

        var points = await Telemetry.ReadMetricAsync(
            Query("CpuUtilizationPercentage") with { Aggregation = aggregation }, CancellationToken.None);

        Assert.That(points, Is.EqualTo(new[] { new MetricPoint(Start, value) }));
    }

    [Test]
    public async Task Points_that_begin_before_the_span_are_left_out()
    {
        _test.Service.On("GET", Path, 200, Collection(Metric(
            "RequestLatency", "MilliSeconds", Series()("""{"average":1.0}""", """{"average":2.0}""", """{"average":3.0}"""))));

        var points = await Telemetry.ReadMetricAsync(
            Query("RequestLatency") with { From = Start.AddMinutes(1), To = Start.AddMinutes(2) }, CancellationToken.None);

        Assert.That(points, Is.EqualTo(new[] { new MetricPoint(Start.AddMinutes(1), 2) }));
    }

    [Test]
    public async Task Who_may_not_read_metrics_is_told_what_is_missing()
    {
        _test.Service.On("GET", Path, 403, Arm.Error(
            "AuthorizationFailed", "The client does not have authorization to perform action 'Microsoft.Insights/metrics/read'."));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(ReadTrafficAsync);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Call, Is.EqualTo("read the metrics of heart"));
            Assert.That(failure.Code, Is.EqualTo("AuthorizationFailed"));
            Assert.That(failure.Message, Does.EndWith(
                "Reading metrics needs the permission Microsoft.Insights/metrics/read on the endpoint, "
                + "which the role Monitoring Reader has."));
        }
    }

    [TestCase("""{"value":[]}""", "MetricNotFound")]
    [TestCase("""{"value":[{"name":{"value":"RequestLatency"},"errorCode":"InvalidDimension","errorMessage":"no"}]}""", "InvalidDimension")]
    [TestCase(
        """{"value":[{"name":{"value":"RequestLatency"},"timeseries":[{"data":[{"timeStamp":"yesterday","average":1}]}]}]}""",
        "UnreadableAnswer")]
    [TestCase("""{"value":[{"name":"RequestLatency"}]}""", "UnreadableAnswer")]
    [TestCase("""{"valu""", "UnreadableAnswer")]
    public async Task An_answer_without_the_metric_is_a_failure_that_names_the_call(string body, string code)
    {
        _test.Service.On("GET", Path, 200, body);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => Telemetry.ReadMetricAsync(Query("RequestLatency"), CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo(code));
        Assert.That(failure.Message, Does.StartWith("Could not read the metric RequestLatency of endpoint heart: "));
    }

    [TestCase("-1")]
    [TestCase("1e300")]
    public async Task What_is_no_number_of_requests_is_a_failure(string value)
    {
        AnswerTraffic(Answers("green", "2xx", "200")($$"""{"average":{{value}}}"""));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(ReadTrafficAsync);

        Assert.That(failure!.Code, Is.EqualTo("UnreadableAnswer"));
    }

    [Test]
    public async Task A_read_that_fails_for_a_moment_is_repeated()
    {
        _test.Service.On(
            "GET",
            Path,
            _ => ScriptedService.Answer(503),
            _ => Ok(Collection(Metric("RequestLatency", "MilliSeconds", Series()("""{"average":1.0}""")))));

        var points = await Telemetry.ReadMetricAsync(Query("RequestLatency"), CancellationToken.None);

        Assert.That(points, Is.EqualTo(new[] { new MetricPoint(Start, 1) }));
    }

    private static MetricQuery Query(string metric) =>
        new("heart", null, metric, "Average", null, TimeSpan.FromMinutes(1), Start, Start.AddMinutes(10));

    private static string SpanOf(SentRequest request)
    {
        const string Name = "timespan=";
        var span = request.Uri.Query.Split('&').Single(part => part.StartsWith(Name, StringComparison.Ordinal));
        return WebUtility.UrlDecode(span)[Name.Length..];
    }

    private static string AnswersOf(TrafficMinute minute) =>
        string.Join(' ', minute.Answers.Select(answers => $"{answers.Key}={answers.Value}"));

    private static HttpResponseMessage Ok(string body) => ScriptedService.Answer(200, body);

    private static string Collection(params string[] metrics) => $$"""
        {"cost":0,"timespan":"2026-01-02T03:00:00Z/2026-01-02T03:10:00Z","interval":"PT1M","value":[{{string.Join(',', metrics)}}],
         "namespace":"Microsoft.MachineLearningServices/workspaces/onlineEndpoints","resourceregion":"westus"}
        """;

    private static string Metric(string name, string unit, params string[] series) => $$"""
        {"id":"{{Arm.Base}}{{Path}}/{{name}}","type":"Microsoft.Insights/metrics","name":{"value":"{{name}}","localizedValue":"{{name}}"},
         "displayDescription":"a metric","unit":"{{unit}}","timeseries":[{{string.Join(',', series)}}],"errorCode":"Success"}
        """;

    /// <summary>A series of requests.</summary>
    private static PointsOf Answers(string deployment, string statusClass, string status) =>
        Series(("deployment", deployment), ("statuscodeclass", statusClass), ("statuscode", status));

    /// <summary>A series with its points, minute by minute from <see cref="Start"/>; a point is an object of aggregations.</summary>
    private static PointsOf Series(params (string Name, string Value)[] dimensions) => points =>
    {
        var values = dimensions.Select(each =>
            $$$"""{"name":{"value":"{{{each.Name}}}","localizedValue":"{{{each.Name}}}"},"value":"{{{each.Value}}}"}""");
        var data = points.Select((point, minute) =>
            $"{{\"timeStamp\":\"{Start.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ}\"{(point == "{}" ? "" : ",")}{point[1..]}");
        return $$"""{"metadatavalues":[{{string.Join(',', values)}}],"data":[{{string.Join(',', data)}}]}""";
    };

    private void AnswerTraffic(params string[] requests)
    {
        var latencies = new[] { 50, 90, 95, 99 }.Select(percent => Metric($"RequestLatency_P{percent}", "MilliSeconds"));
        _test.Service.On(
            "GET",
            Path,
            _ => Ok(Collection(Metric("RequestsPerMinute", "Count", [.. requests.Where(series => series.Length > 0)]))),
            _ => Ok(Collection([.. latencies])));
    }

    private Task<System.Collections.Immutable.ImmutableArray<TrafficMinute>> ReadTrafficAsync() =>
        Telemetry.ReadTrafficAsync("heart", Start, Start.AddMinutes(10), CancellationToken.None);

    private delegate string PointsOf(params string[] points);
}
