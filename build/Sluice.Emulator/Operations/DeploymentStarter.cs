using System.Text.Json;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Scoring.Scripts;
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
        return operation.Kind == OperationKind.PatchDeployment && deployment.Container is { } running && containers.Find(running) is { } container
            ? await TryAsync(() => ScaleAsync(container, wanted.InstanceCount, cancellationToken))
            : await StartAsync(operation.Id, wanted, cancellationToken);
    }

    /// <summary>Starts the container of a deployment again after a restart of the emulator.</summary>
    public Task<OperationOutcome> RestartAsync(Guid container, Deployment deployment, CancellationToken cancellationToken) =>
        StartAsync(container, deployment.Content, cancellationToken);

    /// <summary>Where a container's model folder is kept.</summary>
    public string FolderOf(Guid container) => Path.Combine(settings.ContainersFolder, container.ToString("N"));

    /// <summary>Deletes the model folders of containers that are no longer known.</summary>
    public void RemoveFoldersExcept(IReadOnlyCollection<Guid> known)
    {
        OwnerOnly.MakeFolder(settings.ContainersFolder);
        var kept = known.Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories(settings.ContainersFolder).Where(folder => !kept.Contains(folder)))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<OperationOutcome> StartAsync(Guid id, DeploymentContent content, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var files = await new ContainerFiles(store, blobs, settings).DownloadAsync(FolderOf(id), content, cancellationToken);
        containers.Add(id, await OwnThread.RunAsync(() => Start(files, content, cancellationToken)));
        return OperationOutcome.Started(id);
    });

    private static async Task<OperationOutcome> ScaleAsync(ModelContainer container, int instances, CancellationToken cancellationToken)
    {
        await OwnThread.RunAsync(() => container.Scale(instances, cancellationToken));
        return OperationOutcome.Done;
    }

    private async Task<OperationOutcome> TryAsync(Func<Task<OperationOutcome>> work)
    {
        using var begun = settings.Clocks.BeginWork?.Invoke();
        try
        {
            return await work();
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

    private ModelContainer Start(ContainerFolders files, DeploymentContent content, CancellationToken cancellationToken)
    {
        if (files.Code is not { } code || ScoringCode.Of(content) is not { } scoring)
        {
            return ModelContainer.Start(files.Model!, settings.Clocks);
        }

        var notes = new List<string> { "The environment's image and packages are not built: the script runs with this machine's Python." };
        if (content.Properties.TextOf("modelMountPath") is { } mount)
        {
            notes.Add($"The model is not mounted at {mount}; AZUREML_MODEL_DIR says where it is.");
        }

        return ModelContainer.Start(
            new ScriptLaunch(code, scoring.ScoringScript, files.Model, VariablesOf(content), notes),
            content.InstanceCount,
            settings.Clocks,
            cancellationToken);
    }

    private static Dictionary<string, string> VariablesOf(DeploymentContent content) =>
        content.Properties.TryGetProperty("environmentVariables", out var variables) && variables.ValueKind == JsonValueKind.Object
            ? variables.EnumerateObject()
                .Where(variable => variable.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!)
            : [];
}
