using Azure;
using Azure.ResourceManager.MachineLearning;
using Sluice.AzureML.Assets;
using Sluice.AzureML.Faults;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>Creates a deployment; where that fails, the container's own words go with the failure.</summary>
internal sealed class DeploymentWrite(EndpointTurn turn)
{
    /// <summary>Creates the deployment and waits until the service is done.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="model">The id of the model version: of ARM, or the asset id of one in a registry.</param>
    /// <param name="assets">Its code and environment.</param>
    /// <param name="cancellationToken">Ends the wait; an operation that has begun goes on.</param>
    /// <exception cref="RequestFailedException">The service refused the deployment.</exception>
    /// <exception cref="WorkspaceCallException">The deployment failed, or was not done in time.</exception>
    public async Task RunAsync(
        LongCall call,
        DeploymentRequest request,
        string model,
        DeploymentAssets assets,
        CancellationToken cancellationToken)
    {
        MachineLearningOnlineDeploymentCollection? begun = null;
        var isSent = false;
        try
        {
            await turn.WriteAfterLookAsync(
                call,
                request.Endpoint,
                request.Name,
                async endpoint =>
                {
                    var there = endpoint ?? throw Missing.Endpoint(request.Endpoint);
                    var deployments = there.GetMachineLearningOnlineDeployments();
                    if (isSent && await call.ReadAsync(() => FindAsync(deployments, request.Name, cancellationToken), cancellationToken) is { } found)
                    {
                        begun = deployments;
                        if (IsDone(found, model))
                        {
                            return null;
                        }
                    }

                    var body = DeploymentBody.Of(request, model, assets, there.Data.Location);
                    return async () =>
                    {
                        isSent = true;
                        var operation = await deployments.CreateOrUpdateAsync(WaitUntil.Started, request.Name, body, cancellationToken);
                        begun = deployments;
                        return operation;
                    };
                },
                cancellationToken);
        }
        catch (Exception exception) when (
            begun is not null && !cancellationToken.IsCancellationRequested && ServiceFault.Of(exception) is { } fault)
        {
            var log = await LogAsync(begun, request.Name, cancellationToken);
            throw new WorkspaceCallException(call.Name, fault.Code, fault.Message, log, exception);
        }
    }

    /// <summary>Whether what is there was made, and made well, by a try before this one whose answer was lost.</summary>
    /// <exception cref="RequestFailedException">It was made by such a try, and ended badly.</exception>
    private static bool IsDone(MachineLearningOnlineDeploymentData found, string model) => StateReader.StateOf(found) switch
    {
        ProvisioningState.Succeeded => string.Equals(found.Properties.Model, model, StringComparison.OrdinalIgnoreCase),
        var state and (ProvisioningState.Failed or ProvisioningState.Canceled) => throw new RequestFailedException(
            400, $"The deployment ended as {state}; the answer that tells why was lost on its way.", "DeploymentFailed", innerException: null),
        _ => false,
    };

    private static async Task<MachineLearningOnlineDeploymentData?> FindAsync(
        MachineLearningOnlineDeploymentCollection deployments, string name, CancellationToken cancellationToken)
    {
        var found = await deployments.GetIfExistsAsync(name, cancellationToken);
        return found.HasValue ? found.Value!.Data : null;
    }

    private static async Task<string?> LogAsync(
        MachineLearningOnlineDeploymentCollection deployments, string name, CancellationToken cancellationToken)
    {
        try
        {
            var deployment = await deployments.GetIfExistsAsync(name, cancellationToken);
            return deployment.HasValue ? await ContainerLogs.OfFailureAsync(deployment.Value!, cancellationToken) : null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ServiceFault.Of(exception) is not null)
        {
            // The reason why the deployment failed matters more than why its log cannot be had.
            return null;
        }
    }
}
