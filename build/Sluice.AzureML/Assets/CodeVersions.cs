using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Uploads;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Assets;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Assets;

/// <summary>The code assets of the workspace.</summary>
/// <param name="connection">The way to the workspace.</param>
/// <param name="mayWrite">Is asked before each try to register a version; throws when nothing may be written.</param>
internal sealed class CodeVersions(AzureConnection connection, Func<CancellationToken, Task> mayWrite)
{
    private const string HashProperty = "hash_sha256";
    private const string HashVersionProperty = "hash_version";

    /// <summary>The official client gives anonymous code a GUID as its name and this version.</summary>
    private const string AnonymousVersion = "1";

    /// <summary>The id of the code; a folder that is not registered yet is uploaded and registered.</summary>
    /// <exception cref="RequestFailedException">There is no such code, or the service refused it.</exception>
    public async Task<ResourceIdentifier> ResolveAsync(LongCall call, AssetSource source, CancellationToken cancellationToken) =>
        source switch
        {
            AssetId given => new ResourceIdentifier(given.Id),
            RegisteredAsset { Version: { } version } asset => IdOf(asset.Name, version),
            RegisteredAsset asset => await NewestAsync(asset.Name, cancellationToken),
            AssetFolder folder => await RegisterAsync(call, folder, cancellationToken),
            _ => throw new ArgumentException($"Code does not come from a {source.GetType().Name}.", nameof(source)),
        };

    private async Task<ResourceIdentifier> NewestAsync(string name, CancellationToken cancellationToken)
    {
        await foreach (var version in VersionsOf(name).GetAllAsync(Newest.Order, top: 1, cancellationToken: cancellationToken))
        {
            return version.Data.Id;
        }

        throw Newest.Missing("code", name);
    }

    private async Task<ResourceIdentifier> RegisterAsync(LongCall call, AssetFolder folder, CancellationToken cancellationToken)
    {
        call.Report("Reading code");
        var (contents, hash) = await Task.Run(
            () =>
            {
                var read = AssetUpload.Read(folder.Path, folder.Digest, cancellationToken);
                return (read, CodeHash.Of(read));
            },
            cancellationToken);

        // A name that follows from the content: a second try after a lost answer writes the same version again, and not another one.
        var name = new Guid(Convert.FromHexString(hash).AsSpan(0, 16), bigEndian: true).ToString();
        if (await FindAsync(name, hash, cancellationToken) is { } there)
        {
            return there;
        }

        var uri = await new FolderUpload(connection).RunAsync(call, contents, name, AnonymousVersion, cancellationToken);
        call.Report("Registering code");
        var properties = new MachineLearningCodeVersionProperties { CodeUri = uri, IsAnonymous = true };
        properties.Properties[HashProperty] = hash;
        properties.Properties[HashVersionProperty] = CodeHash.Version;
        await mayWrite(cancellationToken);
        await VersionsOf(name).CreateOrUpdateAsync(
            WaitUntil.Completed, AnonymousVersion, new MachineLearningCodeVersionData(properties), cancellationToken);
        return IdOf(name, AnonymousVersion);
    }

    /// <summary>
    /// A version with that content, whoever registered it. The official client asks in the same way: by the hash, below a name that need
    /// not exist. What the service answers for a name that it does not know is not documented, so a 404 counts as an empty list.
    /// </summary>
    private async Task<ResourceIdentifier?> FindAsync(string name, string hash, CancellationToken cancellationToken)
    {
        try
        {
            var versions = VersionsOf(name).GetAllAsync(hash: hash, hashVersion: CodeHash.Version, cancellationToken: cancellationToken);
            await foreach (var version in versions)
            {
                if (version.Data.Properties.Properties is { } properties
                    && properties.TryGetValue(HashProperty, out var found)
                    && string.Equals(found, hash, StringComparison.OrdinalIgnoreCase))
                {
                    return version.Data.Id;
                }
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Nothing is registered under the name.
        }

        return null;
    }

    private ResourceIdentifier IdOf(string name, string version) =>
        connection.Workspace.Id.AppendChildResource("codes", name).AppendChildResource("versions", version);

    private MachineLearningCodeVersionCollection VersionsOf(string name) =>
        connection.Client.GetMachineLearningCodeContainerResource(connection.Workspace.Id.AppendChildResource("codes", name))
            .GetMachineLearningCodeVersions();
}
