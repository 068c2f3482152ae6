using System.Globalization;
using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Endpoints;
using Sluice.AzureML.Uploads;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Models;

/// <summary>The versions of the workspace's models.</summary>
/// <param name="connection">The way to the workspace.</param>
/// <param name="mayWrite">Is asked before each try to make a version; throws when nothing may be written. What is only uploaded is in nobody's way.</param>
internal sealed class WorkspaceModels(AzureConnection connection, Func<CancellationToken, Task> mayWrite)
{
    private const string FirstVersion = "1";

    /// <summary>How often others may take the version number before registering fails.</summary>
    private const int MostTaken = 10;

    private volatile Listed? _listed;

    /// <summary>
    /// The usable versions of a model, newest first; empty when there is no such model. What is latest is thus what was created last and
    /// is not archived, as <c>az ml</c> asks for it by <c>$orderBy=createdtime desc&amp;$top=1</c>.
    /// </summary>
    /// <remarks>
    /// A version does not change. So a list that has all that is wanted stays good until this process makes another version, and one that
    /// lacks something until it is forgotten.
    /// </remarks>
    /// <param name="model">The model, and what is wanted of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(ModelSpec model, CancellationToken cancellationToken)
    {
        if (_listed is { } before && before.Model == model.Name && (!before.IsOld || Has(before.Versions, model)))
        {
            return before.Versions;
        }

        var versions = await ReadAsync(model.Name, cancellationToken);
        _listed = new(model.Name, versions, IsOld: false);
        return versions;
    }

    /// <summary>The next caller reads the list again, if it lacks what is wanted.</summary>
    public void Forget() => _listed = _listed is { } listed ? listed with { IsOld = true } : null;

    private static bool Has(IReadOnlyList<ModelVersion> versions, ModelSpec model) =>
        new[] { model.Candidate, model.Baseline }.OfType<ModelSource>().All(source => source is RegistryModel || versions.Any(version => version.IsOf(source)));

