using Azure;
using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;

namespace Sluice.AzureML.Uploads;

/// <summary>The workspace's default datastore, opened at its first use and then kept open for all who share the connection.</summary>
internal sealed class DefaultDatastore(AzureConnection connection)
{
    private volatile BlobDatastore? _opened;

    /// <summary>Does something with the datastore's container.</summary>
    /// <param name="use">What is done; a second time, from its beginning, where the way in was refused.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="RequestFailedException">
    /// The datastore can't be opened, see <see cref="BlobDatastore.OpenDefaultAsync"/>, or the container refused; where a right is lacking,
    /// the message names it.
    /// </exception>
    public async Task<T> UseAsync<T>(Func<BlobDatastore, BlobContainerClient, Task<T>> use, CancellationToken cancellationToken)
    {
        if (_opened is { } opened)
        {
            try
            {
                return await opened.UseAsync(container => use(opened, container));
            }
            catch (RequestFailedException exception) when (exception.Status == 403)
            {
                // A signature ends and a key is changed while a rollout goes on. The workspace may keep another one by now.
                _opened = null;
            }
        }

        var fresh = await BlobDatastore.OpenDefaultAsync(connection, cancellationToken);
        _opened = fresh;
        return await fresh.UseAsync(container => use(fresh, container));
    }
}
