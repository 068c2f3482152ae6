using System.Collections.Immutable;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Win32.SafeHandles;
using Sluice.Rollouts;
using Sluice.Rollouts.Assets;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// Uploads one file to a blob that nobody has completed yet. What is written is only ever the file as it was hashed: the path of the blob
/// says the content, so a blob is made of a file only after that proved to be unchanged, and one that is there is left alone.
/// </summary>
internal sealed class FileUpload(BlockBlobClient blob, AssetFile file, Transfers transfers, UploadProgress progress)
{
    private static readonly BlobRequestConditions IfMissing = new() { IfNoneMatch = ETag.All };

    /// <summary>Uploads the file, in one piece or in blocks.</summary>
    /// <param name="blocksAtOnce">The number of blocks that are read and sent side by side.</param>
    /// <param name="cancellationToken">Ends the upload; blocks that were sent are kept by the service for a week.</param>
    /// <exception cref="RolloutException">The file is no longer the one that was hashed.</exception>
    /// <exception cref="RequestFailedException">The blob could not be written, or has another content.</exception>
    public async Task RunAsync(int blocksAtOnce, CancellationToken cancellationToken)
    {
        using var handle = Open();
        await (Blocks.IsOnePiece(file)
            ? transfers.RunAsync(() => SendWholeAsync(handle, cancellationToken), cancellationToken)
            : SendBlocksAsync(handle, blocksAtOnce, cancellationToken));
    }

    /// <summary>Holds a blob that is there against the file.</summary>
    /// <exception cref="RequestFailedException">The blob has another size, so somebody put something else there.</exception>
    public void CheckLength(long bytes)
    {
        if (bytes != file.Bytes)
        {
            throw new RequestFailedException(
                409,
                $"The blob '{blob.Name}' has {bytes} bytes and the file has {file.Bytes}, although the path holds the hash of the content. "
                + "Delete the blob and try again.",
                "BlobDiffers",
                innerException: null);
        }
    }

    /// <summary>
    /// Makes the blob, unless it is there: from an upload beside this one, or because an answer was lost and the request sent again.
    /// </summary>
    private async Task MakeAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write();
        }
        catch (RequestFailedException exception) when (MayBeThere(exception))
        {
            if (!await IsThereAsync(cancellationToken))
            {
                throw;
            }
        }
    }

    private static bool MayBeThere(RequestFailedException exception) =>
        exception.Status is 409 or 412 || exception.ErrorCode == BlobErrorCode.InvalidBlockList;

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties there = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            CheckLength(there.ContentLength);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    private SafeFileHandle Open()
    {
        try
        {
            return File.OpenHandle(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Changed(e);
        }
    }

    private async Task SendWholeAsync(SafeFileHandle handle, CancellationToken cancellationToken)
    {
        CheckUnchanged();
        var piece = progress.Begin(file.Bytes);
        await using var content = new CheckedFileStream(handle, file.Bytes, CheckUnchanged);
        var options = new BlobUploadOptions { Conditions = IfMissing, ProgressHandler = piece };
        await MakeAsync(() => blob.UploadAsync(content, options, cancellationToken), cancellationToken);
        piece.Complete();
    }

    private async Task SendBlocksAsync(
        SafeFileHandle handle, int blocksAtOnce, CancellationToken cancellationToken)
    {
        var staged = await ListStagedAsync(cancellationToken);
        var blocks = Blocks.Of(file);
        var ids = new string[blocks.Length];
        await Parallel.ForAsync(
            0,
            blocks.Length,
            new ParallelOptions { MaxDegreeOfParallelism = blocksAtOnce, CancellationToken = cancellationToken },
            async (i, token) => await transfers.RunAsync(
                async buffer => ids[i] = await SendBlockAsync(handle, blocks[i], buffer, staged, token),
                token));
        CheckUnchanged();
        var options = new CommitBlockListOptions { Conditions = IfMissing };
        await MakeAsync(() => blob.CommitBlockListAsync(ids, options, cancellationToken), cancellationToken);
    }

    private async Task<string> SendBlockAsync(
        SafeFileHandle handle,
        (long Offset, int Length) block,
        byte[] buffer,
        ImmutableHashSet<string> staged,
        CancellationToken cancellationToken)
    {
        var content = buffer.AsMemory(0, block.Length);
        await ReadAsync(handle, content, block.Offset, cancellationToken);
        var id = Blocks.IdOf(block.Offset, content.Span);
        var piece = progress.Begin(block.Length);
        if (!staged.Contains(id))
        {
            using var stream = new MemoryStream(buffer, 0, block.Length, writable: false);
            await blob.StageBlockAsync(id, stream, new BlockBlobStageBlockOptions { ProgressHandler = piece }, cancellationToken);
        }

        piece.Complete();
        return id;
    }

    /// <summary>The ids of the blocks that an upload which broke off has left.</summary>
    private async Task<ImmutableHashSet<string>> ListStagedAsync(CancellationToken cancellationToken)
    {
        try
        {
            BlockList list = await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken);
            return [.. list.UncommittedBlocks.Select(block => block.Name)];
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return [];
        }
    }

    private async Task ReadAsync(
        SafeFileHandle handle, Memory<byte> content, long offset, CancellationToken cancellationToken)
    {
        while (content.Length > 0)
        {
            var read = await RandomAccess.ReadAsync(handle, content, offset, cancellationToken);
            if (read == 0)
            {
                throw Changed();
            }

            (content, offset) = (content[read..], offset + read);
        }
    }

    private RolloutException Changed(Exception? cause = null) => new(
        $"The file {file.FullPath} was changed while the folder was uploaded. Start the rollout again.", cause);

    private void CheckUnchanged()
    {
        if (!file.IsAsRead())
        {
            throw Changed();
        }
    }
}
