using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Each of the checks that the storage client can have made of what it moves, which is more than azurite knows.</summary>
[TestFixture(StorageChecksumAlgorithm.Auto)]
[TestFixture(StorageChecksumAlgorithm.None)]
[TestFixture(StorageChecksumAlgorithm.MD5)]
[TestFixture(StorageChecksumAlgorithm.StorageCrc64)]
[Category("Integration")]
public sealed class TransferValidationTests(StorageChecksumAlgorithm algorithm)
{
    private const int Mebibyte = 1 << 20;
    private RunningEmulator _emulator = null!;
    private BlobContainerClient _plain = null!;
    private BlobContainerClient _checking = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _emulator = await RunningEmulator.StartAsync();
        var (account, key, name) = await BlobClients.AccountAsync(_emulator);
        var options = BlobClients.Options(_emulator);
        options.TransferValidation.Upload.ChecksumAlgorithm = algorithm;
        options.TransferValidation.Download.ChecksumAlgorithm = algorithm;
        _plain = (await BlobClients.ByHostAsync(_emulator)).GetBlobContainerClient(name);
        _checking = new BlobContainerClient(_plain.Uri, new StorageSharedKeyCredential(account, key), options);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5 * Mebibyte)]
    [TestCase((9 * Mebibyte) + 17)]
    public async Task What_is_uploaded_at_once_is_there_as_it_was(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);

        await _checking.GetBlobClient($"once-{length}").UploadAsync(new MemoryStream(bytes), overwrite: true);

        Assert.That(await DownloadAsync(_plain, $"once-{length}"), Is.EqualTo(bytes));
        Assert.That(await DownloadAsync(_checking, $"once-{length}"), Is.EqualTo(bytes));
    }

    [Test]
    public async Task What_is_uploaded_in_blocks_is_there_as_it_was_in_any_range()
    {
        var bytes = RandomNumberGenerator.GetBytes((9 * Mebibyte) + 17);
        var transfer = new StorageTransferOptions { InitialTransferSize = Mebibyte, MaximumTransferSize = 2 * Mebibyte, MaximumConcurrency = 3 };
        var blob = _checking.GetBlobClient("blocks");

        await blob.UploadAsync(new MemoryStream(bytes), new BlobUploadOptions { TransferOptions = transfer });
        using var whole = new MemoryStream();
        await blob.DownloadToAsync(whole, new BlobDownloadToOptions { TransferOptions = transfer });
        var range = (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new Azure.HttpRange(Mebibyte - 3, 100) })).Value;
        using var streamed = new MemoryStream();
        await using (var stream = await blob.OpenReadAsync())
        {
            await stream.CopyToAsync(streamed);
        }

        Assert.That(whole.ToArray(), Is.EqualTo(bytes));
        Assert.That(streamed.ToArray(), Is.EqualTo(bytes));
        Assert.That(range.Content.ToArray(), Is.EqualTo(bytes[(Mebibyte - 3)..(Mebibyte + 97)]));
        Assert.That(await DownloadAsync(_plain, "blocks"), Is.EqualTo(bytes));
    }

    [Test]
    public async Task What_is_appended_is_there_as_it_was()
    {
        var bytes = RandomNumberGenerator.GetBytes(3 * Mebibyte);
        var blob = _checking.GetAppendBlobClient("log");
        await blob.CreateAsync();

        await blob.AppendBlockAsync(new MemoryStream(bytes[..Mebibyte]));
        var last = (await blob.AppendBlockAsync(new MemoryStream(bytes[Mebibyte..]))).Value;

        Assert.That(last.BlobAppendOffset, Is.EqualTo($"{Mebibyte}"));
        Assert.That(await DownloadAsync(_plain, "log"), Is.EqualTo(bytes));
    }

    [Test]
    public async Task What_is_written_through_a_stream_is_there_as_it_was()
    {
        var bytes = RandomNumberGenerator.GetBytes((5 * Mebibyte) + 1);

        await using (var stream = await _checking.GetBlockBlobClient("stream").OpenWriteAsync(overwrite: true))
        {
            await stream.WriteAsync(bytes);
        }

        Assert.That(await DownloadAsync(_plain, "stream"), Is.EqualTo(bytes));
    }

    private static async Task<byte[]> DownloadAsync(BlobContainerClient container, string name) =>
        (await container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToArray();
}
