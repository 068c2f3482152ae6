using Newtonsoft.Json.Linq;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
public sealed class EmulatorTargetTests
{
    [Test]
    public async Task Another_process_attaches_to_the_one_that_serves_and_a_rollout_in_progress_is_seen()
    {
        await using var bench = new Workbench(config => config["rollout"]!["steps"]![0]!["bake"] = "60s");
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        var canary = bench.Start("--target=Canary");
        await canary.WaitForOutputAsync("green-2: 10 probes");

        var status = await bench.StatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(canary.Output, Does.Contain($"served by process {emulator.Id}"));
            Assert.That((string?)status.SelectToken("rollout.status"), Is.EqualTo("canary"));
            Assert.That(status.SelectToken("endpoint.traffic")!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"default":90,"green-2":10}"""));
        });
    }

    [Test]
    public async Task A_run_whose_local_Azure_ML_is_killed_says_so_and_the_same_command_goes_on()
    {
        await using var bench = new Workbench(config => config["rollout"]!["steps"]![0]!["bake"] = "20s");
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        var canary = bench.Start("--target=Canary");
        await canary.WaitForOutputAsync("green-2: 10 probes");

        await emulator.SignalAsync("KILL");
        var ended = await canary.EndAsync();
        var again = await bench.RunAsync("--target=Promote");

        Assert.Multiple(() =>
        {
            Assert.That(ended.ExitCode, Is.EqualTo(1), ended.ToString());
            Assert.That(ended.ToString(), Does.Contain($"The local Azure ML has ended, process {emulator.Id}; its state is kept"));
            Assert.That(again.ExitCode, Is.Zero, again.ToString());
        });
    }

    [Test]
    public async Task It_stops_on_a_signal_keeps_its_state_and_Reset_clears_it()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Blue");
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");

        var refused = await bench.RunAsync("--target=Reset");
        await emulator.SignalAsync("INT");
        var stopped = await emulator.EndAsync();
        var kept = await bench.TrafficAsync();
        var reset = await bench.RunAsync("--target=Reset");
        var after = await bench.StatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
            Assert.That(refused.Error, Does.Contain($"{emulator.Id}"));
            Assert.That(stopped.ExitCode, Is.Zero, stopped.ToString());
            Assert.That(kept, Is.EqualTo("default=100"));
            Assert.That(reset.ExitCode, Is.Zero, reset.ToString());
            Assert.That(after["endpoint"]!.Type, Is.EqualTo(JTokenType.Null));
        });
    }

    [Test]
    public async Task The_curl_line_that_it_prints_works()
    {
        await using var bench = new Workbench();
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        var line = emulator.Output.Split('\n').Single(each => each.Contains("curl ", StringComparison.Ordinal));
        using var bash = new System.Diagnostics.Process
        {
            StartInfo = new("bash", ["-o", "pipefail", "-c", $"{line[line.IndexOf("sed ", StringComparison.Ordinal)..]} --silent --fail"]) { RedirectStandardOutput = true },
        };

        bash.Start();
        var answer = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.That(line[line.IndexOf("curl ", StringComparison.Ordinal)..], Does.Not.Contain("$("), "Arguments can be read by everybody.");
        Assert.That(bash.ExitCode, Is.Zero);
        Assert.That(JObject.Parse(answer)["value"]!.Count(), Is.Zero);
    }
}
