using Sluice.Emulator.Faults;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Store;
using Sluice.Tests.EmulatorScoring;

namespace Sluice.Tests.Emulator;

/// <summary>What of the metrics outlives a process.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class MetricsStoreTests
{
    private readonly ManualTime _time = new();
    private DirectoryInfo _folder = null!;
    private Database _database = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("sluice-metrics-");
        _database = Database.Open(Path.Combine(_folder.FullName, "state.db"), new Disk(new LiveFaults(seed: 1, TimeProvider.System)));
    }

    [TearDown]
    public void Close()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task What_was_counted_is_there_in_the_next_process_and_grows_on()
    {
        for (var process = 1; process <= 3; process++)
        {
            await using var endpoint = Serve();
            await using var store = new MetricsStore(_database, endpoint.Door, _time);
            await endpoint.SendAsync();
            await endpoint.SendAsync(TestEndpoint.Request(deployment: "green"));

            var minute = endpoint.Metrics("blue").All.Single();
            Assert.That(minute.Requests, Is.EqualTo(new Dictionary<RequestOutcome, int> { [new RequestOutcome(200, 200)] = process }));
            Assert.That((minute.Latency.Count, endpoint.Outcomes("green")[(424, 500)]), Is.EqualTo((process, process)));
        }
    }

    [Test]
    public async Task A_killed_process_loses_no_minute_after_the_next_one()
    {
        await using var killed = Serve();
        await using var running = new MetricsStore(_database, killed.Door, _time);
        await killed.SendAsync();

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(() => Kept().Select(minute => minute.Deployment), Is.EqualTo(new[] { "blue" }).After(30_000, 10));
    }

    [Test]
    public async Task What_the_front_door_no_longer_keeps_is_deleted()
    {
        await using (var first = Serve())
        await using (new MetricsStore(_database, first.Door, _time))
        {
            await first.SendAsync();
        }

        var before = Kept().Count;
        _time.Advance(TimeSpan.FromMinutes(DeploymentMetrics.Kept + 1));
        await using var next = Serve();
        await new MetricsStore(_database, next.Door, _time).DisposeAsync();

        Assert.That((before, Kept().Count), Is.EqualTo((1, 0)));
    }

    /// <summary>An endpoint whose deployment without traffic fails.</summary>
    private TestEndpoint Serve()
    {
        var endpoint = new TestEndpoint(_time);
        endpoint.Deploy("blue", traffic: 100);
        endpoint.Deploy("green").Fails = true;
        return endpoint;
    }

    private IReadOnlyCollection<KeptMinute> Kept()
    {
        using var connection = _database.Connect();
        return [.. new DocumentTable<KeptMinute>("metricsMinute", StateJson.Default.KeptMinute).Load(connection).Values];
    }
}
