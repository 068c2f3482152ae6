using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Uploads;
using Sluice.AzureML.Waiting;
using Sluice.Benchmarks.Measuring;
using Sluice.Emulator.Hosting;
using Sluice.Rollouts;
using Sluice.Rollouts.Assets;
using Sluice.Rollouts.Spec;

namespace Sluice.Benchmarks.References;

/// <summary>
/// A process that uploads a folder to the blobs of a local Azure ML and does nothing else: as Sluice does, or as somebody does with the
/// storage SDK's default options. Both come the same way, with the same transport and key.
/// </summary>
internal static class UploadProcess
{
    /// <summary>The first argument of the process that it runs in.</summary>
    public const string Mode = "upload";

    /// <summary>The way of Sluice.</summary>
    public const string Ours = "sluice";

    /// <summary>The way of the storage SDK: one file after the other, each by one call.</summary>
    public const string Sdk = "sdk";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Uploads, and writes one line: seconds of reading and hashing, seconds of uploading, MB of memory before and at the most.</summary>
    /// <param name="way"><see cref="Ours"/> or <see cref="Sdk"/>.</param>
    /// <param name="stateFolder">The state folder of the local Azure ML, which another process serves.</param>
    /// <param name="folder">What is uploaded.</param>
    public static async Task RunAsync(string way, string stateFolder, string folder)
    {
        var server = ConnectionFile.TryReadFresh(StateFolder.Open(stateFolder))
            ?? throw new InvalidOperationException($"No local Azure ML serves {stateFolder}.");
        var spec = new WorkspaceSpec(Cloud.Local, server.SubscriptionId, server.ResourceGroup, server.Workspace);
        var cloud = new LocalCloud(server.ArmEndpoint, server.CertificateSha256, new Secret(server.BearerToken));
        using var connection = AzureConnection.ToLocal(spec, cloud, new PlainMask());
        await connection.Datastore.UseAsync(
            async (_, container) =>
            {
                // The way there is open before the clock and the meter start.
                await container.ExistsAsync();
                var idle = ProcessMemory.Now();
                var begin = Stopwatch.GetTimestamp();
                var contents = way == Ours ? AssetContents.Read(folder) : null;
                var read = Stopwatch.GetElapsedTime(begin);
                begin = Stopwatch.GetTimestamp();
                await (contents is not null ? UploadAsync(container, contents) : UploadAsync(container, folder));
                var sent = Stopwatch.GetElapsedTime(begin);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{read.TotalSeconds} {sent.TotalSeconds} {idle.Resident} {ProcessMemory.Now().Peak}"));
                return true;
            },
            CancellationToken.None);
    }

    private static Task<string> UploadAsync(BlobContainerClient container, AssetContents contents) =>
        new AssetUpload(container, contents).RunAsync(
            new LongCall("upload", Limit, progress: null, TimeProvider.System), "bench", "1", CancellationToken.None);

    private static async Task UploadAsync(BlobContainerClient container, string folder)
    {
        var path = $"sdk/{Guid.NewGuid():N}";
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var content = File.OpenRead(file);
            await container.UploadBlobAsync($"{path}/{Path.GetRelativePath(folder, file)}", content);
        }
    }
}
