using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Azure.Storage;
using Azure.Storage.Blobs;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Faults;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// A datastore in a blob container, opened: with the account's key or the signature that the workspace keeps for it, or as the caller where
/// it keeps none or does not hand it out.
/// </summary>
internal sealed class BlobDatastore
{
    /// <summary>The datastore that every workspace is made with, and that <c>az ml model create</c> uploads to.</summary>
    private const string UsualName = "workspaceblobstore";

    private readonly BlobContainerClient? _withSecret;
    private readonly BlobContainerClient _asCaller;
    private readonly string _whyAsCaller;

    private volatile bool _takesNoKeys;

    private BlobDatastore(string name, string account, BlobContainerClient? withSecret, BlobContainerClient asCaller, string whyAsCaller) =>
        (Name, Account, _withSecret, _asCaller, _whyAsCaller) = (name, account, withSecret, asCaller, whyAsCaller);

    /// <summary>The code of the failure that there is no datastore, or none that lies in a blob container.</summary>
    public const string NoContainer = "NoBlobContainer";

    /// <summary>The datastore.</summary>
    public string Name { get; }

    /// <summary>The storage account that it lies in.</summary>
    public string Account { get; }

    /// <summary>Whether it is opened as the caller; of an account that takes no keys that is known once it was used.</summary>
    public bool IsAsCaller => _withSecret is null || _takesNoKeys;

    /// <summary>Opens the usual datastore; where it was deleted, the one that is marked as the default.</summary>
    /// <exception cref="RequestFailedException">The workspace has neither, it lies in no blob container, or it may not be read.</exception>
    public static async Task<BlobDatastore> OpenDefaultAsync(AzureConnection connection, CancellationToken cancellationToken) =>
        await (await FindDefaultAsync(connection, cancellationToken)).OpenAsync(cancellationToken);

    /// <summary>Finds the datastore that <see cref="OpenDefaultAsync"/> opens, without a look at its secret.</summary>
    /// <exception cref="RequestFailedException">The workspace has none, it lies in no blob container, or it may not be read.</exception>
    public static async Task<FoundDatastore> FindDefaultAsync(AzureConnection connection, CancellationToken cancellationToken)
    {
        var datastore = await FindDefaultAsync(connection.Workspace.GetMachineLearningDatastores(), cancellationToken);
        if (datastore.Data.Properties is not MachineLearningAzureBlobDatastore blobs
            || blobs is not { AccountName: { } account, ContainerName: { } container })
        {
            throw new RequestFailedException(404, $"The datastore '{datastore.Data.Name}' lies in no blob container.", NoContainer, null);
        }

        // As az ml composes it; the account is part of the host's name in the emulator's cloud, too.
        var uri = new Uri($"{blobs.Protocol ?? "https"}://{account}.blob.{blobs.Endpoint ?? "core.windows.net"}/{container}");
        var asCaller = connection.Container(uri);
        return new(asCaller, async token =>
        {
            var (withSecret, why) = await TryOpenAsync(connection, datastore, blobs, uri, token);
            return new BlobDatastore(datastore.Data.Name, account, withSecret, asCaller, why);
        });
    }

    /// <summary>A path in the datastore as Azure ML names it, which is what versions of models and code point to.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The path in the container.</param>
    public Uri UriOf(ResourceIdentifier workspace, string path) => new(
        $"azureml://subscriptions/{workspace.SubscriptionId}/resourcegroups/{workspace.ResourceGroupName}/workspaces/{workspace.Name}"
        + $"/datastores/{Name}/paths/{path}");

    /// <summary>Does something with the container.</summary>
    /// <param name="use">What is done; a second time, from its beginning, where the account turns out to take no keys.</param>
    /// <exception cref="RequestFailedException">The container refused; where the caller lacks a right, the message names it.</exception>
    public async Task<T> UseAsync<T>(Func<BlobContainerClient, Task<T>> use)
    {
        if (_withSecret is null)
        {
            return await UseAsCallerAsync(use, _whyAsCaller);
        }

        if (!_takesNoKeys)
        {
            try
            {
                return await use(_withSecret);
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == "KeyBasedAuthenticationNotPermitted")
            {
                _takesNoKeys = true;
            }
            catch (RequestFailedException exception) when (exception.Status == 403)
            {
                throw Explained(
                    exception,
                    $"The secret was used that the datastore '{Name}' keeps. It must still open the storage account '{Account}'");
            }
        }

        return await UseAsCallerAsync(use, "because the storage account takes no keys");
    }

    private async Task<T> UseAsCallerAsync<T>(Func<BlobContainerClient, Task<T>> use, string why)
    {
        try
        {
            return await use(_asCaller);
        }
        catch (RequestFailedException exception) when (exception.Status == 403)
        {
            throw Explained(
                exception,
                $"The caller's own credential was used, {why}. It needs the role Storage Blob Data Contributor on the storage account "
                + $"'{Account}'");
        }
    }

    private static RequestFailedException Explained(RequestFailedException refusal, string what) => new(
        refusal.Status,
        $"{ServiceFault.Of(refusal).Message} {what}, and the account's firewall must let this machine in.",
        refusal.ErrorCode,
        refusal);

    private static async Task<MachineLearningDatastoreResource> FindDefaultAsync(
        MachineLearningDatastoreCollection datastores, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(datastores, cancellationToken)
                ?? throw new RequestFailedException(
                    404, $"The workspace has neither a datastore '{UsualName}' nor a default one.", NoContainer, null);
        }
        catch (RequestFailedException exception) when (exception.Status == 403)
        {
            throw new RequestFailedException(
                403,
                $"{ServiceFault.Of(exception).Message} The role AzureML Data Scientist on the workspace gives the right to read its "
                + "datastores.",
                exception.ErrorCode,
                exception);
        }
    }

    private static async Task<MachineLearningDatastoreResource?> FindAsync(
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

        return null;
    }

    /// <summary>The container with the datastore's secret; null, and why, where there is none to be had.</summary>
    private static async Task<(BlobContainerClient? Container, string Why)> TryOpenAsync(
        AzureConnection connection,
        MachineLearningDatastoreResource datastore,
        MachineLearningAzureBlobDatastore blobs,
        Uri uri,
        CancellationToken cancellationToken)
    {
        const string NoSecret = "because the datastore keeps no secret that opens a container";
        if (blobs.Credentials is not (MachineLearningAccountKeyDatastoreCredentials or MachineLearningSasDatastoreCredentials))
        {
            return (null, NoSecret);
        }

        try
        {
            var secrets = await datastore.GetSecretsAsync(cancellationToken);
            return secrets.Value switch
            {
                MachineLearningAccountKeyDatastoreSecrets { Key: { } key } =>
                    (connection.Container(uri, new StorageSharedKeyCredential(blobs.AccountName, connection.Mask.Hide(key).Reveal())), ""),
                MachineLearningSasDatastoreSecrets { SasToken: { } signature } =>
                    (connection.Container(uri, new AzureSasCredential(connection.Mask.Hide(signature.TrimStart('?')).Reveal())), ""),
                _ => (null, NoSecret),
            };
        }
        catch (RequestFailedException exception) when (exception.Status == 403)
        {
            return (null, "because it may not read the datastore's secret (Microsoft.MachineLearningServices/workspaces/datastores/"
                + "listSecrets/action, as in the role AzureML Data Scientist)");
        }
    }
}
