using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>The real storage client against the emulator's blob routes.</summary>
internal static class BlobClients
{
    /// <summary>Options that reach the emulator and do not repeat what it refuses.</summary>
    public static BlobClientOptions Options(RunningEmulator emulator)
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(emulator.Handler, disposeHandler: false)) };
        options.Retry.MaxRetries = 0;
        return options;
    }

    /// <summary>The account as the workspace's datastore names it, opened with its key.</summary>
    public static async Task<(string Account, string Key, string Container)> AccountAsync(RunningEmulator emulator)
    {
        var datastore = (await emulator.Arm.GetAsync("datastores/workspaceblobstore")).Json["properties"]!;
        var secrets = await emulator.Arm.PostAsync("datastores/workspaceblobstore/listSecrets");
        return ((string)datastore["accountName"]!, (string)secrets.Json["key"]!, (string)datastore["containerName"]!);
    }

    /// <summary>The service by host, as the datastore's end point says.</summary>
    public static async Task<BlobServiceClient> ByHostAsync(RunningEmulator emulator)
    {
        var (account, key, _) = await AccountAsync(emulator);
        return new BlobServiceClient(
            new Uri($"https://{account}.blob.core.localhost:{emulator.Connection.Port}"),
            new StorageSharedKeyCredential(account, key),
            Options(emulator));
    }

    /// <summary>The service by path, as azurite has it.</summary>
    public static async Task<BlobServiceClient> ByPathAsync(RunningEmulator emulator)
    {
        var (account, key, _) = await AccountAsync(emulator);
        return new BlobServiceClient(
            new Uri($"https://127.0.0.1:{emulator.Connection.Port}/{account}"), new StorageSharedKeyCredential(account, key), Options(emulator));
    }

    /// <summary>The container that models are uploaded to.</summary>
    public static async Task<BlobContainerClient> ModelsAsync(RunningEmulator emulator) =>
        (await ByHostAsync(emulator)).GetBlobContainerClient((await AccountAsync(emulator)).Container);

    /// <summary>Uploads a folder's files under a path.</summary>
    public static async Task UploadFolderAsync(BlobContainerClient container, string folder, string path)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = $"{path}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}";
            await container.GetBlobClient(name).UploadAsync(file, overwrite: true);
        }
    }
}
