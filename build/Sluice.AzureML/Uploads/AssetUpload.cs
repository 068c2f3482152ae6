using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// Uploads a folder of a model or of code as <c>az ml</c> does, to <c>LocalUpload/&lt;hash&gt;/&lt;folder&gt;/</c>: the path tells the
/// content, so a folder that is there in full is not uploaded again, whoever uploaded it.
/// </summary>
internal sealed class AssetUpload(BlobContainerClient container, string folderName, AssetContents contents)
{
    private const string Origin = "LocalUpload";
    private const string StatusKey = "upload_status";
    private const string Completed = "completed";
    private const int FilesAtOnce = 4;

    /// <summary>The folder's path in the container.</summary>
    public string Path { get; } = $"{Origin}/{contents.Digest}/{folderName}";

    /// <summary>The blob whose metadata say that the whole folder is there: the first one in ordinal order.</summary>
    private BlobClient Indicator => Blob(contents.Files.MinBy(file => file.RelativePath, StringComparer.Ordinal)!);

    /// <summary>Uploads what is missing.</summary>
    /// <param name="call">The call that it is part of.</param>
    /// <param name="name">The asset that it is to become, for the metadata.</param>
    /// <param name="version">The asset's version, for the metadata.</param>
    /// <param name="cancellationToken">Ends the upload; what is there stays and is not uploaded again.</param>
    /// <exception cref="RequestFailedException">A blob could not be written, or another content stands in its place.</exception>
    public async Task RunAsync(LongCall call, string name, string version, CancellationToken cancellationToken)
    {
        if (await IsCompletedAsync(cancellationToken))
        {
            call.ReportUpload(contents.Bytes, contents.Bytes);
            return;
        }

        var progress = new UploadProgress(call, contents.Bytes);
        await Parallel.ForEachAsync(
            contents.Files,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken },
            async (file, token) => await UploadAsync(file, progress.OfFile(), token));
        await Indicator.SetMetadataAsync(
            new Dictionary<string, string> { [StatusKey] = Completed, ["name"] = name, ["version"] = version },
            cancellationToken: cancellationToken);
    }

    private async Task<bool> IsCompletedAsync(CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await Indicator.GetPropertiesAsync(cancellationToken: cancellationToken);
            return properties.Metadata.Any(
                entry => entry.Key.Equals(StatusKey, StringComparison.OrdinalIgnoreCase) && entry.Value == Completed);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    private async Task UploadAsync(AssetFile file, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            ProgressHandler = progress,
        };
        try
        {
            await Blob(file).UploadAsync(file.FullPath, options, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Left by an upload that broke off, or by one that runs beside this one: the path holds the hash of the content.
            await CheckEqualAsync(file, cancellationToken);
            progress.Report(file.Bytes);
        }
    }

    private async Task CheckEqualAsync(AssetFile file, CancellationToken cancellationToken)
    {
        BlobProperties there = await Blob(file).GetPropertiesAsync(cancellationToken: cancellationToken);
        if (there.ContentLength != file.Bytes)
        {
            throw new RequestFailedException(
                409,
                $"The blob '{Path}/{file.RelativePath}' has {there.ContentLength} bytes and the file has {file.Bytes}, although the path "
                + "holds the hash of the content. Delete the blob and try again.",
                "BlobDiffers",
                innerException: null);
        }
    }

    private BlobClient Blob(AssetFile file) => container.GetBlobClient($"{Path}/{file.RelativePath}");
}
