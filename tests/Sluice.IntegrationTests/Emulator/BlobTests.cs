using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>What blobs leave on the disk, and what azurite answers otherwise than Azure; once by host and once by path.</summary>
[TestFixture(true)]
[TestFixture(false)]
[Category("Integration")]
public sealed class BlobTests(bool byHost)
{
    private RunningEmulator _emulator = null!;
    private BlobContainerClient _container = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [SetUp]
    public async Task MakeContainerAsync()
    {
        var service = byHost ? await BlobClients.ByHostAsync(_emulator) : await BlobClients.ByPathAsync(_emulator);
        _container = await service.CreateBlobContainerAsync($"test-{Guid.NewGuid():N}");
    }

    [Test]
    public async Task A_deleted_container_is_gone_with_its_files()
    {
        await _container.GetBlobClient("x").UploadAsync(BinaryData.FromString("to be deleted"));
        var files = Directory.GetFiles(Path.Combine(_emulator.Folder, "blobs")).Length;

        await _container.DeleteAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _container.ExistsAsync()).Value, Is.False);
            Assert.That(Directory.GetFiles(Path.Combine(_emulator.Folder, "blobs")), Has.Length.EqualTo(files - 1));
        }
    }

    [Test]
    public async Task Names_that_look_like_ways_out_stay_names()
    {
        var (account, key, container) = await BlobClients.AccountAsync(_emulator);
        var signed = new SignedRequest(_emulator, account, key);
        var path = $"/{container}/..%2F..%2F..%2Fetc%2Fpasswd";

        using var put = await signed.SendAsync(HttpMethod.Put, path, "mine"u8.ToArray());
        using var get = await signed.SendAsync(HttpMethod.Get, path);
        using var tampered = await signed.SendAsync(HttpMethod.Get, path, tamper: $"/{container}/other");
        using var old = await signed.SendAsync(HttpMethod.Get, path, date: TimeProvider.System.GetUtcNow().AddHours(-1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)put.StatusCode, Is.EqualTo(201));
            Assert.That(await get.Content.ReadAsStringAsync(), Is.EqualTo("mine"));
            Assert.That((int)tampered.StatusCode, Is.EqualTo(403));
            Assert.That((int)old.StatusCode, Is.EqualTo(403));
            Assert.That(Directory.EnumerateFiles(Path.Combine(_emulator.Folder, "blobs")).Select(Path.GetFileName), Has.All.Match("^[0-9a-f]{32}$"));
        }
    }

    [Test]
    public async Task A_range_behind_the_end_is_416()
    {
        var blob = _container.GetBlobClient("range.txt");
        await blob.UploadAsync(BinaryData.FromString("0123456789"));

        var behind = await Assert.ThrowsAsync<RequestFailedException>(
            () => blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(10, 1) }));

        Assert.That((behind!.Status, behind.ErrorCode), Is.EqualTo((416, "InvalidRange")));
    }

    [Test]
    public async Task A_signature_that_has_ended_or_was_changed_authenticates_nobody_and_no_signature_is_401()
    {
        var blob = _container.GetBlobClient("signed.txt");
        await blob.UploadAsync(BinaryData.FromString("signed"));
        var now = TimeProvider.System.GetUtcNow();
        var ended = blob.GenerateSasUri(BlobSasPermissions.Read, now.AddHours(-1));
        var changed = new Uri($"{blob.GenerateSasUri(BlobSasPermissions.Read, now.AddHours(1))}".Replace("sp=r", "sp=rw", StringComparison.Ordinal));
        async Task<(int, string?)> RefusalAsync(Uri uri)
        {
            var client = new BlobClient(uri, BlobClients.Options(_emulator));
            var refused = await Assert.ThrowsAsync<RequestFailedException>(() => client.DownloadContentAsync());
            return (refused!.Status, refused.ErrorCode);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await RefusalAsync(ended), Is.EqualTo((403, "AuthenticationFailed")));
            Assert.That(await RefusalAsync(changed), Is.EqualTo((403, "AuthenticationFailed")));
            Assert.That(await RefusalAsync(blob.Uri), Is.EqualTo((401, "NoAuthenticationInformation")));
        }
    }
}
