using System.Net;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Telemetry;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>What clients sent, read back by way of the service's metrics.</summary>
[Category("Integration")]
public sealed class MonitorTelemetryTests
{
    private const string Endpoint = "heart";
    private const string Nonsense = """{"input_data":"nonsense"}""";

    private readonly HeldTime _time = new();
    private RunningEmulator _emulator = null!;
    private AzureConnection _connection = null!;
    private DateTimeOffset _start;

    private MonitorTelemetry Telemetry => new(_connection);

    /// <summary>
    /// Sends in one minute 5 requests to blue and 3 to green, of which 2 fail; in the next but one 2 to green, and to blue one that fails.
    /// </summary>
    [OneTimeSetUp]
    public async Task SendAsync()
    {
        _emulator = await RunningEmulator.StartAsync(time: _time);
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green");
        var now = _time.GetUtcNow();
        _start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(2);
        _time.HoldAt(_start.AddSeconds(20));
        await ScoreAsync("blue", sound: 5, broken: 0);
        await ScoreAsync("green", sound: 1, broken: 2);
        _time.HoldAt(_start.AddMinutes(2).AddSeconds(59));
        await ScoreAsync("green", sound: 2, broken: 0);
        await ScoreAsync("blue", sound: 0, broken: 1);
        _time.HoldAt(_start.AddMinutes(5));

        var there = _emulator.Connection;
        _connection = AzureConnection.ToLocal(
            new WorkspaceSpec(Cloud.Local, there.SubscriptionId, there.ResourceGroup, there.Workspace),
            new LocalCloud(there.ArmEndpoint, there.CertificateSha256, new Secret(there.BearerToken)),
            new PlainMask());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _connection?.Dispose();
        await _emulator.DisposeAsync();
    }

    [Test]
    public async Task The_answers_of_each_minute_are_those_that_the_clients_got()
    {
        var minutes = await Telemetry.ReadTrafficAsync(Endpoint, _start, _start.AddMinutes(3), CancellationToken.None);

        Assert.That(
            minutes.Select(minute => (minute.Start, minute.Deployment, AnswersOf(minute))),
            Is.EqualTo(new[]
            {
                (_start, "blue", "2xx=5"),
                (_start, "green", "2xx=1 4xx=2"),
                (_start.AddMinutes(2), "blue", "4xx=1"),
                (_start.AddMinutes(2), "green", "2xx=2"),
            }));
    }

    [Test]
    public async Task Each_minute_has_the_quantiles_of_its_latency()
    {
        var minutes = await Telemetry.ReadTrafficAsync(Endpoint, _start, _start.AddMinutes(3), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(minutes.Select(minute => minute.LatencyMilliseconds.Keys), Is.All.EqualTo(new[] { 50, 90, 95, 99 }));
            Assert.That(minutes.Select(minute => minute.LatencyMilliseconds.Values), Is.All.Ordered);
            Assert.That(minutes.SelectMany(minute => minute.LatencyMilliseconds.Values), Is.All.Positive);
        }
    }

    [Test]
    public async Task Only_minutes_that_lie_in_the_span_as_a_whole_are_told()
    {
        var minutes = await Telemetry.ReadTrafficAsync(
            Endpoint, _start.AddSeconds(1), _start.AddMinutes(3).AddSeconds(-1), CancellationToken.None);

        Assert.That(minutes, Is.Empty);
    }

    [Test]
    public async Task A_metric_of_the_endpoint_adds_the_numbers_of_its_series_up()
    {
        var points = await Telemetry.ReadMetricAsync(
            new MetricQuery(
                Endpoint, null, "RequestsPerMinute", "Average", "deployment eq '*'", TimeSpan.FromMinutes(1), _start, _start.AddMinutes(3)),
            CancellationToken.None);

        Assert.That(points, Is.EqualTo(new[] { new MetricPoint(_start, 8), new MetricPoint(_start.AddMinutes(2), 3) }));
    }

    [Test]
    public async Task A_metric_of_a_deployment_is_its_own()
    {
        var points = await Telemetry.ReadMetricAsync(
            new MetricQuery(
                Endpoint,
                "green",
                "RequestsPerMinute",
                "total",
                "envoy_response_code eq '424'",
                TimeSpan.FromMinutes(1),
                _start,
                _start.AddMinutes(3)),
            CancellationToken.None);

        Assert.That(points, Is.EqualTo(new[] { new MetricPoint(_start, 2) }));
    }

    [Test]
    public async Task A_metric_that_is_not_there_is_told_with_those_that_are()
    {
        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => Telemetry.ReadMetricAsync(
            new MetricQuery(Endpoint, "green", "Happiness", "Average", null, TimeSpan.FromMinutes(1), _start, _start.AddMinutes(3)),
            CancellationToken.None));

        Assert.That(failure!.Message, Does.StartWith("Could not read the metric Happiness of deployment green of endpoint heart: "));
        Assert.That(failure.Message, Does.Contain("Valid metrics: RequestsPerMinute,"));
    }

    private static string AnswersOf(TrafficMinute minute) =>
        string.Join(' ', minute.Answers.Select(answers => $"{answers.Key}={answers.Value}"));

    private async Task ScoreAsync(string deployment, int sound, int broken)
    {
        for (var sent = 0; sent < sound + broken; sent++)
        {
            var answer = await HeartEndpoint.ScoreAsync(_emulator, deployment, body: sent < sound ? null : Nonsense);
            Assert.That(answer.Status, Is.EqualTo(sent < sound ? HttpStatusCode.OK : HttpStatusCode.FailedDependency), answer.Body);
        }
    }
}
