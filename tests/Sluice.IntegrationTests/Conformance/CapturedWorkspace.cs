using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Spec;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>The real service layer at a local Azure ML of its own, with every body that it sends noted on the way.</summary>
internal sealed class CapturedWorkspace : IAsyncDisposable
{
    private readonly RunningEmulator _emulator;
    private readonly BodyCapture _capture;
    private readonly HttpClientTransport _transport;
    private readonly AzureConnection _connection;

    private CapturedWorkspace(RunningEmulator emulator)
    {
        var local = emulator.Connection;
        var spec = new WorkspaceSpec(Cloud.Local, local.SubscriptionId, local.ResourceGroup, local.Workspace);
        var cloud = new LocalCloud(local.ArmEndpoint, local.CertificateSha256, new Secret(local.BearerToken));
        var audience = local.ArmEndpoint.GetLeftPart(UriPartial.Authority);
        _emulator = emulator;
        _capture = new BodyCapture(LoopbackHandler.Create(cloud));
        _transport = new HttpClientTransport(_capture);
        _connection = new AzureConnection(
            spec,
            _transport,
            _capture,
            new ArmEnvironment(local.ArmEndpoint, audience),
            audience,
            _ => new StaticTokenCredential(cloud.BearerToken),
            new PlainMask());
        Workspace = new AzureMLWorkspace(_connection, TimeSpan.FromMinutes(2), TimeProvider.System);
    }

    /// <summary>The service layer.</summary>
    public AzureMLWorkspace Workspace { get; }

    /// <summary>What it sent so far.</summary>
    public IReadOnlyList<SentBody> Sent => _capture.Sent;

    public static async Task<CapturedWorkspace> StartAsync() => new(await RunningEmulator.StartAsync());

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _transport.Dispose();
        _capture.Dispose();
        await _emulator.DisposeAsync();
    }
}
