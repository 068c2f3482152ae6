using System.Collections.Immutable;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts;
using Sluice.Rollouts.Assets;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// Uploads a folder of a model or of code, or a single file, as <c>az ml</c> does, to <c>LocalUpload/&lt;hash&gt;/&lt;name&gt;</c>: the
/// path tells the content, so what is there in full is not uploaded again, whoever uploaded it.
/// </summary>
/// <remarks>
/// As in <c>_blob_storage_helper.py</c> of <c>azure-ai-ml</c>, the metadata <c>upload_status=completed</c> on the first file (by its full
/// path, in the order of code points) say that all files are there, and the same is looked for below <c>az-ml-artifacts</c>,
/// where early releases put it. Of an upload that broke off, complete files and the blocks of large ones are kept and not sent again.
/// </remarks>
internal sealed class AssetUpload(BlobContainerClient container, AssetContents contents)
{
    private const string Origin = "LocalUpload";
    private const string EarlyOrigin = "az-ml-artifacts";
    private const string StatusKey = "upload_status";
    private const string Completed = "completed";

    /// <summary>
    /// Files, and blocks of one file, that are sent side by side: enough to fill a line on which each block waits for its answer. The blocks of
    /// all of them share as many buffers, which bounds the memory.
    /// </summary>
    private const int TransfersAtOnce = 8;

    /// <summary>Reads again what was read and validated before, right before it is uploaded.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="digest">The hash that it had.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RolloutException">It has another content now, or cannot be read any more.</exception>
    public static AssetContents Read(string path, string digest, CancellationToken cancellationToken)
    {
        try
        {
            var read = AssetContents.Read(path, cancellationToken);
            return read.Digest == digest
                ? read
                : throw new RolloutException($"{path} was changed while the rollout was running. Start the rollout again.");
        }
        catch (AssetException exception)
        {
            throw new RolloutException($"{path} cannot be uploaded. {exception.File}: {exception.Message}", exception);
        }
    }

    /// <summary>Uploads what is missing.</summary>
    /// <param name="call">The call that it is part of.</param>
    /// <param name="name">The asset that it is to become, for the metadata.</param>
    /// <param name="version">The asset's version, for the metadata.</param>
    /// <param name="cancellationToken">Ends the upload; what is there stays and is not uploaded again.</param>
    /// <returns>The path in the container.</returns>
    /// <exception cref="RolloutException">A file was changed since it was hashed; nothing of it was completed.</exception>
    /// <exception cref="RequestFailedException">A blob could not be written, or another content stands in its place.</exception>
    public async Task<string> RunAsync(LongCall call, string name, string version, CancellationToken cancellationToken)
    {
        if (await FindCompletedAsync(cancellationToken) is { } there)
        {
            call.ReportUpload(contents.Bytes, contents.Bytes);
            return there;
        }

        var path = PathOf(Origin, contents.Digest);
        await SendAsync(path, new UploadProgress(call, contents.Bytes), cancellationToken);
        CheckUnchanged();
        await Blob(path, contents.Indicator).SetMetadataAsync(
            new Dictionary<string, string> { [StatusKey] = Completed, ["name"] = name, ["version"] = version },
            cancellationToken: cancellationToken);
        return path;
    }

    private void CheckUnchanged()
    {
        if (Changes() is { Length: > 0 } changes)
        {
            const int Shown = 10;
            var more = changes.Length > Shown ? $" and {changes.Length - Shown} more" : "";
            throw new RolloutException(
                $"{contents.Path} was changed while it was uploaded: {string.Join(", ", changes.Take(Shown))}{more}. "
                + "Start the rollout again.");
        }
    }

    private ImmutableArray<string> Changes()
    {
        try
        {
            return contents.FindChanges();
        }
        catch (AssetException error)
        {
            throw new RolloutException($"{error.File} was changed while it was uploaded: {error.Message} Start the rollout again.", error);
        }
    }

    /// <summary>The path where everything is already; null when it is nowhere.</summary>
    private async Task<string?> FindCompletedAsync(CancellationToken cancellationToken)
    {
        string[] hashes = contents.OlderDigest is { } older ? [contents.Digest, older] : [contents.Digest];
        string[] paths = [.. from origin in (string[])[Origin, EarlyOrigin] from hash in hashes select PathOf(origin, hash)];
        var completed = await Task.WhenAll(paths.Select(path => IsCompletedAsync(path, cancellationToken)));
        return paths.Zip(completed).Where(pair => pair.Second).Select(pair => pair.First).FirstOrDefault();
    }

    private async Task<bool> IsCompletedAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await Blob(path, contents.Indicator).GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Metadata.Any(
                entry => entry.Key.Equals(StatusKey, StringComparison.OrdinalIgnoreCase) && entry.Value == Completed);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    private async Task SendAsync(string path, UploadProgress progress, CancellationToken cancellationToken)
    {
        var there = await ListAsync(path, cancellationToken);
        using var transfers = new Transfers(TransfersAtOnce, contents.Files.Max(Blocks.SizeOf));
        await Parallel.ForEachAsync(
            contents.Files,
            new ParallelOptions { MaxDegreeOfParallelism = TransfersAtOnce, CancellationToken = cancellationToken },
            async (file, token) =>
            {
                var blob = Blob(path, file);
                var upload = new FileUpload(blob, file, transfers, progress);
                if (there.TryGetValue(blob.Name, out var bytes))
                {
                    upload.CheckLength(bytes);
                    progress.Skip(bytes);
                }
                else
                {
                    await upload.RunAsync(TransfersAtOnce, token);
                }
            });
    }

    /// <summary>The blobs that are complete, with their sizes.</summary>
    private async Task<Dictionary<string, long>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            var options = new GetBlobsOptions { Prefix = path };
            await foreach (var blob in container.GetBlobsAsync(options, cancellationToken))
            {
                found[blob.Name] = blob.Properties.ContentLength ?? 0;
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 403)
        {
            // A signature may allow to write and read, and not to list. Files that are there are then sent, and refused, once more.
        }

        return found;
    }

    private string PathOf(string origin, string hash) => $"{origin}/{hash}/{contents.Name}";

    private BlockBlobClient Blob(string path, AssetFile file) =>
        container.GetBlockBlobClient(contents.IsFile ? path : $"{path}/{file.RelativePath}");
}
