namespace Sluice.Emulator.Workspaces;

/// <summary>Where an asset's files are in a blob container.</summary>
internal static class BlobPath
{
    /// <summary>
    /// The path that a URI names: a path of the datastore, or the address of a blob or folder in its container. Null when it is neither.
    /// </summary>
    /// <param name="uri">The URI, as a client wrote it.</param>
    /// <param name="datastore">The one datastore whose files there are.</param>
    /// <param name="container">That datastore's blob container.</param>
    public static string? TryParse(string uri, string datastore, string container)
    {
        if (DatastorePath.TryParse(uri) is { } path)
        {
            return path.Datastore.Equals(datastore, StringComparison.OrdinalIgnoreCase) ? path.Path : null;
        }

        var root = $"/{container}/";
        return Uri.TryCreate(uri, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            && Uri.UnescapeDataString(address.AbsolutePath) is var whole
            && whole.StartsWith(root, StringComparison.Ordinal)
            && whole[root.Length..].Trim('/') is { Length: > 0 } found
                ? found
                : null;
    }
}
