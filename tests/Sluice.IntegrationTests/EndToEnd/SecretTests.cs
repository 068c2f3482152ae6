using Newtonsoft.Json.Linq;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
[Parallelizable(ParallelScope.Self)]
public sealed class SecretTests
{
    [TestCase("GITHUB_ACTIONS", "::add-mask::")]
    [TestCase("TF_BUILD", "##vso[task.setsecret]")]
    public async Task An_agent_is_told_each_secret_on_standard_error_and_nothing_else_shows_one(string variable, string command)
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Blue");
        bench.Environment[variable] = "true";

        var invoke = await bench.RunAsync("--target=Invoke");
        var status = await bench.RunAsync("--target=Status", "--output=json");

        var commands = invoke.Error.Split('\n').Where(line => line.StartsWith(command, StringComparison.Ordinal)).ToArray();
        var told = commands.Select(line => line[command.Length..].Trim()).ToArray();
        Assert.That(told, Has.Length.EqualTo(3), "The server's token, and the endpoint's two keys.");
        Assert.That(told, Is.Unique);
        Assert.That(told.Where(secret => secret.Length < 20 || invoke.Output.Contains(secret, StringComparison.Ordinal)), Is.Empty);
        Assert.That(JObject.Parse(status.Output).SelectToken("endpoint.traffic"), Is.Not.Null);
        Assert.That(status.Error, Does.Contain(command));
    }

    [Test]
    public async Task No_secret_stands_in_any_output_or_artifact()
    {
        await using var bench = new Workbench();
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        var connection = JObject.Parse(await File.ReadAllTextAsync(Path.Combine(bench.Folder, ".sluice", "emulator", "connection.json")));
        var token = (string)connection["bearerToken"]!;

        SluiceRun[] runs =
        [
            await bench.RunAsync("--target=Promote", "--verbosity=diagnostic"),
            await bench.RunAsync("--target=Status", "--output=json"),
            await bench.RunAsync("--target=Invoke", "--verbosity=diagnostic"),
        ];

        var artifacts = Directory.EnumerateFiles(Path.Combine(bench.Folder, "artifacts"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        var texts = runs.SelectMany(run => new[] { run.Output, run.Error }).Concat(artifacts).Append(emulator.Output.Replace("Bearer \\1", "", StringComparison.Ordinal)).ToArray();
        Assert.That(token, Has.Length.GreaterThan(20));
        Assert.That(texts, Has.None.Contains(token));
        Assert.That(texts, Has.None.Matches<string?>(text => text!.Contains("Bearer ", StringComparison.OrdinalIgnoreCase)));
    }
}
