using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.Storage;
using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;

namespace Sluice.AzureML.Uploads;

/// <summary>A datastore in a blob container, opened.</summary>
/// <param name="Name">The datastore.</param>
/// <param name="Container">The container.</param>
internal sealed record BlobDatastore(string Name, BlobContainerClient Container)
{
    /// <summary>The datastore that every workspace is made with, and that <c>az ml model create</c> uploads to.</summary>
    private const string UsualName = "workspaceblobstore";

    /// <summary>Opens the usual datastore; where it was deleted, the one that is marked as the default.</summary>
    /// <exception cref="RequestFailedException">The workspace has neither, it lies in no blob container, or it may not be read.</exception>
    public static async Task<BlobDatastore> OpenDefaultAsync(AzureConnection connection, CancellationToken cancellationToken)
    {
        var datastore = await FindAsync(connection.Workspace.GetMachineLearningDatastores(), cancellationToken);
        if (datastore.Data.Properties is not MachineLearningAzureBlobDatastore blobs
            || blobs is not { AccountName: { } account, ContainerName: { } container })
        {
            throw new RequestFailedException($"The datastore '{datastore.Data.Name}' lies in no blob container.");
        }

        // As az ml composes it; the account is part of the host's name in the emulator's cloud, too.
        var uri = new Uri($"{blobs.Protocol ?? "https"}://{account}.blob.{blobs.Endpoint ?? "core.windows.net"}/{container}");
        return new BlobDatastore(datastore.Data.Name, await OpenAsync(connection, datastore, blobs, uri, cancellationToken));
    }

    /// <summary>A path in the datastore as Azure ML names it, which is what versions of models and code point to.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The path in the container.</param>
    public Uri UriOf(ResourceIdentifier workspace, string path) => new(
        $"azureml://subscriptions/{workspace.SubscriptionId}/resourcegroups/{workspace.ResourceGroupName}/workspaces/{workspace.Name}"
        + $"/datastores/{Name}/paths/{path}");

    private static async Task<MachineLearningDatastoreResource> FindAsync(
        MachineLearningDatastoreCollection datastores, CancellationToken cancellationToken)
    {
        var usual = await datastores.GetIfExistsAsync(UsualName, cancellationToken);
        if (usual.HasValue)
        {
            return usual.Value!;
        }

        var options = new MachineLearningDatastoreCollectionGetAllOptions { IsDefault = true };
        await foreach (var datastore in datastores.GetAllAsync(options, cancellationToken))
        {
            return datastore;
        }

        throw new RequestFailedException(404, $"The workspace has neither a datastore '{UsualName}' nor a default one.");
    }

    private static async Task<BlobContainerClient> OpenAsync(
        AzureConnection connection,
        MachineLearningDatastoreResource datastore,
        MachineLearningAzureBlobDatastore blobs,
        Uri uri,
        CancellationToken cancellationToken)
    {
        if (blobs.Credentials is not (MachineLearningAccountKeyDatastoreCredentials or MachineLearningSasDatastoreCredentials))
        {
            return connection.Container(uri);
        }

        var secrets = await datastore.GetSecretsAsync(cancellationToken);
        return secrets.Value switch
        {
            MachineLearningAccountKeyDatastoreSecrets { Key: { } key } =>
                connection.Container(uri, new StorageSharedKeyCredential(blobs.AccountName, key)),
            MachineLearningSasDatastoreSecrets { SasToken: { } signature } =>
                connection.Container(uri, new AzureSasCredential(signature)),
            _ => connection.Container(uri),
        };
    }
}
