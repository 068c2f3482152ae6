using Newtonsoft.Json.Linq;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
[Parallelizable(ParallelScope.Self)]
public sealed class SecretTests
{
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
        var texts = runs.SelectMany(run => new[] { run.Output, run.Error }).Concat(artifacts).Append(emulator.Output.Replace("Bearer $(", "", StringComparison.Ordinal)).ToArray();
        Assert.That(token, Has.Length.GreaterThan(20));
        Assert.That(texts, Has.None.Contains(token));
        Assert.That(texts, Has.None.Matches<string?>(text => text!.Contains("Bearer ", StringComparison.OrdinalIgnoreCase)));
    }
}
