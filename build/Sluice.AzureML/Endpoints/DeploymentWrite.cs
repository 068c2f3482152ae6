using Azure;
using Azure.Core;
using Azure.ResourceManager.MachineLearning;
using Sluice.AzureML.Faults;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Endpoints;

/// <summary>Creates a deployment; where that fails, the container's own words go with the failure.</summary>
internal sealed class DeploymentWrite(EndpointTurn turn)
{
    /// <summary>Creates the deployment and waits until the service is done.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="model">The ARM id of the model version.</param>
    /// <param name="cancellationToken">Ends the wait; an operation that has begun goes on.</param>
    /// <exception cref="RequestFailedException">The service refused the deployment.</exception>
    /// <exception cref="WorkspaceCallException">The deployment failed; or the call's time is over.</exception>
    public async Task RunAsync(LongCall call, DeploymentRequest request, ResourceIdentifier model, CancellationToken cancellationToken)
    {
        MachineLearningOnlineDeploymentCollection? deployments = null;
        try
        {
            await turn.WriteAsync(
                call,
                request.Endpoint,
                request.Name,
                async endpoint =>
                {
                    var there = endpoint ?? throw Missing.Endpoint(request.Endpoint);
                    var body = DeploymentBody.Of(request, model, there.Data.Location);
                    var collection = there.GetMachineLearningOnlineDeployments();
                    var operation = await collection.CreateOrUpdateAsync(WaitUntil.Started, request.Name, body, cancellationToken);
                    deployments = collection;
                    return operation;
                },
                cancellationToken);
        }
        catch (RequestFailedException exception) when (deployments is not null)
        {
            var log = await LogAsync(deployments, request.Name, cancellationToken);
            var fault = ServiceFault.Of(exception);
            throw new WorkspaceCallException(call.Name, fault.Code, fault.Message, log, exception);
        }
    }

    private static async Task<string?> LogAsync(
        MachineLearningOnlineDeploymentCollection deployments, string name, CancellationToken cancellationToken)
    {
        try
        {
            var deployment = await deployments.GetIfExistsAsync(name, cancellationToken);
            return deployment.HasValue ? await ContainerLogs.OfFailureAsync(deployment.Value!, cancellationToken) : null;
        }
        catch (RequestFailedException)
        {
            // The reason why the deployment failed matters more than why its log cannot be had.
            return null;
        }
    }
}
