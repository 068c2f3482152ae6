using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Uploads;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Assets;

namespace Sluice.AzureML.Assets;

/// <summary>Brings a folder of code, or one that an image is built of, into the workspace's storage.</summary>
internal sealed class FolderUpload(AzureConnection connection)
{
    /// <summary>Uploads what is missing of a folder.</summary>
    /// <param name="call">The call that it is part of.</param>
    /// <param name="contents">The folder's files.</param>
    /// <param name="name">The asset that it is to become, for the metadata.</param>
    /// <param name="version">The asset's version, for the metadata.</param>
    /// <param name="cancellationToken">Ends the upload; what is there stays and is not uploaded again.</param>
    /// <returns>The folder's address in the storage account, without a slash at its end: assets of these kinds are named by it.</returns>
    public Task<Uri> RunAsync(
        LongCall call, AssetContents contents, string name, string version, CancellationToken cancellationToken) =>
        connection.Datastore.UseAsync(
            async (_, container) =>
            {
                var path = await new AssetUpload(container, contents).RunAsync(call, name, version, cancellationToken);
                return new BlobUriBuilder(container.Uri) { BlobName = path, Query = "" }.ToUri();
            },
            cancellationToken);
}
