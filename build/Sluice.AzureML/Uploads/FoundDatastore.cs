using Azure.Storage.Blobs;

namespace Sluice.AzureML.Uploads;

/// <summary>A datastore in a blob container that was found, and not opened yet.</summary>
/// <param name="AsCaller">Its container, reached as the caller of the workspace.</param>
/// <param name="OpenAsync">Opens it, with its secret where there is one to be had.</param>
internal sealed record FoundDatastore(BlobContainerClient AsCaller, Func<CancellationToken, Task<BlobDatastore>> OpenAsync);
