using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>
/// A person's desk in a temporary folder: a copy of the shipped configuration with a local Azure ML of its own, quick bakes, and
/// copies of the models that a test may spoil.
/// </summary>
public sealed class Workbench : IAsyncDisposable
{
    private readonly List<SluiceProcess> _started = [];

    /// <summary>Lays out the desk. The local Azure ML answers instantly unless the test says otherwise.</summary>
    /// <param name="change">Changes the configuration before it is written.</param>
    public Workbench(Action<JObject>? change = null)
    {
        Folder = Directory.CreateTempSubdirectory("sluice-").FullName;
        Copy(Path.Combine(Repository.Root, "config"), Path.Combine(Folder, "config"));
        Copy(Path.Combine(Repository.Root, "models", "heart-classifier"), Path.Combine(Folder, "models", "heart-classifier"));
        ConfigPath = Path.Combine(Folder, "config", "local.json");
        var config = JObject.Parse(File.ReadAllText(ConfigPath));
        config["emulator"]!["latency"] = "instant";
        config["rollout"]!["steps"] = JArray.Parse("""[{ "weight": 10, "bake": "300ms" }, { "weight": 50, "bake": "300ms" }]""");
        config["rollout"]!["finalBake"] = "300ms";
        config["rollout"]!["gate"]!["lookInterval"] = "100ms";
        config["load"]!["requestsPerSecond"] = 50;
        change?.Invoke(config);
        File.WriteAllText(ConfigPath, config.ToString());
    }

    /// <summary>The temporary folder; it stands for the checkout.</summary>
    public string Folder { get; }

    /// <summary>The configuration that <see cref="RunAsync"/> uses.</summary>
    public string ConfigPath { get; }

    /// <summary>The candidate's model folder.</summary>
    public string Candidate => Path.Combine(Folder, "models", "heart-classifier", "v2");

    /// <summary>Environment variables for the program, beyond the test's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A desk whose program works on a local Azure ML that runs already.</summary>
    /// <param name="emulator">It stays the caller's.</param>
    /// <param name="change">Changes the configuration before it is written.</param>
    internal static Workbench At(RunningEmulator emulator, Action<JObject>? change = null) => new(config =>
    {
        config["emulator"]!["folder"] = emulator.Folder;
        config["workspace"]!["subscriptionId"] = emulator.Connection.SubscriptionId;
        config["workspace"]!["resourceGroup"] = emulator.Connection.ResourceGroup;
        config["workspace"]!["name"] = emulator.Connection.Workspace;
        change?.Invoke(config);
    });

    /// <summary>A desk whose configuration is for the real Azure, and whose environment has nothing to sign in with.</summary>
    internal static Workbench OnAzureWithoutSignIn()
    {
        var bench = new Workbench(config =>
        {
            config["workspace"] = new JObject
            {
                ["cloud"] = "AzureCloud",
                ["subscriptionId"] = "11111111-2222-3333-4444-555555555555",
                ["resourceGroup"] = "group",
                ["name"] = "workspace",
                ["credential"] = "environment",
            };
            config.Remove("emulator");
            config.Remove("load");
            config["rollout"]!["operationTimeout"] = "30m";
        });
        foreach (var variable in new[] { "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET" })
        {
            bench.Environment[variable] = "";
        }

        return bench;
    }

    /// <summary>Starts the program with this configuration.</summary>
    public SluiceProcess Start(params string[] arguments) => StartIn(Folder, arguments);

    /// <summary>Starts the program from another working directory.</summary>
    public SluiceProcess StartIn(string workingDirectory, params string[] arguments)
    {
        var process = SluiceProcess.Start(Folder, workingDirectory, [.. arguments, $"--config={ConfigPath}"], Environment);
        _started.Add(process);
        return process;
    }

    /// <summary>Runs the program with this configuration to its end.</summary>
    public Task<SluiceRun> RunAsync(params string[] arguments) => Start(arguments).EndAsync();

    /// <summary>What <c>Status --output=json</c> says.</summary>
    public async Task<JObject> StatusAsync()
    {
        var run = await RunAsync("--target=Status", "--output=json");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return JObject.Parse(run.Output);
    }

    /// <summary>The live traffic by <c>Status</c>, as <c>name=percent</c>, in the order of the names.</summary>
    public async Task<string> TrafficAsync()
    {
        var traffic = (JObject?)(await StatusAsync()).SelectToken("endpoint.traffic");
        return string.Join(",", (traffic?.Properties() ?? []).Select(entry => $"{entry.Name}={entry.Value}").Order(StringComparer.Ordinal));
    }

    /// <summary>Writes a file of the desk, and the folders above it.</summary>
    /// <param name="path">Its path on the desk.</param>
    /// <param name="text">Its content.</param>
    public void Write(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Writes more at the end of a file of the desk.</summary>
    public void Append(string path, string text) => File.AppendAllText(Path.Combine(Folder, path), text);

    /// <summary>Ends what still runs, and clears the desk.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
