using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;

namespace Sluice.AzureML.Uploads;

/// <summary>The workspace's default datastore, opened at its first use and then kept open for all who share the connection.</summary>
internal sealed class DefaultDatastore(AzureConnection connection)
{
    private volatile BlobDatastore? _opened;
    private volatile FoundDatastore? _found;
    private volatile bool _isCallerRefused;

    /// <summary>
    /// Reads from the datastore's container. As long as nobody has had to open it, that is done as the caller: whoever may read the blobs takes no
    /// key out of the workspace to look at them.
    /// </summary>
    /// <param name="read">What is read; a second time, from its beginning, where the caller is refused.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="RequestFailedException">As <see cref="UseAsync"/>.</exception>
    public async Task<T> ReadAsync<T>(Func<BlobContainerClient, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_opened is null && !_isCallerRefused)
        {
            // Whoever opens it meanwhile takes what was found.
            var found = _found ?? await BlobDatastore.FindDefaultAsync(connection, cancellationToken);
            _found = found;
            try
            {
                return await read(found.AsCaller);
            }
            catch (Exception refusal) when (refusal is RequestFailedException { Status: 401 or 403 } or AuthenticationFailedException)
            {
                _isCallerRefused = true;
            }
        }

        return await UseAsync((_, container) => read(container), cancellationToken);
    }

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

        // What was found to read from it is not looked up again; what is opened anew is.
        var found = _found;
        _found = null;
        var fresh = found is null
            ? await BlobDatastore.OpenDefaultAsync(connection, cancellationToken)
            : await found.OpenAsync(cancellationToken);
        _opened = fresh;
        return await fresh.UseAsync(container => use(fresh, container));
    }
}
