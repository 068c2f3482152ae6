using Sluice.Emulator.Blobs;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Operations;

/// <summary>Brings a deployment's container up: quota, model download, start. What goes wrong becomes the operation's error and log.</summary>
/// <param name="store">The workspace.</param>
/// <param name="blobs">Where the models are.</param>
/// <param name="containers">Takes the containers in that came up.</param>
/// <param name="settings">Names, folders, limits, clock.</param>
internal sealed class DeploymentStarter(WorkspaceStore store, BlobStore blobs, RunningContainers containers, StarterSettings settings)
{
    /// <summary>Does the work of an operation that creates or changes a deployment.</summary>
    public async Task<OperationOutcome> StartAsync(Operation operation, CancellationToken cancellationToken)
    {
        var state = store.Current;
        if (operation.Deployment is null || state.FindDeployment(operation.Endpoint, operation.Deployment) is not { } deployment)
        {
            return OperationOutcome.Done;
        }

        if (state.QuotaError(deployment, settings.CoreLimit) is { } quota)
        {
            return OperationOutcome.Failed(quota, InstanceLog.Failed(InstanceLog.Step.SystemSetup, quota.Message));
        }

        var wanted = deployment.Wanted ?? deployment.Content;

        // A PATCH changes the number of instances or the tags; a PUT starts the model anew, as it may have been replaced.
        return operation.Kind == OperationKind.PatchDeployment && deployment.Container is { } running && containers.Find(running) is not null
            ? OperationOutcome.Done
            : await StartAsync(operation.Id, wanted.Model, cancellationToken);
    }

    /// <summary>Starts the container of a deployment again after a restart of the emulator.</summary>
    public Task<OperationOutcome> RestartAsync(Guid container, Deployment deployment, CancellationToken cancellationToken) =>
        StartAsync(container, deployment.Content.Model, cancellationToken);

    /// <summary>Where a container's model folder is kept.</summary>
    public string FolderOf(Guid container) => Path.Combine(settings.ContainersFolder, container.ToString("N"));

    /// <summary>Deletes the model folders of containers that are no longer known.</summary>
    public void RemoveFoldersExcept(IReadOnlyCollection<Guid> known)
    {
        Directory.CreateDirectory(settings.ContainersFolder);
        var kept = known.Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories(settings.ContainersFolder).Where(folder => !kept.Contains(folder)))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<OperationOutcome> StartAsync(Guid id, string? model, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await DownloadAsync(id, Locate(model), cancellationToken);
            containers.Add(id, await Task.Run(() => ModelContainer.Start(folder, settings.Time), cancellationToken));
            return OperationOutcome.Started(id);
        }
        catch (ModelUnavailableException fault)
        {
            return OperationOutcome.Failed(
                new OperationError("ResourceNotFound", fault.Message), InstanceLog.Failed(InstanceLog.Step.ModelDownload, fault.Message));
        }
        catch (ContainerStartException fault)
        {
            return OperationOutcome.Failed(
                new OperationError("ResourceNotReady", $"User container has crashed or terminated: {fault.Message} The container's log has more."),
                InstanceLog.Failed(InstanceLog.Step.UserContainerStart, fault.Log));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A full disk, say. Without an end the operation would be polled for ever.
            return OperationOutcome.Failed(
                new OperationError("InternalServerError", fault.Message), InstanceLog.Failed(InstanceLog.Step.SystemSetup, fault.ToString()));
        }
    }

    private ModelVersion Locate(string? model)
    {
        if (model is null)
        {
            throw new ModelUnavailableException(
                "The deployment names no model. The local Azure ML serves MLflow models without code, not containers of one's own.");
        }

        if (model.StartsWith("azureml://registries/", StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelUnavailableException($"'{model}' is in a registry; the local Azure ML has none, only a workspace.");
        }

        var reference = ModelReference.TryParse(model)
            ?? throw new ModelUnavailableException($"'{model}' is no model: expected is the ARM id of a model version or azureml:<name>:<version>.");
        var version = store.Current.FindVersion(reference.Model, reference.Version)
            ?? throw new ModelUnavailableException($"Model container with name: {reference.Model} and version: {reference.Version} not found.");
        return version.ModelType == ModelTypes.Mlflow
            ? version
            : throw new ModelUnavailableException(
                $"Model {reference.Model}:{reference.Version} is a {version.ModelType}; the local Azure ML serves {ModelTypes.Mlflow} only.");
    }

    private async Task<string> DownloadAsync(Guid id, ModelVersion version, CancellationToken cancellationToken)
    {
        var folder = FolderOf(id);
        var complete = Path.Combine(folder, "complete");
        var model = Path.Combine(folder, "model");
        if (File.Exists(complete))
        {
            return model;
        }

        var path = DatastorePath.TryParse(version.ModelUri)
            ?? throw new ModelUnavailableException($"The model's URI '{version.ModelUri}' is not a path in a datastore.");
        if (!path.Datastore.Equals(settings.Datastore, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelUnavailableException(
                $"The model is in datastore '{path.Datastore}'; the local Azure ML reads models from '{settings.Datastore}' only.");
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(model);
        await ModelDownload.RunAsync(blobs, settings.BlobContainer, path.Path, model, cancellationToken);
        await File.WriteAllTextAsync(complete, version.ModelUri, cancellationToken);
        return model;
    }
}
