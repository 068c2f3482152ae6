using System.Text.RegularExpressions;
using Sluice.Emulator;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
public sealed class RotateKeysTests
{
    private const string ListKeys = "onlineEndpoints/heart-classifier/listKeys";

    [Test]
    public async Task While_a_canary_and_its_callers_run_both_keys_are_replaced_and_no_request_fails()
    {
        await using var bench = new Workbench(config => config["rollout"]!["steps"]![0]!["bake"] = "60s");
        var canary = bench.Start("--target=Promote");
        await canary.WaitForOutputAsync("green-2: 10 probes");
        var before = await KeysAsync(bench);

        var rotation = await bench.RunAsync("--target=RotateKeys", "--verbosity=diagnostic");

        var after = await KeysAsync(bench);
        await MoreProbesAsync(canary);
        await bench.RunAsync("--target=Rollback");
        var ended = await canary.EndAsync();
        var artifacts = Directory.EnumerateFiles(Path.Combine(bench.Folder, "artifacts"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.Multiple(() =>
        {
            Assert.That(rotation.ExitCode, Is.Zero, rotation.ToString());
            Assert.That(rotation.Output, Does.Match("(?s)The secondary key of endpoint heart-classifier is new.*The primary key of endpoint heart-classifier is new"));
            Assert.That(after.Intersect(before), Is.Empty);
            Assert.That(ended.Output, Does.Match(@"requests   \d+ sent, 0 failed"), ended.ToString());
            Assert.That(ended.Output, Does.Not.Match(@"probes, [1-9]\d* failed"), ended.ToString());
            foreach (var key in before.Concat(after))
            {
                Assert.That(artifacts.Append(rotation.Output).Append(rotation.Error).Append(ended.Output).Append(ended.Error), Has.None.Contains(key));
            }
        });
    }

    [TestCase("primary")]
    [TestCase("secondary")]
    public async Task One_key_can_be_replaced_alone(string key)
    {
        await using var bench = new Workbench();
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        await bench.RunAsync("--target=Endpoint");
        var before = await KeysAsync(bench);

        var rotation = await bench.RunAsync("--target=RotateKeys", $"--key={key}");

        var after = await KeysAsync(bench);
        Assert.That(rotation.ExitCode, Is.Zero, rotation.ToString());
        Assert.That(after[0] == before[0], Is.EqualTo(key == "secondary"));
        Assert.That(after[1] == before[1], Is.EqualTo(key == "primary"));
    }

    [TestCase("aml_token")]
    [TestCase("aad_token")]
    public async Task With_tokens_a_rollout_goes_through_and_there_is_nothing_to_rotate(string mode)
    {
        await using var bench = new Workbench();
        var file = Path.Combine(bench.Folder, "config", "endpoint.yml");
        await File.WriteAllTextAsync(file, Regex.Replace(await File.ReadAllTextAsync(file), "auth_mode: .*", $"auth_mode: {mode}"));

        var rollout = await bench.RunAsync("--target=Promote");
        var rotation = await bench.RunAsync("--target=RotateKeys");

        Assert.That(rollout.ExitCode, Is.Zero, rollout.ToString());
        Assert.That(rollout.Output, Does.Match(@"requests   \d+ sent, 0 failed"));
        Assert.That(rotation.ExitCode, Is.Zero, rotation.ToString());
        Assert.That(rotation.Output, Does.Contain("no keys to rotate"));
    }

    [Test]
    public async Task A_key_that_is_none_of_the_two_is_a_mistake_and_no_variable_is_asked_for_it()
    {
        await using var desk = new Desk();

        var run = await desk.RunAsync("--target=RotateKeys", "--key=both");
        var help = await desk.RunAsync("--target=RotateKeys", "--help");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Error, Does.Contain("allowed: primary, secondary"));
        Assert.That(help.Output, Does.Contain("--key").And.Contain("Each but --key"));
    }

    private static async Task<string[]> KeysAsync(Workbench bench)
    {
        await using var azure = await LocalAzure.OpenAsync(
            new EmulatorOptions { StateFolder = Path.Combine(bench.Folder, ".sluice", "emulator") }, CancellationToken.None);
        using var handler = RunningEmulator.HandlerFor(azure.Connection);
        using var http = new HttpClient(handler) { BaseAddress = azure.Connection.ArmEndpoint };
        http.DefaultRequestHeaders.Authorization = new("Bearer", azure.Connection.BearerToken);
        var keys = (await new ArmClient(http, azure.Connection).PostAsync(ListKeys)).Json;
        return [(string)keys["primaryKey"]!, (string)keys["secondaryKey"]!];
    }

    /// <summary>Waits until the canary was looked at again, twice, so that requests of after the rotation are among the counted ones.</summary>
    private static async Task MoreProbesAsync(SluiceProcess canary)
    {
        var before = Probes(canary);
        while (Probes(canary) < before + 2)
        {
            Assert.That(canary.HasEnded, Is.False, $"The canary ended:\n{canary.Output}");
            await Task.Delay(20);
        }
    }

    private static int Probes(SluiceProcess canary) => Regex.Count(canary.Output, @"green-2: \d+ probes");
}
