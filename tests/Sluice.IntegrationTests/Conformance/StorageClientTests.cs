using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;


namespace Sluice.IntegrationTests.Conformance;

/// <summary>
/// Microsoft's own storage client against the local Azure ML's blob routes and against Microsoft's own storage emulator: the same steps,
/// the same answers.
/// </summary>
[TestFixture(BlobServer.LocalByHost)]
[TestFixture(BlobServer.LocalByPath)]
[TestFixture(BlobServer.Azurite)]
[Category("Integration")]
public sealed class StorageClientTests(BlobServer kind)
{
    private RunningBlobServer _server = null!;
    private BlobServiceClient _service = null!;
    private BlobContainerClient _container = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningBlobServer.StartAsync(kind);
        _service = _server.Service;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SetUp]
    public async Task MakeContainerAsync() => _container = await _service.CreateBlobContainerAsync($"test-{Guid.NewGuid():N}");

    [Test]
    public async Task A_small_blob_comes_back_with_its_headers_and_metadata()
    {
        var blob = _container.GetBlobClient("folder/a blob+ü%20 (1).json");
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json", CacheControl = "no-store", ContentLanguage = "de" },
            Metadata = new Dictionary<string, string> { ["upload_status"] = "completed" },
        };

        var written = await blob.UploadAsync(BinaryData.FromString("{\"a\":1}"), options);
        var read = (await blob.DownloadContentAsync()).Value;
        var properties = (await blob.GetPropertiesAsync()).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Content.ToString(), Is.EqualTo("{\"a\":1}"));
            Assert.That(read.Details.ETag, Is.EqualTo(written.Value.ETag));
            Assert.That(properties.ContentType, Is.EqualTo("application/json"));
            Assert.That(properties.CacheControl, Is.EqualTo("no-store"));
            Assert.That(properties.ContentLanguage, Is.EqualTo("de"));
            Assert.That(properties.ContentLength, Is.EqualTo(7));
            Assert.That(properties.ContentHash, Is.EqualTo(written.Value.ContentHash));
            Assert.That(properties.Metadata["upload_status"], Is.EqualTo("completed"));
            Assert.That(properties.BlobType, Is.EqualTo(BlobType.Block));
        }
    }

    [Test]
    public async Task A_large_blob_is_uploaded_in_blocks_and_downloaded_in_ranges()
    {
        var blob = _container.GetBlobClient("large.bin");
        var bytes = RandomNumberGenerator.GetBytes((9 * 1024 * 1024) + 17);
        var transfer = new StorageTransferOptions { InitialTransferSize = 1 << 20, MaximumTransferSize = 4 << 20, MaximumConcurrency = 3 };

        await blob.UploadAsync(new MemoryStream(bytes), new BlobUploadOptions { TransferOptions = transfer });
        using var downloaded = new MemoryStream();
        await blob.DownloadToAsync(downloaded, new BlobDownloadToOptions { TransferOptions = transfer });
        var blocks = (await _container.GetBlockBlobClient("large.bin").GetBlockListAsync(BlockListTypes.All)).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(downloaded.ToArray(), Is.EqualTo(bytes));
            Assert.That(blocks.CommittedBlocks.Sum(block => block.SizeLong), Is.EqualTo(bytes.Length));
            Assert.That(blocks.CommittedBlocks.Count(), Is.GreaterThan(1));
            Assert.That(blocks.UncommittedBlocks, Is.Empty);
        }
    }

    [Test]
    public async Task A_block_list_mixes_old_and_new_blocks_and_refuses_unknown_ones()
    {
        var blob = _container.GetBlockBlobClient("blocks.txt");
        string Id(int n) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"block-{n}"));
        await blob.StageBlockAsync(Id(1), Text("one "));
        await blob.StageBlockAsync(Id(2), Text("two "));
        await blob.CommitBlockListAsync([Id(1), Id(2)]);
        await blob.StageBlockAsync(Id(3), Text("three "));
        var between = (await blob.GetBlockListAsync(BlockListTypes.All)).Value;

        await blob.CommitBlockListAsync([Id(3), Id(2), Id(1), Id(3)]);
        var unknown = await Assert.ThrowsAsync<RequestFailedException>(() => blob.CommitBlockListAsync([Id(9)]));
        var content = (await blob.DownloadContentAsync()).Value.Content.ToString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(between.UncommittedBlocks.Select(block => block.Name), Is.EqualTo(new[] { Id(3) }));
            Assert.That(content, Is.EqualTo("three two one three "));
            Assert.That(unknown!.ErrorCode, Is.EqualTo("InvalidBlockList"));
        }
    }

    [Test]
    public async Task A_range_is_206_and_its_bytes()
    {
        var blob = _container.GetBlobClient("range.txt");
        await blob.UploadAsync(BinaryData.FromString("0123456789"));

        var middle = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(3, 4) });
        var tail = (await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(8) })).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(middle.GetRawResponse().Status, Is.EqualTo(206));
            Assert.That(middle.Value.Content.ToString(), Is.EqualTo("3456"));
            Assert.That(tail.Content.ToString(), Is.EqualTo("89"));
        }
    }

    [Test]
    public async Task An_append_blob_grows_at_its_end_and_checks_the_position()
    {
        var blob = _container.GetAppendBlobClient("journal.jsonl");
        await blob.CreateIfNotExistsAsync();

        var first = (await blob.AppendBlockAsync(Text("one\n"), new AppendBlobAppendBlockOptions { Conditions = new() { IfAppendPositionEqual = 0 } })).Value;
        var late = await Assert.ThrowsAsync<RequestFailedException>(() => blob.AppendBlockAsync(
            Text("again\n"), new AppendBlobAppendBlockOptions { Conditions = new() { IfAppendPositionEqual = 0 } }));
        var full = await Assert.ThrowsAsync<RequestFailedException>(() => blob.AppendBlockAsync(
            Text("too much\n"), new AppendBlobAppendBlockOptions { Conditions = new() { IfMaxSizeLessThanOrEqual = 5 } }));
        var second = (await blob.AppendBlockAsync(Text("two\n"))).Value;
        var content = (await blob.DownloadContentAsync()).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.BlobAppendOffset, Is.EqualTo("0"));
            Assert.That(second.BlobAppendOffset, Is.EqualTo("4"));
            Assert.That(second.BlobCommittedBlockCount, Is.EqualTo(2));
            Assert.That(late!.ErrorCode, Is.EqualTo("AppendPositionConditionNotMet"));
            Assert.That(full!.ErrorCode, Is.EqualTo("MaxBlobSizeConditionNotMet"));
            Assert.That(content.Content.ToString(), Is.EqualTo("one\ntwo\n"));
            Assert.That(content.Details.BlobType, Is.EqualTo(BlobType.Append));
        }
    }

    [Test]
    public async Task A_lease_keeps_others_from_writing()
    {
        var blob = _container.GetAppendBlobClient("leased");
        await blob.CreateAsync();
        var lease = blob.GetBlobLeaseClient();
        var other = blob.GetBlobLeaseClient();

        await lease.AcquireAsync(TimeSpan.FromSeconds(60));
        var second = await Assert.ThrowsAsync<RequestFailedException>(() => other.AcquireAsync(TimeSpan.FromSeconds(15)));
        var without = await Assert.ThrowsAsync<RequestFailedException>(() => blob.AppendBlockAsync(Text("x")));
        var wrong = await Assert.ThrowsAsync<RequestFailedException>(() => blob.AppendBlockAsync(
            Text("x"), new AppendBlobAppendBlockOptions { Conditions = new() { LeaseId = other.LeaseId } }));
        await blob.AppendBlockAsync(Text("x"), new AppendBlobAppendBlockOptions { Conditions = new() { LeaseId = lease.LeaseId } });
        await lease.RenewAsync();
        var changed = Guid.NewGuid().ToString();
        await lease.ChangeAsync(changed);
        var state = (await blob.GetPropertiesAsync()).Value;
        await other.BreakAsync(TimeSpan.Zero);
        var broken = (await blob.GetPropertiesAsync()).Value;
        await other.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);
        await other.ReleaseAsync();
        await blob.DeleteAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second!.ErrorCode, Is.EqualTo("LeaseAlreadyPresent"));
            Assert.That(without!.ErrorCode, Is.EqualTo("LeaseIdMissing"));
            Assert.That(wrong!.ErrorCode, Is.EqualTo("LeaseIdMismatchWithBlobOperation"));
            Assert.That(state.LeaseState, Is.EqualTo(LeaseState.Leased));
            Assert.That(state.LeaseStatus, Is.EqualTo(LeaseStatus.Locked));
            Assert.That(broken.LeaseState, Is.EqualTo(LeaseState.Broken));
        }
    }

    [Test]
    public async Task Conditions_keep_writers_from_overwriting_each_other()
    {
        var blob = _container.GetBlobClient("conditional");
        var first = (await blob.UploadAsync(BinaryData.FromString("1"), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } })).Value;

        var again = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(
            BinaryData.FromString("2"), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }));
        await blob.UploadAsync(BinaryData.FromString("2"), new BlobUploadOptions { Conditions = new() { IfMatch = first.ETag } });
        var stale = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(
            BinaryData.FromString("3"), new BlobUploadOptions { Conditions = new() { IfMatch = first.ETag } }));
        var now = (await blob.DownloadContentAsync()).Value;
        var unchanged = await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = new() { IfNoneMatch = now.Details.ETag } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again!.Status, Is.EqualTo(409));
            Assert.That(again.ErrorCode, Is.EqualTo("BlobAlreadyExists"));
            Assert.That(stale!.ErrorCode, Is.EqualTo("ConditionNotMet"));
            Assert.That(now.Content.ToString(), Is.EqualTo("2"));
            Assert.That(unchanged.GetRawResponse().Status, Is.EqualTo(304));
        }
    }

    [Test]
    public async Task Lists_are_flat_or_a_hierarchy_and_come_in_pages()
    {
        foreach (var name in new[] { "a/1", "a/2", "a/deep/3", "b/4", "c", "ä&<>\"'", "a.txt" })
        {
            await _container.GetBlobClient(name).UploadAsync(BinaryData.FromString(name), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["n"] = "v" } });
        }

        var flat = new List<string>();
        var pages = 0;
        await foreach (var page in _container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }).AsPages(pageSizeHint: 2))
        {
            pages++;
            flat.AddRange(page.Values.Select(item => $"{item.Name} {item.Metadata["n"]} {item.Properties.ContentLength}"));
        }

        var tree = new List<string>();
        await foreach (var page in _container.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Delimiter = "/" }).AsPages(pageSizeHint: 2))
        {
            tree.AddRange(page.Values.Select(item => item.IsPrefix ? item.Prefix : item.Blob.Name));
        }

        var below = new List<string>();
        await foreach (var item in _container.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Delimiter = "/", Prefix = "a/" }))
        {
            below.Add(item.IsPrefix ? item.Prefix : item.Blob.Name);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(flat, Is.EqualTo(new[] { "a.txt v 5", "a/1 v 3", "a/2 v 3", "a/deep/3 v 8", "b/4 v 3", "c v 1", "ä&<>\"' v 7" }));
            Assert.That(pages, Is.EqualTo(4));
            Assert.That(tree, Is.EquivalentTo(new[] { "a.txt", "a/", "b/", "c", "ä&<>\"'" }));
            Assert.That(below, Is.EquivalentTo(new[] { "a/1", "a/2", "a/deep/" }));
        }
    }

    [Test]
    public async Task Metadata_and_headers_are_replaced_and_change_the_entity_tag()
    {
        var blob = _container.GetBlobClient("meta");
        var first = (await blob.UploadAsync(BinaryData.FromString("x"))).Value;

        await blob.SetMetadataAsync(new Dictionary<string, string> { ["One"] = "1" });
        await blob.SetHttpHeadersAsync(new BlobHttpHeaders { ContentType = "text/plain" });
        var properties = (await blob.GetPropertiesAsync()).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(properties.Metadata["one"], Is.EqualTo("1"));
            Assert.That(properties.ContentType, Is.EqualTo("text/plain"));
            Assert.That(properties.ETag, Is.Not.EqualTo(first.ETag));
        }
    }

    [Test]
    public async Task What_is_missing_or_there_already_has_the_services_codes()
    {
        var blob = _container.GetBlobClient("nobody");
        var noContainer = _service.GetBlobContainerClient("no-such-container");

        var twice = await Assert.ThrowsAsync<RequestFailedException>(() => _container.CreateAsync());
        var get = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadContentAsync());
        var delete = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteAsync());
        var list = await Assert.ThrowsAsync<RequestFailedException>(() => noContainer.GetBlobsAsync().AsPages().GetAsyncEnumerator().MoveNextAsync().AsTask());
        var put = await Assert.ThrowsAsync<RequestFailedException>(() => noContainer.GetBlobClient("x").UploadAsync(BinaryData.FromString("x")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(twice!.ErrorCode, Is.EqualTo("ContainerAlreadyExists"));
            Assert.That(get!.ErrorCode, Is.EqualTo("BlobNotFound"));
            Assert.That(delete!.ErrorCode, Is.EqualTo("BlobNotFound"));
            Assert.That(list!.ErrorCode, Is.EqualTo("ContainerNotFound"));
            Assert.That(put!.ErrorCode, Is.EqualTo("ContainerNotFound"));
            Assert.That((await blob.ExistsAsync()).Value, Is.False);
            Assert.That((await _container.ExistsAsync()).Value, Is.True);
        }
    }

    [Test]
    public async Task A_signature_grants_what_it_names_until_it_ends()
    {
        var blob = _container.GetBlobClient("signed.txt");
        await blob.UploadAsync(BinaryData.FromString("signed"));
        var soon = TimeProvider.System.GetUtcNow().AddHours(1);
        var readOnly = Anonymous(blob.GenerateSasUri(BlobSasPermissions.Read, soon));
        var ended = Anonymous(blob.GenerateSasUri(BlobSasPermissions.Read, TimeProvider.System.GetUtcNow().AddHours(-1)));
        var container = new BlobContainerClient(_container.GenerateSasUri(BlobContainerSasPermissions.List, soon), _server.Options);
        var account = new BlobServiceClient(
            _service.GenerateAccountSasUri(AccountSasPermissions.Read, soon, AccountSasResourceTypes.Object), _server.Options);

        var read = (await readOnly.DownloadContentAsync()).Value.Content.ToString();
        var write = await Assert.ThrowsAsync<RequestFailedException>(() => readOnly.UploadAsync(BinaryData.FromString("x"), overwrite: true));
        var late = await Assert.ThrowsAsync<RequestFailedException>(() => ended.DownloadContentAsync());
        var forged = await Assert.ThrowsAsync<RequestFailedException>(() =>
            Anonymous(new Uri($"{readOnly.Uri}".Replace("sp=r", "sp=rw", StringComparison.Ordinal))).DownloadContentAsync());
        var names = new List<string>();
        await foreach (var item in container.GetBlobsAsync())
        {
            names.Add(item.Name);
        }

        var byAccount = (await account.GetBlobContainerClient(_container.Name).GetBlobClient("signed.txt").DownloadContentAsync()).Value.Content.ToString();
        var wrongKind = await Assert.ThrowsAsync<RequestFailedException>(() => account.GetBlobContainerClient(_container.Name).GetPropertiesAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo("signed"));
            Assert.That(byAccount, Is.EqualTo("signed"));
            Assert.That(names, Is.EqualTo(new[] { "signed.txt" }));
            Assert.That(write!.ErrorCode, Is.EqualTo("AuthorizationPermissionMismatch"));
            Assert.That(late!.Status, Is.EqualTo(403));
            Assert.That(forged!.Status, Is.EqualTo(403));
            Assert.That(wrongKind!.ErrorCode, Is.EqualTo("AuthorizationResourceTypeMismatch"));
        }
    }

    [Test]
    public async Task The_account_says_what_it_is_at_every_level_and_the_service_what_is_switched_on()
    {
        var blob = _container.GetBlobClient("asked.txt");
        await blob.UploadAsync(BinaryData.FromString("asked"));

        var account = (await _service.GetAccountInfoAsync()).Value;
        var ofContainer = (await _container.GetAccountInfoAsync()).Value;
        var ofBlob = (await blob.GetAccountInfoAsync()).Value;
        var service = (await _service.GetPropertiesAsync()).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(account.AccountKind, Is.EqualTo(AccountKind.StorageV2));
            Assert.That(ofContainer.AccountKind, Is.EqualTo(account.AccountKind));
            Assert.That(ofBlob.AccountKind, Is.EqualTo(account.AccountKind));
            Assert.That((ofContainer.SkuName, ofBlob.SkuName), Is.EqualTo((account.SkuName, account.SkuName)));
            Assert.That((service.Logging.Version, service.Logging.RetentionPolicy.Enabled), Is.EqualTo(("1.0", false)));
            Assert.That((service.HourMetrics.Version, service.HourMetrics.Enabled), Is.EqualTo(("1.0", false)));
            Assert.That((service.MinuteMetrics.Version, service.MinuteMetrics.Enabled), Is.EqualTo(("1.0", false)));
            Assert.That((service.Cors.Count, service.StaticWebsite.Enabled), Is.EqualTo((0, false)));
        }
    }

    [Test]
    public async Task A_wrong_key_is_refused_and_so_is_nobody()
    {
        var wrong = new StorageSharedKeyCredential(_service.AccountName, Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
        var forged = new BlobServiceClient(_service.Uri, wrong, _server.Options);
        var anonymous = new BlobServiceClient(_service.Uri, _server.Options);

        var forgedFault = await Assert.ThrowsAsync<RequestFailedException>(() => forged.GetBlobContainerClient(_container.Name).GetPropertiesAsync());
        var anonymousFault = await Assert.ThrowsAsync<RequestFailedException>(() => anonymous.GetBlobContainerClient(_container.Name).GetPropertiesAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forgedFault!.Status, Is.EqualTo(403));
            Assert.That(anonymousFault!.Status, Is.AnyOf(401, 403));
        }
    }

    [Test]
    public async Task A_wrong_MD5_is_refused_and_leaves_the_old_content()
    {
        var blob = _container.GetBlockBlobClient("md5");
        await blob.UploadAsync(Text("old"));
        var headers = new BlobHttpHeaders { ContentHash = new byte[16] };

        // The client sends the hash of the whole as x-ms-blob-content-md5 with a single put; the service checks Content-MD5.
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => blob.StageBlockAsync(
            Convert.ToBase64String("b"u8), Text("new"), new BlockBlobStageBlockOptions
            {
                TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5, PrecalculatedChecksum = headers.ContentHash },
            }));
        var content = (await blob.DownloadContentAsync()).Value.Content.ToString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault!.ErrorCode, Is.EqualTo("Md5Mismatch"));
            Assert.That(content, Is.EqualTo("old"));
        }
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private BlobClient Anonymous(Uri uri) => new(uri, _server.Options);
}
