using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Journal;
using Sluice.Emulator;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// A whole rollout, from an empty workspace to the clean-up, through the real service layer against a local Azure ML of its own, with one
/// fault on the way.
/// </summary>
internal sealed class FaultyRollout : IAsyncDisposable
{
    /// <summary>Two minutes of an operation's time-out pass in less than three seconds, and still are far longer than any operation here takes.</summary>
    private const int TimesFaster = 50;

    private static readonly TimeSpan ShortBake = TimeSpan.FromSeconds(1);

    private static readonly Stage[] Stages =
        [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary, Stage.Promote, Stage.Cleanup];

    private readonly RunningEmulator _emulator;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClientTransport _transport;
    private readonly AzureConnection _connection;
    private readonly FastTime _time = new(TimesFaster);

    private FaultyRollout(RunningEmulator emulator, Fault? fault, Call? where)
    {
        _emulator = emulator;
        var there = emulator.Connection;
        Spec = SpecOf(there);
        var cloud = new LocalCloud(there.ArmEndpoint, there.CertificateSha256, new Secret(there.BearerToken));
        _handler = LoopbackHandler.Create(cloud);
        Way = new FaultyWay(_handler, fault, where);
        _transport = new HttpClientTransport(Way);
        _connection = new AzureConnection(
            Spec.Workspace,
            _transport,
            _handler,
            new ArmEnvironment(there.ArmEndpoint, there.ArmEndpoint.GetLeftPart(UriPartial.Authority)),
            "https://ml.azure.com",
            _ => new StaticTokenCredential(cloud.BearerToken),
            new PlainMask(),
            DelayStrategy.CreateFixedDelayStrategy(TimeSpan.FromMilliseconds(1)));
    }

    public RolloutSpec Spec { get; }

    public FaultyWay Way { get; }

    public static async Task<FaultyRollout> StartAsync(Fault? fault = null, Call? where = null) =>
        new(await RunningEmulator.StartAsync(), fault, where);

    /// <summary>Runs all stages as one process does, and says how that ended: null when every stage was done.</summary>
    public async Task<string?> RunAsync()
    {
        await using var rollout = new Rollout(
            Spec,
            new AzureMLWorkspace(_connection, Spec.Strategy.OperationTimeout, _time),
            new ScoringClient(_connection, TimeSpan.FromMinutes(10), _time),
            new JournalBlob(_connection, Spec.Endpoint.Name, Spec.Strategy.OperationTimeout, _time),
            [],
            _time,
            new RunRequest
            {
                Stages = Stages,
                NewRolloutId = $"r-{Guid.NewGuid():N}"[..10],
                Actor = "the test",
                Process = new("the test's", 1, DateTimeOffset.UnixEpoch),
            });
        try
        {
            foreach (var stage in Stages)
            {
                var result = await rollout.RunAsync(stage, CancellationToken.None);
                if (result.Outcome != Outcome.Done)
                {
                    return $"{stage} {result.Outcome}: {result.Why}";
                }
            }

            return null;
        }
        catch (RolloutException error)
        {
            return error.Message;
        }
    }

    /// <summary>What is wrong with the end of a rollout; null when nothing is.</summary>
    public async Task<string?> FaultOfEndAsync()
    {
        var endpoint = (await _emulator.Arm.GetAsync($"onlineEndpoints/{Spec.Endpoint.Name}")).Json;
        var deployments = (await _emulator.Arm.GetAsync($"onlineEndpoints/{Spec.Endpoint.Name}/deployments")).Json["value"]!.AsArray();
        var versions = (await _emulator.Arm.GetAsync($"models/{Spec.Model.Name}/versions")).Json["value"]!.AsArray();
        var found = string.Join(
            "; ",
            $"traffic {endpoint["properties"]!["traffic"]!.ToJsonString()}",
            $"deployments {string.Join(",", deployments.Select(each => $"{each!["name"]} {each["properties"]!["provisioningState"]}"))}",
            $"versions {string.Join(",", versions.Select(each => (string?)each!["name"]).Order(StringComparer.Ordinal))}",
            $"tag {(string?)endpoint["tags"]!["model"]}, status {(string?)endpoint["tags"]!["sluice-status"]}",
            $"scores {await ScoreAsync() ?? "200"}");
        const string Right = """traffic {"green-2":100}; deployments green-2 Succeeded; versions 1,2; tag heart-classifier, status completed; scores 200""";
        return found == Right ? null : $"found {found}";
    }

    /// <summary>Whether the endpoint answers callers: null when it does, or has never had any traffic; otherwise why not.</summary>
    public async Task<string?> FaultOfServiceAsync()
    {
        var endpoint = await _emulator.Arm.GetAsync($"onlineEndpoints/{Spec.Endpoint.Name}");
        var hadTraffic = Way.Effects.Count(effect => effect == $"PUT onlineEndpoints/{Spec.Endpoint.Name}") > 1;
        return endpoint.Status == HttpStatusCode.OK && hadTraffic ? await ScoreAsync() : null;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _transport.Dispose();
        Way.Dispose();
        _handler.Dispose();
        await _emulator.DisposeAsync();
    }

    private static RolloutSpec SpecOf(EmulatorConnection there)
    {
        var reading = SpecReader.Read(Path.Combine(Repository.Root, "config", "local.json"), SpecOverrides.None);
        var spec = reading.Spec ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Mistakes));
        return spec with
        {
            Workspace = spec.Workspace with
            {
                SubscriptionId = there.SubscriptionId,
                ResourceGroup = there.ResourceGroup,
                Name = there.Workspace,
            },
            Strategy = spec.Strategy with
            {
                // Every kind of call is made, and none more often than it has to be.
                Steps = [.. spec.Strategy.Steps.Select(step => step with { Bake = ShortBake })],
                FinalBake = ShortBake,
                Gate = spec.Strategy.Gate with { ProbesPerLook = 5, MinimumProbes = 5, LookInterval = ShortBake },
            },
        };
    }

    private async Task<string?> ScoreAsync()
    {
        var (status, _, body) = await HeartEndpoint.ScoreAsync(_emulator, path: $"onlineEndpoints/{Spec.Endpoint.Name}");
        return status == HttpStatusCode.OK ? null : $"{(int)status} {body}";
    }
}
