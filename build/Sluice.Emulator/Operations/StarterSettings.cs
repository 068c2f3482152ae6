namespace Sluice.Emulator.Operations;

/// <summary>What starting containers needs to know.</summary>
/// <param name="ContainersFolder">Where model folders are downloaded to.</param>
/// <param name="WorkspaceIds">What ids in the workspace begin with.</param>
/// <param name="Datastore">Name of the workspace's own datastore.</param>
/// <param name="BlobContainer">That datastore's blob container.</param>
/// <param name="StorageAccount">The storage account that the container is in.</param>
/// <param name="CoreLimit">Cores that all deployments may take together.</param>
/// <param name="Clocks">The clocks.</param>
internal sealed record StarterSettings(
    string ContainersFolder,
    IReadOnlyList<string> WorkspaceIds,
    string Datastore,
    string BlobContainer,
    string StorageAccount,
    int CoreLimit,
    Clocks Clocks);
