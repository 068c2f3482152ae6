using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The real program on a local Azure ML whose configuration has it go wrong.</summary>
[Category("Integration")]
internal sealed class FaultyEmulatorTests
{
    [Test]
    public async Task A_rollout_that_is_throttled_and_loses_answers_ends_right()
    {
        await using var bench = new Workbench(config => config["emulator"]!["faults"] = JObject.Parse("""
            {
              "budgets": { "reads": { "size": 20, "perSecond": 20 } },
              "rules": [
                { "surface": "arm", "method": "GET", "every": 9, "times": 4, "answer": { "status": 429, "retryAfter": "1s" } },
                { "method": "PUT", "path": "*/onlineEndpoints/*", "every": 2, "times": 4, "reset": { "moment": "after" } },
                { "surface": "blob", "method": "PUT", "every": 3, "times": 4, "answer": { "status": 503 } }
              ]
            }
            """));

        var run = await bench.RunAsync("--target=Promote");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("traffic    green-2 100 %"));
    }

    [Test]
    public async Task A_deployment_that_fails_by_rule_ends_the_run_and_the_same_command_goes_on_from_there()
    {
        await using var bench = new Workbench(config => config["emulator"]!["faults"] = JObject.Parse("""
            {
              "rules": [
                { "surface": "arm", "method": "GET", "after": 5, "times": 2, "answer": { "status": 429, "retryAfter": "1s" } },
                { "method": "PUT", "path": "*/deployments/default", "times": 1, "reset": { "moment": "after" } },
                { "method": "PUT", "path": "*/deployments/green-2", "times": 1, "operation": { "end": "fails" } }
              ]
            }
            """));
        var server = bench.Start("--target=Emulator");
        await server.WaitForOutputAsync("It runs until Ctrl-C.");

        var failed = await bench.RunAsync("--target=Promote");
        var between = await bench.TrafficAsync();
        var done = await bench.RunAsync("--target=Promote");

        await using var attached = await RunningEmulator.StartAsync(Path.Combine(bench.Folder, ".sluice", "emulator"));
        var rules = JsonNode.Parse(await attached.Http.GetStringAsync("/admin/faults"))!["rules"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed.ExitCode, Is.EqualTo(1), failed.ToString());
            Assert.That(failed.Output + failed.Error, Does.Contain("A fault rule of the local Azure ML failed this operation."));
            Assert.That(failed.Output, Does.Contain("Its faults are those of that process."));
            Assert.That(between, Is.EqualTo("default=100"));
            Assert.That(done.ExitCode, Is.Zero, done.ToString());
            Assert.That(await bench.TrafficAsync(), Is.EqualTo("green-2=100"));
            Assert.That(rules.Select(rule => (int)rule!["happened"]!), Is.EqualTo(new[] { 2, 1, 1 }));
        }
    }
}