    private async Task<IReadOnlyList<ModelVersion>> ReadAsync(string model, CancellationToken cancellationToken)
    {
        var found = new List<MachineLearningModelVersionData>();
        try
        {
            var options = new MachineLearningModelVersionCollectionGetAllOptions();
            await foreach (var version in Versions(model).GetAllAsync(options, cancellationToken))
            {
                found.Add(version.Data);
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return [];
        }

        return
        [
            .. found
                .Where(IsUsable)
                .OrderByDescending(version => version.SystemData?.CreatedOn ?? DateTimeOffset.MinValue)
                .ThenByDescending(version => int.TryParse(version.Name, CultureInfo.InvariantCulture, out var number) ? number : -1)
                .Select(version => new ModelVersion(model, StateReader.NameOf(version), ModelDigest.Of(version.Properties))
                {
                    Type = ModelTypes.Parse(version.Properties.ModelType),
                }),
        ];
    }

    /// <summary>Uploads a folder and makes the next version of it.</summary>
    public async Task<ModelVersion> RegisterAsync(LongCall call, ModelRegistration registration, CancellationToken cancellationToken)
    {
        call.Report("Reading");
        var (path, digest) = (registration.Folder.Path, registration.Folder.Digest);
        var contents = await Task.Run(() => AssetUpload.Read(path, digest, cancellationToken), cancellationToken);
        var version = await NextVersionAsync(call, registration.Name, cancellationToken);
        var uploaded = await connection.Datastore.UseAsync(
            (datastore, container) => UploadAsync(datastore, new AssetUpload(container, contents)), cancellationToken);
        call.Report("Registering");
        return await CreateAsync(call, registration, version, uploaded, cancellationToken);

        async Task<Uri> UploadAsync(BlobDatastore datastore, AssetUpload upload) => datastore.UriOf(
            connection.Workspace.Id, await upload.RunAsync(call, registration.Name, version, cancellationToken));
    }

    private async Task<ModelVersion> CreateAsync(
        LongCall call, ModelRegistration registration, string version, Uri uri, CancellationToken cancellationToken)
    {
        _listed = null;
        var versions = Versions(registration.Name);
        var made = new ModelVersion(registration.Name, version, registration.Folder.Digest) { Type = registration.Folder.Type };
        var tries = new WriteTries();
        for (var taken = 0; taken < MostTaken;)
        {
            // The service has no conditional PUT for versions: one that is there would be changed, not refused.
            var there = await call.ReadAsync(() => versions.GetIfExistsAsync(made.Version, cancellationToken), cancellationToken);
            if (there.HasValue && IsUsable(there.Value!.Data) && IsSame(there.Value.Data.Properties, made))
            {
                // Made by this call, whose answer was lost, or by another one of the same folder.
                return made;
            }

            if (!there.HasValue)
            {
                await mayWrite(cancellationToken);
                try
                {
                    await versions.CreateOrUpdateAsync(WaitUntil.Completed, made.Version, Body(registration, uri), cancellationToken);
                    return made;
                }
                catch (RequestFailedException exception) when (IsTaken(exception))
                {
                    // Somebody was quicker between the look and the write, with another folder.
                }
                catch (Exception exception) when (
                    !cancellationToken.IsCancellationRequested && tries.IsWorthAnother(exception, hasBegun: false, call.Elapsed))
                {
                    // It may have been made all the same: what is there is looked up before anything is sent again.
                    call.Report(tries.State);
                    await call.PauseAsync((exception as RequestFailedException)?.GetRawResponse(), cancellationToken);
                    continue;
                }
            }

            taken++;
            made = made with { Version = After(made.Version, await NextVersionAsync(call, registration.Name, cancellationToken)) };
        }

        throw new RequestFailedException(
            409, $"The {MostTaken} versions before {made.Version} were all taken by others.", "VersionTaken", innerException: null);
    }

    private async Task<string> NextVersionAsync(LongCall call, string model, CancellationToken cancellationToken)
    {
        var container = await call.ReadAsync(
            () => connection.Workspace.GetMachineLearningModelContainers().GetIfExistsAsync(model, cancellationToken), cancellationToken);
        return container.HasValue ? container.Value!.Data.Properties.NextVersion ?? FirstVersion : FirstVersion;
    }

    /// <summary>What the service proposes, unless it still proposes the version that is taken.</summary>
    private static string After(string taken, string proposed) =>
        proposed == taken && int.TryParse(taken, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number + 1).ToString(CultureInfo.InvariantCulture)
            : proposed;

    /// <summary>A version's path cannot be changed: with that the service refuses to write over another's version.</summary>
    private static bool IsTaken(RequestFailedException exception) =>
        exception.Status == 409
        || (exception.Status == 400 && exception.Message.Contains("cannot be updated", StringComparison.OrdinalIgnoreCase));

    private static bool IsSame(MachineLearningModelVersionProperties there, ModelVersion wanted) =>
        ModelDigest.Of(there) == wanted.Digest && (ModelTypes.Parse(there.ModelType) ?? wanted.Type) == wanted.Type;

    private static bool IsUsable(MachineLearningModelVersionData version) =>
        version.Properties.ProvisioningState is not { } state
        || (state != RegistryAssetProvisioningState.Failed && state != RegistryAssetProvisioningState.Canceled);

    private static MachineLearningModelVersionData Body(ModelRegistration registration, Uri uri)
    {
        var type = ModelTypes.Write(registration.Folder.Type);
        var properties = new MachineLearningModelVersionProperties { ModelType = type, ModelUri = uri };
        foreach (var (name, value) in registration.Tags)
        {
            properties.Tags[name] = value;
        }

        return new MachineLearningModelVersionData(properties);
    }

    private MachineLearningModelVersionCollection Versions(string model)
    {
        var id = connection.Workspace.Id.AppendChildResource("models", model);
        return connection.Client.GetMachineLearningModelContainerResource(id).GetMachineLearningModelVersions();
    }

    /// <param name="Model">The model.</param>
    /// <param name="Versions">Its versions.</param>
    /// <param name="IsOld">Whether somebody has waited since.</param>
    private sealed record Listed(string Model, IReadOnlyList<ModelVersion> Versions, bool IsOld);
}
