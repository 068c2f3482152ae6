using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Sluice.AzureML.Uploads;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts;
using Sluice.Rollouts.Assets;
using Sluice.Tests.AzureML;

namespace Sluice.Tests.Uploads;

/// <summary>Uploads into a blob store in memory: what is sent, what is not sent again, and what is never written.</summary>
[Category("Unit")]
internal sealed class AssetUploadTests
{
    private const int Megabyte = 1024 * 1024;
    private const int BlockSize = 8 * Megabyte;

    private InMemoryBlobs _blobs = null!;
    private RecordedProgress _progress = null!;
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        (_blobs, _progress) = (new InMemoryBlobs(), new RecordedProgress());
        _folder = Directory.CreateTempSubdirectory("sluice-upload-");
        Write("MLmodel", 15);
        Write("conda.yaml", 7);
        Write("data/model.bin", 300);
    }

    [TearDown]
    public void RemoveFolder()
    {
        _blobs.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_folder_arrives_whole_and_is_marked_at_its_first_file_when_all_of_it_is_there()
    {
        Write("data/large.bin", (2 * BlockSize) + 5);

        var path = await UploadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path, Is.EqualTo($"LocalUpload/{Contents().Digest}/{_folder.Name}"));
            Assert.That(_blobs.Blobs.Keys, Is.EquivalentTo(Contents().Files.Select(file => $"{path}/{file.RelativePath}")));
            foreach (var file in Contents().Files)
            {
                var blob = _blobs.Blobs[$"{path}/{file.RelativePath}"];
                Assert.That(blob.Content, Is.EqualTo(File.ReadAllBytes(file.FullPath)), file.RelativePath);
            }

            Assert.That(_blobs.Requests[^1], Has.Property("Blob").EqualTo($"{path}/MLmodel").And.Property("Operation").EqualTo("metadata"));
            Assert.That(_blobs.Blobs[$"{path}/MLmodel"].Metadata, Is.EquivalentTo(new Dictionary<string, string>
            {
                ["upload_status"] = "completed",
                ["name"] = "heart",
                ["version"] = "7",
            }));
        }
    }

    [Test]
    public async Task A_large_file_goes_in_blocks_whose_ids_tell_place_and_content()
    {
        Write("large.bin", (2 * BlockSize) + 5);

        await UploadAsync();

        var blocks = _blobs.Contents.Where(request => request.Operation == "block").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(blocks.Select(block => block.Body.Length), Is.EquivalentTo(new[] { BlockSize, BlockSize, 5 }));
            Assert.That(blocks.Select(block => block.Argument.Length), Is.All.EqualTo(64));
            Assert.That(blocks.Select(block => block.Argument).Distinct().Count(), Is.EqualTo(3));
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2 * BlockSize)]
    public async Task A_file_of_up_to_two_blocks_goes_in_one_piece(int bytes)
    {
        Write("file.bin", bytes);

        var path = await UploadAsync();

        Assert.That(_blobs.Blobs[$"{path}/file.bin"].Content, Is.EqualTo(await File.ReadAllBytesAsync(PathOf("file.bin"))));
        Assert.That(_blobs.Requests.Select(request => request.Operation), Has.None.StartsWith("block"));
    }

    [Test]
    public async Task Of_an_upload_that_broke_off_complete_files_and_staged_blocks_are_not_sent_again()
    {
        Write("large.bin", 5 * BlockSize);
        using var breaking = new CancellationTokenSource();
        _blobs.OnRequest = request =>
        {
            if (request.Operation != "block" || _blobs.Staged.Values.Sum(blocks => blocks.Count) < 2)
            {
                return null;
            }

            breaking.Cancel();
            throw new OperationCanceledException(breaking.Token);
        };
        Assert.That(await Assert.CatchAsync(() => UploadAsync(breaking.Token)), Is.InstanceOf<OperationCanceledException>());
        var complete = _blobs.Blobs.Count;
        Assert.That(_blobs.Staged.Values.Single(), Has.Count.EqualTo(2));
        _blobs.OnRequest = _ => null;
        _blobs.Forget();

        var path = await UploadAsync();

        var sent = _blobs.Contents;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.Count(request => request.Operation == "block"), Is.EqualTo(3));
            Assert.That(sent.Where(request => request.Operation == "block").Sum(request => request.Body.Length), Is.EqualTo(3 * BlockSize));
            Assert.That(sent.Count(request => request.Operation == ""), Is.EqualTo(3 - complete));
            Assert.That(_blobs.Blobs[$"{path}/large.bin"].Content, Is.EqualTo(await File.ReadAllBytesAsync(PathOf("large.bin"))));
        }
    }

    [Test]
    public async Task A_staged_block_of_another_content_is_not_taken_over()
    {
        Write("large.bin", (2 * BlockSize) + 5);
        var blob = $"LocalUpload/{Contents().Digest}/{_folder.Name}/large.bin";
        _blobs.Staged[blob] = new() { [Blocks.IdOf(0, new byte[BlockSize])] = new byte[BlockSize] };

        await UploadAsync();

        Assert.That(_blobs.Blobs[blob].Content, Is.EqualTo(await File.ReadAllBytesAsync(PathOf("large.bin"))));
    }

    [Test]
    public async Task What_is_complete_is_not_sent_again()
    {
        await UploadAsync();
        _blobs.Forget();

        await UploadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_blobs.Requests.Select(request => request.Method), Is.All.EqualTo("HEAD"));
            Assert.That(_progress.Reports[^1].Bytes, Is.EqualTo(Contents().Bytes));
        }
    }

    [TestCase("LocalUpload", true)]
    [TestCase("az-ml-artifacts", true)]
    [TestCase("az-ml-artifacts", false)]
    public async Task What_an_older_client_has_uploaded_is_found_and_nothing_is_sent(string origin, bool isOlderHash)
    {
        var hash = isOlderHash ? Contents().OlderDigest : Contents().Digest;
        _blobs.Put($"{origin}/{hash}/{_folder.Name}/MLmodel", "x", ("Upload_Status", "completed"));

        var path = await UploadAsync();

        Assert.That(path, Is.EqualTo($"{origin}/{hash}/{_folder.Name}"));
        Assert.That(_blobs.Requests.Where(request => request.Method == "PUT"), Is.Empty);
    }

    [Test]
    public async Task A_single_file_goes_to_the_path_of_its_hash_and_name()
    {
        var path = await UploadAsync(AssetContents.Read(PathOf("conda.yaml")));

        Assert.That(path, Is.EqualTo($"LocalUpload/{AssetContents.Read(PathOf("conda.yaml")).Digest}/conda.yaml"));
        Assert.That(_blobs.Blobs.Keys, Is.EqualTo(new[] { path }));
        Assert.That(_blobs.Blobs[path].Metadata["upload_status"], Is.EqualTo("completed"));
    }

    [Test]
    public async Task Progress_only_rises_and_ends_at_the_whole_although_a_block_is_sent_twice()
    {
        Write("large.bin", 3 * BlockSize);
        var failed = false;
        _blobs.OnRequest = request =>
        {
            var fails = request.Operation == "block" && !failed;
            failed |= fails;
            return fails ? InMemoryBlobs.Refuse(HttpStatusCode.ServiceUnavailable, "ServerBusy") : null;
        };

        await UploadAsync();

        var bytes = _progress.Reports.Select(report => report.Bytes ?? 0).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed);
            Assert.That(bytes, Is.Ordered);
            Assert.That(bytes[^1], Is.EqualTo(Contents().Bytes));
            Assert.That(_blobs.Contents.Count(request => request.Operation == "block"), Is.EqualTo(4));
        }
    }

    [Test]
    public async Task No_more_than_eight_pieces_are_in_memory_however_many_files_there_are()
    {
        foreach (var i in Enumerable.Range(0, 40))
        {
            Write($"many/{i}.bin", 100);
        }

        Write("large.bin", 3 * BlockSize);

        await UploadAsync();

        Assert.That(_blobs.MostWritesAtOnce, Is.InRange(2, 8));
    }

    [TestCase("conda.yaml")]
    [TestCase("large.bin")]
    public async Task A_file_that_changes_before_it_is_sent_is_named_and_never_becomes_a_blob(string file)
    {
        Write("large.bin", (2 * BlockSize) + 5);
        var contents = Contents();
        File.SetLastWriteTimeUtc(PathOf(file), DateTime.UtcNow.AddHours(1));

        var failure = await Assert.ThrowsAsync<RolloutException>(() => UploadAsync(contents));

        Assert.That(failure!.Message, Does.Contain(PathOf(file)).And.Contain("was changed"));
        Assert.That(_blobs.Blobs.Keys, Has.None.EndsWith(file));
        Assert.That(_blobs.Requests.Where(request => request.Operation == "metadata"), Is.Empty);
    }

    [Test]
    public async Task A_file_that_changes_while_it_is_sent_in_one_piece_never_becomes_a_blob()
    {
        Write("file.bin", 2 * BlockSize);
        _blobs.OnBegin = path =>
        {
            if (path.EndsWith("/file.bin", StringComparison.Ordinal))
            {
                File.SetLastWriteTimeUtc(PathOf("file.bin"), DateTime.UtcNow.AddHours(1));
            }
        };

        var failure = await Assert.ThrowsAsync<RolloutException>(() => UploadAsync());

        Assert.That(failure!.Message, Does.Contain("file.bin").And.Contain("was changed"));
        Assert.That(_blobs.Blobs.Keys, Has.None.EndsWith("file.bin"));
    }

    [Test]
    public async Task A_large_file_that_changes_while_its_blocks_are_sent_never_becomes_a_blob()
    {
        Write("large.bin", (2 * BlockSize) + 5);
        _blobs.OnRequest = request =>
        {
            if (request.Operation == "block")
            {
                File.SetLastWriteTimeUtc(PathOf("large.bin"), DateTime.UtcNow.AddHours(1));
            }

            return null;
        };

        var failure = await Assert.ThrowsAsync<RolloutException>(() => UploadAsync());

        Assert.That(failure!.Message, Does.Contain("large.bin"));
        Assert.That(_blobs.Requests.Where(request => request.Operation == "blocklist" && request.Method == "PUT"), Is.Empty);
    }

    [Test]
    public async Task Files_that_change_appear_or_go_while_others_are_sent_are_named_and_nothing_is_marked_as_complete()
    {
        var contents = Contents();
        _blobs.OnRequest = request =>
        {
            if (request is { Method: "PUT", Operation: "" } && _blobs.Blobs.Count == 2)
            {
                File.Delete(PathOf("MLmodel"));
                Write("new.txt", 1);
            }

            return null;
        };

        var failure = await Assert.ThrowsAsync<RolloutException>(() => UploadAsync(contents));

        Assert.That(failure!.Message, Does.Contain("MLmodel, new.txt"));
        Assert.That(_blobs.Requests.Where(request => request.Operation == "metadata"), Is.Empty);
    }

    [Test]
    public async Task An_upload_beside_this_one_may_complete_a_file_first()
    {
        Write("large.bin", (2 * BlockSize) + 5);
        _blobs.OnRequest = request =>
        {
            if (request.Method == "PUT" && request.Operation is "" or "blocklist" && !_blobs.Blobs.ContainsKey(request.Blob))
            {
                var file = request.Blob[(request.Blob.IndexOf(_folder.Name, StringComparison.Ordinal) + _folder.Name.Length + 1)..];
                _blobs.Blobs[request.Blob] = new(File.ReadAllBytes(PathOf(file)), []);
            }

            return null;
        };

        var path = await UploadAsync();

        Assert.That(_blobs.Blobs[$"{path}/MLmodel"].Metadata["upload_status"], Is.EqualTo("completed"));
        Assert.That(_progress.Reports[^1].Bytes, Is.EqualTo(Contents().Bytes));
    }

    [Test]
    public async Task A_blob_of_another_size_in_the_place_of_a_file_is_an_error_and_stays()
    {
        var blob = $"LocalUpload/{Contents().Digest}/{_folder.Name}/conda.yaml";
        _blobs.Put(blob, "something else");

        var failure = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => UploadAsync());

        Assert.That(failure!.ErrorCode, Is.EqualTo("BlobDiffers"));
        Assert.That(failure.Message, Does.Contain(blob).And.Contain("14 bytes").And.Contain("has 7"));
        Assert.That(_blobs.Blobs[blob].Content, Has.Length.EqualTo(14));
    }

    [Test]
    public async Task A_signature_that_may_not_list_still_uploads()
    {
        _blobs.Put($"LocalUpload/{Contents().Digest}/{_folder.Name}/conda.yaml", "1234567");
        _blobs.OnRequest = request =>
            request.Operation == "list" ? InMemoryBlobs.Refuse(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch") : null;

        await UploadAsync();

        Assert.That(_blobs.Blobs, Has.Count.EqualTo(3));
    }

    [Test]
    public void Blocks_grow_so_that_a_file_of_any_size_has_at_most_50_000()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var bytes in new[] { 0, 1, BlockSize, 50_000L * BlockSize, (50_000L * BlockSize) + 1, 20L * 1024 * 1024 * Megabyte })
            {
                var file = new AssetFile("f", "/f", bytes, DateTime.UnixEpoch);
                var blocks = Blocks.Of(file);
                Assert.That(blocks, Has.Length.LessThanOrEqualTo(50_000));
                Assert.That(blocks.Sum(block => (long)block.Length), Is.EqualTo(bytes));
            }

            Assert.That(Blocks.SizeOf(new AssetFile("f", "/f", 50_000L * BlockSize, DateTime.UnixEpoch)), Is.EqualTo(BlockSize));
        }
    }

    private AssetContents Contents() => AssetContents.Read(_folder.FullName);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private void Write(string file, int bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        var content = new byte[bytes];
        new Random(file.Length).NextBytes(content);
        File.WriteAllBytes(PathOf(file), content);
    }

    private Task<string> UploadAsync(CancellationToken cancellationToken = default) => UploadAsync(Contents(), cancellationToken);

    private Task<string> UploadAsync(AssetContents contents, CancellationToken cancellationToken = default)
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(_blobs), Retry = { Delay = TimeSpan.Zero } };
        var container = new BlobContainerClient(
            new Uri("https://acct.blob.core.windows.net/azureml-blobstore-1"), new Azure.AzureSasCredential("sv=1&sig=x"), options);
        var call = new LongCall("upload", TimeSpan.FromMinutes(10), _progress, new InstantTime());
        return new AssetUpload(container, contents).RunAsync(call, "heart", "7", cancellationToken);
    }
}
