using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Endpoints;

/// <summary>The logs of a deployment's containers.</summary>
internal static class ContainerLogs
{
    private const string Begin = "Container logs:";
    private const int LinesOfFailure = 100;

    /// <summary>The last lines of one container's log.</summary>
    /// <exception cref="RequestFailedException">There is no log, or it may not be read.</exception>
    public static async Task<string> ReadAsync(
        MachineLearningOnlineDeploymentResource deployment, ContainerKind container, int lines, CancellationToken cancellationToken)
    {
        var content = new MachineLearningDeploymentLogsContent
        {
            ContainerType = container == ContainerKind.InferenceServer
                ? MachineLearningContainerType.InferenceServer
                : MachineLearningContainerType.StorageInitializer,
            Tail = lines,
        };
        var logs = await deployment.GetLogsAsync(content, cancellationToken);
        return logs.Value.Content ?? "";
    }

    /// <summary>
    /// What the containers of a failed deployment wrote: the scoring server's log, and where that is empty, the log of the container
    /// that fetches the model, which then is where it failed. Null when neither can be read.
    /// </summary>
    public static async Task<string?> OfFailureAsync(
        MachineLearningOnlineDeploymentResource deployment, CancellationToken cancellationToken)
    {
        var server = await TryReadAsync(deployment, ContainerKind.InferenceServer, cancellationToken);
        return HasLines(server)
            ? server
            : await TryReadAsync(deployment, ContainerKind.StorageInitializer, cancellationToken) ?? server;
    }

    private static bool HasLines(string? log)
    {
        // The service puts the instance's state in front of every log.
        var begin = log?.IndexOf(Begin, StringComparison.Ordinal) ?? -1;
        return !string.IsNullOrWhiteSpace(begin < 0 ? log : log![(begin + Begin.Length)..]);
    }

    private static async Task<string?> TryReadAsync(
        MachineLearningOnlineDeploymentResource deployment, ContainerKind container, CancellationToken cancellationToken)
    {
        try
        {
            var log = await ReadAsync(deployment, container, LinesOfFailure, cancellationToken);
            return string.IsNullOrWhiteSpace(log) ? null : log;
        }
        catch (RequestFailedException)
        {
            // The reason why the deployment failed matters more than why its log cannot be had.
            return null;
        }
    }
}
