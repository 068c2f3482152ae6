using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
public sealed class SecretTests
{
    private const string Endpoint = "onlineEndpoints/heart-classifier";
    private const string GitHub = "::add-mask::";
    private const string AzureDevOps = "##vso[task.setsecret]";

    private static readonly string StateFolder = Path.Combine(".sluice", "emulator");
    private static readonly List<string> Holders = ["connection.json", "key.pem", "state.db"];
    private static readonly string[] Kept =
        ["the bearer token", "the storage account's key", "the certificate's private key", "the new primaryKey", "the new secondaryKey"];

    private static readonly List<string> Commands = [GitHub, AzureDevOps];

    [TestCase("GITHUB_ACTIONS", GitHub)]
    [TestCase("TF_BUILD", AzureDevOps)]
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
    public async Task No_secret_stands_in_any_byte_that_is_written()
    {
        await using var bench = new Workbench();
        var emulator = bench.Start("--target=Emulator");
        await emulator.WaitForOutputAsync("It runs until Ctrl-C.");
        var written = new List<(string Where, byte[] Bytes)>();
        List<KnownSecret> secrets;
        SluiceRun[] runs;
        await using (var attached = await RunningEmulator.StartAsync(Path.Combine(bench.Folder, StateFolder)))
        {
            secrets =
            [
                KnownSecret.Of("the bearer token", attached.Connection.BearerToken),
                .. await OfStorageAsync(attached),
                OfCertificate(bench),
            ];
            runs = await RunEverythingAsync(bench, attached, secrets);
            written.AddRange(await DocumentsAsync(attached));
            written.AddRange(await BlobsAsync(attached));
        }

        await emulator.SignalAsync("INT");
        runs = [.. runs, await emulator.EndAsync()];
        written.AddRange(runs.SelectMany((run, index) => new[]
        {
            ($"output {index}", Encoding.UTF8.GetBytes(run.Output)),
            ($"error {index}", Encoding.UTF8.GetBytes(WithoutMasks(run.Error))),
        }));
        written.AddRange(Files(bench, holdsSecrets: false));
        written.AddRange(written.Select(InOneLine).ToList());

        var found = written.SelectMany(each => secrets
            .Where(secret => secret.StandsIn(each.Bytes))
            .Select(secret => $"{secret.Name} in {each.Where}"));
        var told = runs.Sum(run => Masks(run.Error).Count());
        TestContext.Out.WriteLine(
            $"{runs.Length} runs, {written.Count} texts, files, blobs and documents of {written.Sum(each => each.Bytes.Length)} bytes, "
            + $"{secrets.Count} secrets in {secrets.Sum(secret => secret.Forms.Count)} forms; {told} masks");
        var held = Files(bench, holdsSecrets: true).Select(InOneLine).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.Empty);
            Assert.That(
                written.Select(each => Encoding.UTF8.GetString(each.Bytes)),
                Has.None.Match(@"[?&]sig=|SharedKey \w+:|Bearer [0-9a-zA-Z]{20}"));
            Assert.That(told, Is.Positive, "An agent was told nothing, so the runs did not take it for one.");
            Assert.That(
                secrets.Where(secret => held.Exists(each => secret.StandsIn(each.Bytes))).Select(secret => secret.Name),
                Is.SupersetOf(Kept),
                "What is looked for can be found.");
        });
    }

    /// <summary>Everything the program can do to an endpoint, at a desk and as an agent, and how it fails.</summary>
    private static async Task<SluiceRun[]> RunEverythingAsync(Workbench bench, RunningEmulator attached, List<KnownSecret> secrets)
    {
        const string wordy = "--verbosity=diagnostic";
        List<SluiceRun> runs = [await bench.RunAsync("--target=Promote", wordy)];
        secrets.AddRange(await OfEndpointAsync(attached, "old"));
        bench.Environment["GITHUB_ACTIONS"] = "true";
        runs.Add(await bench.RunAsync("--target=RotateKeys", wordy));
        secrets.AddRange(await OfEndpointAsync(attached, "new"));
        runs.Add(await bench.RunAsync("--target=Status", "--output=json"));
        runs.Add(await bench.RunAsync("--target=Invoke", wordy));
        bench.Environment.Remove("GITHUB_ACTIONS");
        bench.Environment["TF_BUILD"] = "true";
        runs.Add(await bench.RunAsync("--target=Logs", wordy));
        runs.Add(await bench.RunAsync("--target=Rollback", wordy));
        bench.Environment.Remove("TF_BUILD");
        Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero, string.Join('\n', runs));

        bench.Write("request.json", """{"input_data": {"columns": ["age"], "data": [[48]]}}""");
        SluiceRun[] failing =
        [
            await bench.RunAsync("--target=Invoke", $"--request-file={Path.Combine(bench.Folder, "request.json")}", wordy),
            await FailAsync("""{ "surface": "scoring", "answer": { "status": 424 } }""", "--target=Promote", "--retry", wordy),
            await FailAsync("""{ "surface": "arm", "answer": { "status": 401 } }""", "--target=Promote", wordy),
            await FailAsync("""{ "surface": "blob", "answer": { "status": 403 } }""", "--target=Register", "--model-name=other", wordy),
            await bench.RunAsync("--target=Promote", "--no-such-argument=1"),
        ];
        Assert.That(failing.Select(run => run.ExitCode), Has.None.Zero, string.Join<SluiceRun>('\n', failing));
        return [.. runs, .. failing];

        async Task<SluiceRun> FailAsync(string rule, params string[] arguments)
        {
            using var body = new StringContent($$"""{ "rules": [{{rule}}] }""", Encoding.UTF8, "application/json");
            (await attached.Http.PutAsync("/admin/faults", body)).EnsureSuccessStatusCode().Dispose();
            var run = await bench.RunAsync(arguments);
            (await attached.Http.DeleteAsync("/admin/faults")).EnsureSuccessStatusCode().Dispose();
            return run;
        }
    }

    private static async Task<IEnumerable<KnownSecret>> OfEndpointAsync(RunningEmulator attached, string age)
    {
        var keys = (await attached.Arm.PostAsync($"{Endpoint}/listKeys")).Json;
        return new[] { "primaryKey", "secondaryKey" }.Select(name => KnownSecret.Of($"the {age} {name}", (string)keys[name]!));
    }

    private static async Task<KnownSecret[]> OfStorageAsync(RunningEmulator attached)
    {
        var (_, key, _) = await BlobClients.AccountAsync(attached);
        return
        [
            KnownSecret.Of("the storage account's key", key),
            KnownSecret.Of("the storage account's key, decoded", Convert.FromBase64String(key)),
        ];
    }

    /// <summary>The one number that the private key has and the certificate has not.</summary>
    private static KnownSecret OfCertificate(Workbench bench)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(bench.Folder, StateFolder, "key.pem")));
        return KnownSecret.Of("the certificate's private key", key.ExportParameters(includePrivateParameters: true).D!);
    }

    /// <summary>What the service shows of the endpoint, its deployments and the model's versions, with all tags.</summary>
    private static async Task<IEnumerable<(string Where, byte[] Bytes)>> DocumentsAsync(RunningEmulator attached)
    {
        var paths = new[] { Endpoint, $"{Endpoint}/deployments", "models/heart-classifier/versions" };
        var answers = await Task.WhenAll(paths.Select(attached.Arm.GetAsync));
        Assert.That(answers.Select(answer => answer.Text), Has.All.Contain("sluice"), "There is no tag to look at.");
        return paths.Zip(answers, (path, answer) => (path, Encoding.UTF8.GetBytes(answer.Text)));
    }

    private static async Task<List<(string Where, byte[] Bytes)>> BlobsAsync(RunningEmulator attached)
    {
        var container = await BlobClients.ModelsAsync(attached);
        var blobs = new List<(string Where, byte[] Bytes)>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: null, CancellationToken.None))
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync();
            blobs.Add(($"blob {blob.Name}", content.Value.Content.ToArray()));
            blobs.Add(($"what is said of blob {blob.Name}", Encoding.UTF8.GetBytes(blob.Name + string.Concat(blob.Metadata))));
        }

        Assert.That(blobs.Select(blob => blob.Where), Has.Some.EndsWith("journal.jsonl"));
        return blobs;
    }

    /// <summary>All files of the desk, or those that are there to hold secrets: only their owner can read them.</summary>
    private static IEnumerable<(string Where, byte[] Bytes)> Files(Workbench bench, bool holdsSecrets) => Directory
        .EnumerateFiles(bench.Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(bench.Folder, file))
        .Where(file => Holders.Exists(holder =>
            file.StartsWith(Path.Combine(StateFolder, holder), StringComparison.Ordinal)) == holdsSecrets)
        .Select(file => ($"file {file}", File.ReadAllBytes(Path.Combine(bench.Folder, file))));

    /// <summary>A private key is written in lines, which may begin anywhere in it.</summary>
    private static (string Where, byte[] Bytes) InOneLine((string Where, byte[] Bytes) written) =>
        (written.Where, [.. written.Bytes.Where(each => each is not ((byte)'\r' or (byte)'\n'))]);

    private static IEnumerable<string> Masks(string error) =>
        error.Split('\n').Where(line => Commands.Exists(command => line.StartsWith(command, StringComparison.Ordinal)));

    private static string WithoutMasks(string error) => string.Join('\n', error.Split('\n').Except(Masks(error)));
}
