using System.Net;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts.Spec;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A whole rollout against a local Azure ML of its own, with one fault on the way.</summary>
internal sealed class FaultyRollout : IAsyncDisposable
{
    private readonly RunningEmulator _emulator;
    private readonly SocketsHttpHandler _handler;
    private readonly RolloutClient _client;

    private FaultyRollout(RunningEmulator emulator, Fault? fault, Call? where)
    {
        _emulator = emulator;
        _handler = RolloutClient.HandlerFor(emulator.Connection);
        Way = new FaultyWay(_handler, fault, where);
        _client = new RolloutClient(emulator.Connection, Way, scoring: _handler);
    }

    public RolloutSpec Spec => _client.Spec;

    public FaultyWay Way { get; }

    public static async Task<FaultyRollout> StartAsync(Fault? fault = null, Call? where = null) =>
        new(await RunningEmulator.StartAsync(), fault, where);

    /// <summary>Runs all stages as one process does, and says how that ended: null when every stage was done.</summary>
    public Task<string?> RunAsync() => _client.RunAsync(CancellationToken.None);

    /// <summary>What is wrong with the end of a rollout; null when nothing is.</summary>
    public Task<string?> FaultOfEndAsync() => RolloutEnd.FaultAsync(_emulator);

    /// <summary>Whether the endpoint answers callers: null when it does, or has never had any traffic; otherwise why not.</summary>
    public async Task<string?> FaultOfServiceAsync()
    {
        var endpoint = await _emulator.Arm.GetAsync($"onlineEndpoints/{Spec.Endpoint.Name}");
        var hadTraffic = Way.Effects.Count(effect => effect == $"PUT onlineEndpoints/{Spec.Endpoint.Name}") > 1;
        return endpoint.Status == HttpStatusCode.OK && hadTraffic ? await RolloutEnd.FaultOfScoringAsync(_emulator) : null;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Way.Dispose();
        _handler.Dispose();
        await _emulator.DisposeAsync();
    }
}
