using Azure.ResourceManager;
using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;
using Sluice.IntegrationTests.Conformance;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;
using Sluice.Rollouts.Spec;

namespace Sluice.IntegrationTests.Journal;

/// <summary>A workspace whose default datastore is on a real blob server.</summary>
/// <param name="server">The server.</param>
/// <param name="container">The datastore's container, opened by another client.</param>
/// <param name="connect">Connects one more process.</param>
/// <param name="pass">Lets time pass for leases.</param>
internal sealed class JournalServer(
    IAsyncDisposable server, BlobContainerClient container, Func<JournalClient> connect, Func<TimeSpan, Task> pass) : IAsyncDisposable
{
    private const string ScoringAudience = "https://ml.azure.com";

    public BlobContainerClient Container => container;

    public static async Task<JournalServer> StartAsync(BlobServer kind) =>
        kind == BlobServer.Azurite ? await StartAzuriteAsync() : await StartLocalAsync();

    /// <summary>Connects as a process of its own.</summary>
    public JournalClient Connect() => connect();

    public Task PassAsync(TimeSpan time) => pass(time);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<JournalServer> StartLocalAsync()
    {
        var time = new SettableTime();
        var emulator = await RunningEmulator.StartAsync(time: time);
        return new JournalServer(emulator, await BlobClients.ModelsAsync(emulator), Connect, PassAsync);

        JournalClient Connect()
        {
            var there = emulator.Connection;
            var cloud = new LocalCloud(there.ArmEndpoint, there.CertificateSha256, new Secret(there.BearerToken));
            return new JournalClient(LoopbackHandler.Create(cloud), (transport, handler, delay) => new AzureConnection(
                new WorkspaceSpec(Cloud.Local, there.SubscriptionId, there.ResourceGroup, there.Workspace),
                transport,
                handler,
                new ArmEnvironment(there.ArmEndpoint, there.ArmEndpoint.GetLeftPart(UriPartial.Authority)),
                ScoringAudience,
                _ => new StaticTokenCredential(cloud.BearerToken),
                new PlainMask(),
                delay));
        }

        Task PassAsync(TimeSpan by)
        {
            time.Advance(by);
            return Task.CompletedTask;
        }
    }

    private static async Task<JournalServer> StartAzuriteAsync()
    {
        const string Container = "journals";
        var azurite = await RunningAzurite.StartAsync();
        var container = await azurite.Service.CreateBlobContainerAsync(Container);
        return new JournalServer(azurite, container, Connect, by => Task.Delay(by));

        JournalClient Connect() => new(new AzuriteWorkspace(azurite, Container), (transport, handler, delay) => new AzureConnection(
            new WorkspaceSpec(Cloud.AzureCloud, "11111111-1111-1111-1111-111111111111", "rg", "ws"),
            transport,
            handler,
            ArmEnvironment.AzurePublicCloud,
            ScoringAudience,
            _ => new StaticTokenCredential(new Secret("azurite-asks-for-no-token")),
            new PlainMask(),
            delay));
    }
}
