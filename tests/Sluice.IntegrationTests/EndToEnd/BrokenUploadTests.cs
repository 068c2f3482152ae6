using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
internal sealed class BrokenUploadTests
{
    private const int Megabyte = 1024 * 1024;
    private const int BlockSize = 8 * Megabyte;
    private const int LargeFile = 100 * Megabyte;

    /// <summary>Less than the file, and so much that of eight blocks under way at once some must have arrived.</summary>
    private const int Limit = 88 * Megabyte;

    [Test]
    public async Task An_upload_that_was_killed_goes_on_where_it_was()
    {
        await using var bench = new Workbench();
        var weights = Path.Combine(bench.Candidate, "weights.bin");
        await File.WriteAllBytesAsync(weights, RandomNumberGenerator.GetBytes(LargeFile));
        var server = bench.Start("--target=Emulator");
        await server.WaitForOutputAsync("It runs until Ctrl-C.");
        await using var emulator = await RunningEmulator.StartAsync(Path.Combine(bench.Folder, ".sluice", "emulator"));
        var container = await BlobClients.ModelsAsync(emulator);

        await using var deadLine = new MeteredRelay(emulator.Connection.Port, Limit);
        LeadTo(deadLine, emulator.Folder);
        var killed = bench.Start("--target=Register");
        await Task.WhenAny(deadLine.Stalled, killed.EndAsync());
        Assert.That(deadLine.Stalled.IsCompleted, (await EndOfAsync(killed, deadLine)).ToString());
        await killed.SignalAsync("KILL");
        await killed.EndAsync();
        var blob = await LargeBlobAsync(container);
        BlockList left = await blob.GetBlockListAsync(BlockListTypes.Uncommitted);
        var staged = left.UncommittedBlocks.Sum(block => block.SizeLong);

        await using var line = new MeteredRelay(emulator.Connection.Port);
        LeadTo(line, emulator.Folder);
        var second = await bench.RunAsync("--target=Register");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(staged, Is.GreaterThanOrEqualTo(Limit - (8 * BlockSize) - Megabyte - BlockSize));
            Assert.That(second.ExitCode, Is.Zero, second.ToString());
            Assert.That(line.Sent, Is.LessThan(LargeFile - staged + Megabyte), "What was staged was sent again.");
            Assert.That(await HashAsync(blob), Is.EqualTo(SHA256.HashData(await File.ReadAllBytesAsync(weights))));
        }

        await using var third = new MeteredRelay(emulator.Connection.Port);
        LeadTo(third, emulator.Folder);
        var again = await bench.RunAsync("--target=Register");
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(third.Sent, Is.LessThan(Megabyte));
    }

    /// <summary>What the program said, where it ended instead of stalling; nothing where it stalled.</summary>
    private static async Task<object> EndOfAsync(SluiceProcess process, MeteredRelay relay) =>
        relay.Stalled.IsCompleted ? "" : await process.EndAsync();

    /// <summary>Has other processes reach the local Azure ML through a relay.</summary>
    private static void LeadTo(MeteredRelay relay, string stateFolder)
    {
        var file = Path.Combine(stateFolder, "connection.json");
        var connection = JObject.Parse(File.ReadAllText(file));
        connection["armEndpoint"] = $"https://localhost:{relay.Port}/";
        connection["port"] = relay.Port;
        File.WriteAllText(file, connection.ToString());
    }

    /// <summary>The large file's blob, beside the small files of the same folder, which are complete.</summary>
    private static async Task<BlockBlobClient> LargeBlobAsync(BlobContainerClient container)
    {
        const string Small = "/v2/MLmodel";
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = "LocalUpload/" }))
        {
            if (blob.Name.EndsWith(Small, StringComparison.Ordinal))
            {
                return container.GetBlockBlobClient(blob.Name[..^Small.Length] + "/v2/weights.bin");
            }
        }

        throw new InvalidOperationException("Nothing of the folder has arrived.");
    }

    private static async Task<byte[]> HashAsync(BlockBlobClient blob)
    {
        await using var content = await blob.OpenReadAsync();
        return await SHA256.HashDataAsync(content);
    }
}
