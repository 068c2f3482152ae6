using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.Benchmarks.Figures;
using Sluice.Rollouts.Assets;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Benchmarks.Measuring;

/// <summary>Endpoints of a local Azure ML in a process of its own, which serve models with the repository's inputs.</summary>
internal sealed class HeartEndpoints : IAsyncDisposable
{
    private const string Model = "heart";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly EmulatorProcess _emulator;
    private readonly WorkspaceArm _arm;

    private HeartEndpoints(EmulatorProcess emulator)
    {
        _emulator = emulator;
        _arm = new WorkspaceArm(emulator);
    }

    /// <summary>The model's folder in a checkout.</summary>
    public static string ModelOf(Ground ground) => Path.Combine(ground.Checkout, "models", "heart-classifier", "v1");

    /// <summary>Starts a local Azure ML.</summary>
    public static async Task<HeartEndpoints> StartAsync(Ground ground, CancellationToken cancellationToken) =>
        new(await EmulatorProcess.StartAsync(ground, cancellationToken));

    /// <summary>Creates an endpoint with one deployment that has all traffic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">The version of the model that it serves, see <see cref="RegisterAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where it is scored, and its key.</returns>
    public Task<ScoringTarget> CreateAsync(string name, string version, CancellationToken cancellationToken) => CreateAsync(
        name, version, ImmutableDictionary<string, int>.Empty.Add("blue", 100), ImmutableDictionary<string, int>.Empty, cancellationToken);

    /// <summary>Creates an endpoint.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">The version of the model that its deployments serve.</param>
    /// <param name="traffic">Its deployments, and their shares of the live requests, which are 100 together.</param>
    /// <param name="mirror">The deployments that get copies of live requests, and of how many in a hundred.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where it is scored, and its key.</returns>
    public async Task<ScoringTarget> CreateAsync(
        string name,
        string version,
        IReadOnlyDictionary<string, int> traffic,
        IReadOnlyDictionary<string, int> mirror,
        CancellationToken cancellationToken)
    {
        var path = $"onlineEndpoints/{name}";
        await _arm.PutAsync(path, Endpoint(ImmutableDictionary<string, int>.Empty, ImmutableDictionary<string, int>.Empty), cancellationToken);
        foreach (var deployment in traffic.Keys.Union(mirror.Keys))
        {
            await _arm.PutAsync($"{path}/deployments/{deployment}", Deployment(version), cancellationToken);
        }

        await _arm.PutAsync(path, Endpoint(traffic, mirror), cancellationToken);
        var key = (string)(await _arm.PostAsync($"{path}/listKeys", cancellationToken))["primaryKey"]!;
        return new ScoringTarget(new Uri($"https://127.0.0.1:{_emulator.Connection.Port}/endpoints/{name}/score"), key);
    }

    /// <summary>Registers a folder as the next version of the model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The version.</returns>
    public async Task<string> RegisterAsync(string folder, CancellationToken cancellationToken)
    {
        var (names, contents) = (_emulator.Connection, AssetContents.Read(folder, cancellationToken));
        var spec = new WorkspaceSpec(Cloud.Local, names.SubscriptionId, names.ResourceGroup, names.Workspace);
        using var connection = AzureConnection.ToLocal(spec, _emulator.Cloud, new PlainMask());
        var registered = await new AzureMLWorkspace(connection, Limit, TimeProvider.System).RegisterModelAsync(
            new ModelRegistration(
                Model,
                new ModelFolder(contents.Path, contents.Digest, contents.Files.Length, contents.Bytes, []),
                ImmutableSortedDictionary<string, string>.Empty),
            progress: null,
            cancellationToken);
        return registered.Version;
    }

    /// <summary>Ends the local Azure ML.</summary>
    public async ValueTask DisposeAsync()
    {
        _arm.Dispose();
        await _emulator.DisposeAsync();
    }

    private static JsonObject Endpoint(IReadOnlyDictionary<string, int> traffic, IReadOnlyDictionary<string, int> mirror) => new()
    {
        ["location"] = "westeurope",
        ["properties"] = new JsonObject { ["authMode"] = "Key", ["traffic"] = Shares(traffic), ["mirrorTraffic"] = Shares(mirror) },
    };

    private static JsonObject Shares(IReadOnlyDictionary<string, int> shares) =>
        new(shares.Select(share => KeyValuePair.Create(share.Key, (JsonNode?)share.Value)));

    // More at once than there are connections: what is measured is the way through, not the line before it.
    private JsonObject Deployment(string version) => new()
    {
        ["location"] = "westeurope",
        ["properties"] = new JsonObject
        {
            ["endpointComputeType"] = "managed",
            ["model"] = $"{_arm.Id}/models/{Model}/versions/{version}",
            ["instanceType"] = "Standard_DS2_v2",
            ["scaleSettings"] = new JsonObject { ["scaleType"] = "default" },
            ["requestSettings"] = new JsonObject { ["maxConcurrentRequestsPerInstance"] = 32, ["requestTimeout"] = "PT30S" },
        },
        ["sku"] = new JsonObject { ["name"] = "default", ["capacity"] = 1 },
    };
}
