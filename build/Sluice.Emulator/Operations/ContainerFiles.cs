using System.Text.Json;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Operations;

/// <summary>Finds what a deployment names, and copies it to where its container looks for it.</summary>
internal sealed class ContainerFiles(WorkspaceStore store, BlobStore blobs, StarterSettings settings)
{
    /// <summary>Copies model and code to a container's folder, unless they are there already.</summary>
    /// <param name="folder">The container's folder.</param>
    /// <param name="content">The deployment.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="ModelUnavailableException">Something that the deployment names is not there, or cannot be served here.</exception>
    public async Task<ContainerFolders> DownloadAsync(string folder, DeploymentContent content, CancellationToken cancellationToken)
    {
        var code = LocateCode(content);
        var model = LocateModel(content.Model, code is not null);
        CheckEnvironment(content);

        // As in Azure: /var/azureml-app/azureml-models/<name>/<version>, and in it the file or folder that was registered.
        var folders = new ContainerFolders(
            model is null ? null : Path.Combine(folder, "azureml-models", model.Model, model.Version),
            code is null ? null : Path.Combine(folder, "code"));
        var complete = Path.Combine(folder, "complete");
        var wanted = $"{model?.ModelUri}\n{code?.Uri}";
        if (File.Exists(complete) && await File.ReadAllTextAsync(complete, cancellationToken) == wanted)
        {
            return folders;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        if (model is not null)
        {
            var place = PlaceOf(model.ModelUri, "model");
            var target = FolderPath.TryCombine(folders.Model!, place.Path[(place.Path.LastIndexOf('/') + 1)..])
                ?? throw new ModelUnavailableException($"The model's URI '{model.ModelUri}' ends in no name of a file or folder.");
            await ModelDownload.RunAsync(blobs, place, target, cancellationToken);
        }

        if (code is not null)
        {
            await ModelDownload.RunAsync(blobs, PlaceOf(code.Uri, "code"), folders.Code!, cancellationToken);
            if (FolderPath.TryCombine(folders.Code!, WithoutDot(code.ScoringScript)) is not { } script || !File.Exists(script))
            {
                throw new ModelUnavailableException(
                    $"The code has no file '{code.ScoringScript}', which the deployment names as its scoring script.");
            }
        }

        await File.WriteAllTextAsync(complete, wanted, cancellationToken);
        return folders;
    }

    private ModelVersion? LocateModel(string? model, bool hasCode)
    {
        if (model is null)
        {
            return hasCode
                ? null
                : throw new ModelUnavailableException(
                    "The deployment names neither a model nor code. The local Azure ML serves MLflow models and scoring scripts, not "
                    + "containers of one's own.");
        }

        if (model.StartsWith("azureml://registries/", StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelUnavailableException($"'{model}' is in a registry; the local Azure ML has none, only a workspace.");
        }

        var reference = AssetReference.TryParse(model, ContainerKind.Model.Collection, settings.WorkspaceIds)
            ?? throw new ModelUnavailableException(
                $"'{model}' is no model of this workspace: expected is the ARM id of a model version or azureml:<name>:<version>.");
        var version = store.Current.FindVersion(reference.Name, reference.Version)
            ?? throw new ModelUnavailableException(ContainerKind.Model.MissingText(reference.Name, reference.Version));
        return hasCode || version.ModelType == ModelTypes.Mlflow
            ? version
            : throw new ModelUnavailableException(
                $"Model {reference.Name}:{reference.Version} is a {version.ModelType} and the deployment has no code; the local Azure ML "
                + $"serves {ModelTypes.Mlflow} without code, and other models by a scoring script.");
    }

    private Code? LocateCode(DeploymentContent content)
    {
        if (ScoringCode.Of(content) is not { } scoring)
        {
            return null;
        }

        if (scoring.CodeId is not { } id || AssetReference.TryParse(id, AssetKind.Code.Collection, settings.WorkspaceIds) is not { } reference)
        {
            throw new ModelUnavailableException(
                $"'{scoring.CodeId}' is no code of this workspace: expected is the ARM id of a code version or azureml:<name>:<version>.");
        }

        return store.Current.Codes.GetValueOrDefault(AssetVersion.KeyOf(reference.Name, reference.Version)) is { } version
            ? new Code(version.Member("codeUri")?.GetString() ?? "", scoring.ScoringScript)
            : throw new ModelUnavailableException(AssetKind.Code.Container.MissingText(reference.Name, reference.Version));
    }

    /// <summary>The environment is not built, but it has to be there, as in Azure.</summary>
    private void CheckEnvironment(DeploymentContent content)
    {
        if (!content.Properties.TryGetProperty("environmentId", out var value)
            || value.ValueKind != JsonValueKind.String
            || value.GetString() is not { Length: > 0 } id
            || AssetReference.IsElsewhere(id))
        {
            return;
        }

        if (AssetReference.TryParse(id, AssetKind.Environment.Collection, settings.WorkspaceIds) is not { } reference
            || !store.Current.Environments.ContainsKey(AssetVersion.KeyOf(reference.Name, reference.Version)))
        {
            throw new ModelUnavailableException($"The environment '{id}' is not registered in this workspace.");
        }
    }

    private static string WithoutDot(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    private BlobPath PlaceOf(string uri, string what) =>
        BlobPath.TryParse(uri, settings.StorageAccount, ContainerOf)
        ?? throw new ModelUnavailableException(
            $"The {what}'s URI '{uri}' is neither a path of a blob datastore in storage account '{settings.StorageAccount}' nor an address "
            + "there, which is all that the local Azure ML reads.");

    private string? ContainerOf(string datastore) => datastore.Equals(settings.Datastore, StringComparison.OrdinalIgnoreCase)
        ? settings.BlobContainer
        : store.Current.Datastores.GetValueOrDefault(datastore)?.ContainerIn(settings.StorageAccount);

    private sealed record Code(string Uri, string ScoringScript);
}
