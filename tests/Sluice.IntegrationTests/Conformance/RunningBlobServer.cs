using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>A server of blobs that is up, and the storage client opened on it with the account's key.</summary>
internal sealed class RunningBlobServer : IAsyncDisposable
{
    private readonly IAsyncDisposable _server;

    private RunningBlobServer(IAsyncDisposable server, BlobServiceClient service, Func<BlobClientOptions> options)
    {
        _server = server;
        Service = service;
        NewOptions = options;
    }

    /// <summary>The service, opened with the account's key.</summary>
    public BlobServiceClient Service { get; }

    /// <summary>Options that reach the server, for clients with other rights.</summary>
    public BlobClientOptions Options => NewOptions();

    private Func<BlobClientOptions> NewOptions { get; }

    /// <summary>Starts a server of a kind.</summary>
    public static async Task<RunningBlobServer> StartAsync(BlobServer kind)
    {
        if (kind == BlobServer.Azurite)
        {
            var azurite = await RunningAzurite.StartAsync();
            return new RunningBlobServer(azurite, azurite.Service, RunningAzurite.NewOptions);
        }

        var emulator = await RunningEmulator.StartAsync();
        var service = kind == BlobServer.LocalByHost ? await BlobClients.ByHostAsync(emulator) : await BlobClients.ByPathAsync(emulator);
        return new RunningBlobServer(emulator, service, () => BlobClients.Options(emulator));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
