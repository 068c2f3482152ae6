using Sluice.Emulator.Blobs;

namespace Sluice.Emulator.Workspaces;

/// <summary>Where an asset's files are: a blob container of the workspace's storage account, and a path in it.</summary>
/// <param name="Container">The container.</param>
/// <param name="Path">The name of a blob or folder, without slashes at its ends; empty for all that the container holds.</param>
internal sealed record BlobPath(string Container, string Path)
{
    /// <summary>
    /// The place that a URI names: a path of a datastore, or the address of a container, or of a blob or folder in one. Null when it is none
    /// of the account's.
    /// </summary>
    /// <param name="uri">The URI, as a client wrote it.</param>
    /// <param name="account">The storage account.</param>
    /// <param name="containerOf">The container of a datastore, by its name; null when it has none in the account.</param>
    public static BlobPath? TryParse(string uri, string account, Func<string, string?> containerOf)
    {
        if (DatastorePath.TryParse(uri) is { } path)
        {
            return containerOf(path.Datastore) is { } container ? new BlobPath(container, path.Path) : null;
        }

        return Uri.TryCreate(uri, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            && BlobAddress.TryParse(address.Host, address.AbsolutePath, account) is { Container: { } named } found
            && found.Account == account
                ? new BlobPath(named, found.Blob?.Trim('/') ?? "")
                : null;
    }
}
