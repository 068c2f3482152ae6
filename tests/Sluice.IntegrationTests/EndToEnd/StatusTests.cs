using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Crashes;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>A rollout that runs in one process, seen from another.</summary>
[Category("Integration")]
internal sealed class StatusTests
{
    /// <summary>
    /// The model's versions, the endpoint, its deployments, two questions to the telemetry; and once a process the datastore and its key.
    /// </summary>
    private const int MostArmCalls = 7;

    [Test]
    public async Task A_rollout_elsewhere_is_seen_to_its_end_and_a_look_changes_nothing()
    {
        var record = new ServiceRecord();
        await using var emulator = await RunningEmulator.StartAsync(watch: record);
        await using var bench = Workbench.At(emulator, config =>
        {
            config["rollout"]!["steps"] = JArray.Parse("""[{ "weight": 50, "bake": "20s" }]""");
            config["rollout"]!["gate"]!["lookInterval"] = "500ms";
        });
        var rollout = bench.Start("--target=Promote");
        await rollout.WaitForOutputAsync("traffic is default 50 %, green-2 50 %");
        var watching = bench.Start("--target=Status", "--watch", "--interval=1s", "--output=json");

        var (done, watched) = (await rollout.EndAsync(), await watching.EndAsync());
        var before = record.Requests.Count;
        var once = await bench.RunAsync("--target=Status");

        Assert.That(done.ExitCode, Is.Zero, done.ToString());
        Assert.That(watched.ExitCode, Is.Zero, watched.ToString());
        var looks = watched.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToArray();
        var asked = record.Requests.Skip(before).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(looks, Has.Length.GreaterThan(1));
            Assert.That((int?)looks[0].SelectToken("progress.step"), Is.EqualTo(1), $"{looks[0]}");
            Assert.That(looks[0].SelectToken("lock.stages")!.Values<string>(), Has.Member("Promote"));
            Assert.That((bool?)looks[0].SelectToken("lock.isAlive"), Is.True, "It is a process of this machine.");
            Assert.That((string?)looks[^1].SelectToken("progress.outcome"), Is.EqualTo("Done"));
            Assert.That((string?)looks[^1].SelectToken("rollout.status"), Is.EqualTo("completed"));
            Assert.That(watched.Error, Is.Empty);
            Assert.That(once.Output, Does.Contain("ended      done").And.Contain("--target=Cleanup"));
            Assert.That(asked.Where(ReadOnly.Changes).Select(request => $"{request}"), Is.Empty);
            Assert.That(asked.Count(request => request.Path.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)), Is.InRange(3, MostArmCalls));
        }
    }
}
