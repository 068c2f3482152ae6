using System.Text;
using Sluice.Emulator.Store;

namespace Sluice.Tests.Emulator;

/// <summary>What is done to contents around a change of the catalogue, and what comes of it when something else happens meanwhile.</summary>
[Category("Unit")]
internal sealed class BlobChangeTests
{
    private const string List = "<BlockList><Latest>MDAx</Latest></BlockList>";

    [Test]
    public async Task Blocks_are_joined_while_others_write()
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, "/models/a?comp=block&blockid=MDAx", "block");

        var answer = await WhileAnotherWritesAsync(blobs, () => PutAsync(blobs, "/models/a?comp=blocklist", List), files: 2);

        Assert.That((answer.Code, await ReadAsync(blobs, "/models/a"), FilesOf(blobs)), Is.EqualTo(("201", "block", 1)));
    }

    [Test]
    public async Task A_blob_that_is_refused_after_its_blocks_were_joined_leaves_no_file()
    {
        using var blobs = await MakeAsync();
        var existing = await PutAsync(blobs, "/models/a", "before");
        await PutAsync(blobs, "/models/a?comp=block&blockid=MDAx", "block");

        var answer = await WhileAnotherWritesAsync(
            blobs,
            () => PutAsync(blobs, "/models/a?comp=blocklist", List, ("If-Match", existing.Response.Headers.ETag.ToString())),
            files: 3,
            write: "DELETE FROM blob");

        Assert.That((answer.Code, FilesOf(blobs)), Is.EqualTo(("412 ConditionNotMet", 2)));
    }

    [Test]
    public async Task A_block_that_is_uploaded_anew_while_it_is_joined_is_joined_anew()
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, "/models/a?comp=block&blockid=MDAx", "block");
        await PutAsync(blobs, "/models/a?comp=block&blockid=MDAy", "newer");

        var answer = await WhileAnotherWritesAsync(
            blobs,
            () => PutAsync(blobs, "/models/a?comp=blocklist", List),
            files: 3,
            write: "UPDATE block SET json = (SELECT replace(json, 'MDAy', 'MDAx') FROM block WHERE id = 'MDAy') WHERE id = 'MDAx'");

        Assert.That((answer.Code, await ReadAsync(blobs, "/models/a")), Is.EqualTo(("201", "newer")));
    }

    [Test]
    public async Task A_block_whose_file_is_missing_is_an_error_of_the_storage_and_leaves_no_file()
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, "/models/a?comp=block&blockid=MDAx", "block");
        blobs.Contents.GetFiles().Single().Delete();

        var answer = await PutAsync(blobs, "/models/a?comp=blocklist", List);

        Assert.That((answer.Code, FilesOf(blobs)), Is.EqualTo(("500 InternalError", 0)));
    }

    [Test]
    public async Task A_block_is_appended_while_others_write()
    {
        using var blobs = await MakeAsync();
        await AppendBlobAsync(blobs);

        var answer = await WhileAnotherWritesAsync(blobs, () => PutAsync(blobs, "/models/log?comp=appendblock", "line"), files: 2, filled: 2);

        Assert.That((answer.Code, await ReadAsync(blobs, "/models/log"), FilesOf(blobs)), Is.EqualTo(("201", "line", 1)));
    }

    [Test]
    public async Task A_blob_that_goes_while_it_is_appended_to_is_not_found()
    {
        using var blobs = await MakeAsync();
        await AppendBlobAsync(blobs);

        var answer = await WhileAnotherWritesAsync(
            blobs, () => PutAsync(blobs, "/models/log?comp=appendblock", "line"), files: 2, filled: 2, write: "DELETE FROM blob");

        Assert.That((answer.Code, FilesOf(blobs)), Is.EqualTo(("404 BlobNotFound", 1)));
    }

    [Test]
    public async Task Blocks_that_are_appended_at_once_come_one_after_the_other()
    {
        using var blobs = await MakeAsync();
        await AppendBlobAsync(blobs);
        var lines = Enumerable.Range('a', 16).Select(letter => new string((char)letter, 10_000)).ToList();

        var answers = await Task.WhenAll(lines.Select(line => Task.Run(() => PutAsync(blobs, "/models/log?comp=appendblock", line))));

        Assert.That(answers.Select(answer => answer.Code), Has.All.EqualTo("201"));
        Assert.That((await ReadAsync(blobs, "/models/log")).Chunk(10_000).Select(line => new string(line)), Is.EquivalentTo(lines));
    }

    [TestCase("/models/a", "newer")]
    [TestCase("/models/a?comp=blocklist", List)]
    public async Task A_content_that_was_replaced_and_cannot_be_deleted_takes_the_new_one_nothing(string target, string body)
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, "/models/a", "before");
        var replaced = blobs.Contents.GetFiles().Single();
        await PutAsync(blobs, "/models/a?comp=block&blockid=MDAx", "newer");
        replaced.Delete();
        Directory.CreateDirectory(replaced.FullName);

        var answer = await PutAsync(blobs, target, body);

        Assert.That((answer.Code, await ReadAsync(blobs, "/models/a")), Is.EqualTo(("201", "newer")));
    }

    /// <summary>Sends a request while somebody else writes to the database, who is done when so many files are there.</summary>
    private static async Task<BlobAnswer> WhileAnotherWritesAsync(
        LocalBlobs blobs, Func<Task<BlobAnswer>> sendAsync, int files, int filled = 0, string? write = null)
    {
        Task<BlobAnswer> answer;
        using (blobs.Database.TakeTurn())
        {
            answer = Task.Run(sendAsync);
            Assert.That(
                () => (FilesOf(blobs), blobs.Contents.GetFiles().Count(file => file.Length > 0) >= filled), Is.EqualTo((files, true)).After(30_000, 10));
            if (write is not null)
            {
                using var connection = blobs.Database.Connect();
                connection.Execute(write);
            }
        }

        return await answer;
    }

    private static async Task<LocalBlobs> MakeAsync()
    {
        var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        return blobs;
    }

    private static Task<BlobAnswer> AppendBlobAsync(LocalBlobs blobs) =>
        blobs.SendAsync("PUT", "/models/log", ("x-ms-blob-type", "AppendBlob"), ("Content-Length", "0"));

    private static int FilesOf(LocalBlobs blobs) => blobs.Contents.GetFiles().Length;

    private static async Task<string> ReadAsync(LocalBlobs blobs, string target) => Encoding.UTF8.GetString((await blobs.SendAsync("GET", target)).Body);

    private static Task<BlobAnswer> PutAsync(LocalBlobs blobs, string target, string body, params (string Name, string Value)[] headers) => blobs.SendAsync(
        "PUT",
        $"{LocalBlobs.Account}.blob.core.localhost",
        target,
        [("Authorization", LocalBlobs.Authorization), ("x-ms-blob-type", "BlockBlob"), .. headers],
        Encoding.UTF8.GetBytes(body));
}
