using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Newtonsoft.Json.Linq;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>
/// The real program rehearses the shipped configurations as they stand. What signs in to Azure is not there to be loaded, and whoever asks for a
/// host outside this machine is sent to a proxy that takes note of it.
/// </summary>
[Category("Integration")]
public sealed class RehearsalTests
{
    private static readonly string Production = Path.Combine(Repository.Root, "config", "prod.json");

    private Desk _desk = null!;
    private TcpListener _proxy = null!;

    [SetUp]
    public void LayOutTheDesk()
    {
        _desk = new Desk("Azure.Identity", "Microsoft.Identity.Client*");
        _proxy = new TcpListener(IPAddress.Loopback, 0);
        _proxy.Start();
        foreach (var variable in new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy" })
        {
            _desk.Environment[variable] = $"http://{_proxy.LocalEndpoint}";
        }
    }

    [TearDown]
    public async Task ClearTheDesk()
    {
        _proxy.Dispose();
        await _desk.DisposeAsync();
    }

    [Test]
    public async Task Productions_configuration_as_it_stands_is_promoted_and_nothing_else_is_touched()
    {
        var state = Directory.CreateDirectory(Path.Combine(_desk.Folder, ".sluice", "emulator"));
        await File.WriteAllTextAsync(Path.Combine(state.FullName, "state.db"), "somebody's");

        var run = await RehearseToTheEndAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("THIS IS A REHEARSAL.").And.Contain("time runs 50 times as fast"));
            Assert.That(run.Output, Does.Contain("Callers send 500 requests in each second of real time."));
            Assert.That(run.Output, Does.Contain("Of the requests of each deployment with traffic 0.5 % fail, as rollout.traffic.errorRate says is usual."));
            Assert.That(run.Output, Does.Contain("traffic    green-2 100 %").And.Match(@"requests   \d+ sent, [1-9]\d* failed"), "Some fail as usual.");

            // What stood in the configuration: 10, 20, 30 and 30 minutes, and two deployments of five.
            Assert.That(run.Output, Does.Match(@"duration   [1-9]\d* h \d\d min, rehearsed in"));
            Assert.That(_proxy.Pending(), Is.False, "Something outside this machine was asked for.");
            Assert.That(state.EnumerateFileSystemInfos().Select(file => file.Name), Is.EqualTo(new[] { "state.db" }));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(state.FullName, "state.db")), Is.EqualTo("somebody's"));
            Assert.That(
                Directory.EnumerateFiles(Path.Combine(_desk.Folder, "artifacts")).Select(Path.GetFileName),
                Is.EquivalentTo(new[] { "rehearsal-journal.jsonl", "rehearsal-report.html", "rehearsal-summary.md" }));
        }
    }

    [Test]
    public async Task A_candidate_that_fails_half_of_its_requests_is_rolled_back_and_the_next_rehearsal_begins_with_nothing()
    {
        var first = await RehearseAsync("--inject=errors=0.5", "--seed=7");
        var second = await RehearseAsync("--inject=errors=0.5", "--load-rate=0");

        using (Assert.EnterMultipleScope())
        {
            foreach (var run in new[] { first, second })
            {
                Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
                Assert.That(run.Output, Does.Contain("green-* is made worse: errors=0.5."));
                Assert.That(run.Output, Does.Contain("smoke test: Pass, green-2 answered the sample"));
                Assert.That(run.Output, Does.Contain("result     Canary: rolled back. green-2 failed at 5 %").And.Contain("the model answered 500"));
                Assert.That(run.Output, Does.Contain("traffic    default 100 %"));
            }

            Assert.That(first.Output, Does.Contain("The seed is 7."));
            Assert.That(second.Output, Does.Contain("Nothing serves yet.").And.Contain("No callers send requests."));
            Assert.That(second.Output, Does.Not.Contain("requests   "));
            Assert.That(_proxy.Pending(), Is.False, "Something outside this machine was asked for.");
        }
    }

    /// <summary>
    /// What is wrong is found by the gate that is made for it, and callers have the stable deployment again without another look. One this slow turns
    /// callers away, too, where the machine is busy: that may be found first.
    /// </summary>
    [TestCase("slow=20", "gate (latency in replay says Fail: |errors says Fail: \\d+ of \\d+ requests failed on the candidate)", true)]
    [TestCase("wrong=0.3", "gate (agreement says Fail: \\d+ of 2[34]\\d rows|quality says Inconclusive: log loss 0|calibration says Inconclusive)", false)]
    [TestCase("drift=0.2", "gate (calibration says Inconclusive: calibration 0.2|quality says Inconclusive: log loss 0.*with nothing cut off)", false)]
    [TestCase("fail-after=15m", "gate (probes|errors|errors in replay) says Fail: ", true)]
    public async Task A_candidate_that_is_worse_is_rolled_back_for_the_reason_that_it_is_worse_for(string worse, string reason, bool hadTraffic)
    {
        var run = await RehearseAsync($"--inject={worse}", "--seed=11");
        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());

        var events = (await File.ReadAllLinesAsync(Path.Combine(_desk.Folder, "artifacts", "rehearsal-journal.jsonl"))).Select(JObject.Parse).ToList();
        var shifts = events.Where(happened => (string?)happened["type"] == "traffic-written").Select(happened => $"{happened["traffic"]!["green-2"] ?? 0}");
        var lastLook = events.FindLastIndex(happened => (string?)happened["type"] == "gates-judged");
        var back = events.FindIndex(lastLook, happened => (string?)happened["type"] is "traffic-written" or "mark-written");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Match($"result     Canary: rolled back. green-2 failed .*{reason}"));
            Assert.That(run.Output, Does.Contain("traffic    default 100 %"));
            Assert.That(shifts.Any(weight => weight != "0"), Is.EqualTo(hadTraffic), "whether callers ever met it");
            Assert.That((string?)events[back]["mark"]!["status"], Is.EqualTo("rolled-back"));
            Assert.That(
                events.Skip(lastLook + 1).Take(back - lastLook - 1).Select(happened => (string?)happened["type"]),
                Has.None.EqualTo("probes-answered"),
                "no look lies between the one that found it and the way back");
        }
    }

    [Test]
    public async Task The_version_that_serves_passes_every_gate_when_it_is_registered_again_under_another_number()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_desk.Folder, "again"));
        foreach (var file in new DirectoryInfo(Path.Combine(Repository.Root, "models", "heart-classifier", "v1")).EnumerateFiles())
        {
            file.CopyTo(Path.Combine(copy.FullName, file.Name));
        }

        // With the very same files it would be the version that is registered already.
        await File.WriteAllTextAsync(Path.Combine(copy.FullName, "requirements.txt"), "onnxruntime\n");
        // Steps as long as the gates need; how many callers a machine manages is its own affair.
        var run = await RehearseToTheEndAsync($"--model-path={copy.FullName}", "--bake=4m", "--final-bake=4m");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("traffic    green-2 100 %").And.Match(@"requests   \d+ sent, [1-9]\d* failed"), "Some fail as usual.");
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such rights.")]
    public async Task Its_state_is_its_owners_alone_and_what_is_written_down_has_the_faster_clocks_time()
    {
        var begin = DateTimeOffset.UtcNow;
        var run = await RehearseAsync("--inject=fail-after=1m");
        var end = DateTimeOffset.UtcNow;

        var times = (await File.ReadAllLinesAsync(Path.Combine(_desk.Folder, "artifacts", "rehearsal-journal.jsonl")))
            .Select(line => (DateTimeOffset)JObject.Parse(line)["time"]!)
            .ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
            Assert.That(
                File.GetUnixFileMode(Path.Combine(_desk.Folder, ".sluice", "rehearsal")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            Assert.That(times, Is.Ordered);
            Assert.That(times[0], Is.GreaterThanOrEqualTo(begin));

            // Two deployments take ten minutes on Azure.
            Assert.That(times[^1] - times[0], Is.GreaterThan(TimeSpan.FromMinutes(10)).And.GreaterThan(end - begin));
        }
    }

    [Test]
    public async Task The_same_configuration_without_a_rehearsal_is_refused_for_its_placeholders()
    {
        var run = await _desk.RunAsync("--target=Promote", $"--config={Production}");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Error, Does.Contain("workspace.subscriptionId is not filled in yet"));
    }

    private Task<SluiceRun> RehearseAsync(params string[] arguments) => RehearseAtAsync(240, arguments);

    /// <summary>At a speed at which a machine's callers are enough for the gate on their errors, also where it has much else to do.</summary>
    private Task<SluiceRun> RehearseToTheEndAsync(params string[] arguments) => RehearseAtAsync(50, arguments);

    private Task<SluiceRun> RehearseAtAsync(int speed, string[] arguments) =>
        _desk.RunAsync(["--target=Promote", $"--config={Production}", "--rehearse", $"--speed={speed}", .. arguments]);
}
